package dev.collab.server.document;

import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.DocumentId;
import dev.collab.document.Payload;
import dev.collab.operation.Operation;
import dev.collab.protocol.Change;
import dev.collab.protocol.Dialect;
import dev.collab.protocol.JsonCodec;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.WireLimits;
import dev.collab.server.session.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A committed entry on its way to clients. It is encoded once for all of them; only its own author
 * gets another form, with the author's secret where the others see the public id.
 *
 * <p>Confined: callers must serialise calls.
 */
final class EntryFrame {

  private static final JsonCodec CODEC = new JsonCodec(WireLimits.DEFAULT, Dialect.BASE);

  private final DocumentId document;
  private final CommittedOperation entry;
  private @Nullable Frame shared;

  EntryFrame(DocumentId document, CommittedOperation entry) {
    this.document = document;
    this.entry = entry;
  }

  DocumentId document() {
    return document;
  }

  /** Returns the frame for a client. */
  Frame of(ClientId reader, String secret) {
    // an entry that voids a submission must not look like its acknowledgement
    if (entry.payload().kind() != Payload.Kind.NONE && reader.equals(entry.id().client())) {
      return encode(secret, entry.id().sequence());
    }
    if (shared == null) {
      shared =
          entry.payload().kind() == Payload.Kind.NONE
              ? encode("", 0)
              : encode(entry.id().client().value(), entry.id().sequence());
    }
    return shared;
  }

  private Frame encode(String source, long sequence) {
    return Frame.of(
        CODEC.encode(
            new ServerMessage.Committed(
                document.collection(),
                document.id(),
                entry.baseRevision(),
                source,
                sequence,
                change(entry.payload()))));
  }

  private static Change change(Payload payload) {
    return switch (payload.kind()) {
      case CREATE -> {
        Payload.Create create = (Payload.Create) payload;
        yield new Change.Create(create.type().uri(), create.data());
      }
      case EDIT -> edit((Payload.Edit<?>) payload);
      case DELETE -> Change.Delete.DELETE;
      case NONE -> Change.None.NONE;
    };
  }

  private static <O extends Operation> Change edit(Payload.Edit<O> edit) {
    return new Change.Edit(edit.type().encodeOperation(edit.operation()));
  }
}
