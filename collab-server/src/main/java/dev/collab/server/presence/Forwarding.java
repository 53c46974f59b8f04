package dev.collab.server.presence;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Content;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.document.Payload;
import dev.collab.operation.Authorship;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.operation.PresenceTransform;
import dev.collab.presence.Presence;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.PresenceBase;
import dev.collab.protocol.ProtocolException;
import dev.collab.server.log.LogHosts;
import dev.collab.value.JsonValue;
import java.util.Queue;
import java.util.function.BiConsumer;

/** Moves what is shown in a document to the document's newest revision. */
final class Forwarding {

  private Forwarding() {}

  /** Looks at documents, one after the other; those that cannot be had are left out. */
  static void each(
      LogHosts<DocumentId, ?> hosts,
      Queue<DocumentId> documents,
      BiConsumer<DocumentId, Document> look,
      Runnable then) {
    DocumentId id = documents.poll();
    if (id == null) {
      then.run();
      return;
    }
    hosts
        .host(id)
        .look(
            0,
            document -> {
              look.accept(id, document);
              each(hosts, documents, look, then);
            },
            error -> each(hosts, documents, look, then));
  }

  /** Tells whether a document has everything that a record can be moved over. */
  static boolean isWithin(Document document, PresenceRecord record) {
    PresenceBase base = record.base();
    return base != null
        && base.version() >= document.base()
        && base.version() <= document.revision();
  }

  /** Tells whether a record within a document is to be moved over an edit of its owner. */
  static boolean passesOwnEdit(Document document, PresenceRecord record) {
    PresenceBase base = record.base();
    return base != null
        && document.since(base.version()).stream()
            .anyMatch(entry -> isOwnEdit(entry, record.id().source()));
  }

  private static boolean isOwnEdit(CommittedOperation entry, String source) {
    return entry.payload().kind() == Payload.Kind.EDIT
        && entry.id().client().value().equals(source);
  }

  /**
   * Moves what is shown in a document over everything that was committed since.
   *
   * @throws ProtocolException with the code for the client if it cannot be moved
   */
  static PresenceRecord forward(Document document, PresenceRecord record) {
    PresenceBase base = record.base();
    if (base == null) {
      return record;
    }
    Presence presence = record.presence();
    JsonValue value =
        forward(
            document,
            base,
            presence == null ? JsonValue.NULL : presence.value(),
            record.id().source());
    PresenceBase now =
        new PresenceBase(base.collection(), base.document(), document.revision(), base.type());
    return presence == null || value == JsonValue.NULL
        ? PresenceRecord.gone(record.id(), record.version(), record.showing(), now)
        : PresenceRecord.shown(presence.at(document.revision(), value), record.showing(), now);
  }

  /**
   * Moves a value over everything that was committed since.
   *
   * @param document the document now
   * @param base the revision that the value belongs to
   * @param value what is shown
   * @param source the client that shows it: its own edits move it in another way
   * @return the value at the document's revision, or JSON null if its place is gone
   * @throws ProtocolException with the code for the client if it cannot be moved
   */
  private static JsonValue forward(
      Document document, PresenceBase base, JsonValue value, String source) {
    if (base.version() > document.revision()) {
      throw new ProtocolException(
          ErrorCodes.VERSION_FROM_FUTURE,
          "revision " + base.version() + " is above " + document.revision());
    }
    if (base.version() < document.base()) {
      throw new ProtocolException(
          ErrorCodes.PRESENCE_TRANSFORM_FAILED,
          "entries behind revision " + base.version() + " are gone");
    }
    if (value == JsonValue.NULL) {
      return value;
    }
    JsonValue moved = value;
    boolean checked = false;
    for (CommittedOperation entry : document.since(base.version())) {
      switch (entry.payload().kind()) {
        case CREATE, DELETE -> {
          return JsonValue.NULL;
        }
        case EDIT -> {
          Authorship authorship =
              entry.id().client().value().equals(source) ? Authorship.OWN : Authorship.FOREIGN;
          Payload.Edit<?> edit = (Payload.Edit<?>) entry.payload();
          if (!checked) {
            check(edit.type(), base, moved);
            checked = true;
          }
          moved = over(edit, moved, authorship);
        }
        case NONE -> {}
      }
    }
    JsonValue last = moved;
    return document.content().map(content -> clamp(content, base, last)).orElse(JsonValue.NULL);
  }

  private static <S, O extends Operation> JsonValue clamp(
      Content<S, O> content, PresenceBase base, JsonValue value) {
    return check(content.type(), base, value).clampPresence(value, content.state());
  }

  private static <O extends Operation> JsonValue over(
      Payload.Edit<O> edit, JsonValue value, Authorship authorship) {
    return capability(edit.type()).transformPresence(value, edit.operation(), authorship);
  }

  private static <S, O extends Operation> PresenceTransform<S, O> check(
      OperationType<S, O> type, PresenceBase base, JsonValue value) {
    PresenceTransform<S, O> capability = capability(type);
    if (!base.type().equals(type.uri())) {
      throw new ProtocolException(
          ErrorCodes.PRESENCE_BADLY_FORMED, "the document is of type " + type.uri());
    }
    try {
      capability.checkPresence(value);
    } catch (InvalidOperationException e) {
      throw new ProtocolException(ErrorCodes.PRESENCE_BADLY_FORMED, String.valueOf(e.getMessage()));
    }
    return capability;
  }

  @SuppressWarnings("unchecked") // the capability of a type is about its own states and operations
  private static <S, O extends Operation> PresenceTransform<S, O> capability(
      OperationType<S, O> type) {
    if (type instanceof PresenceTransform<?, ?> capability) {
      return (PresenceTransform<S, O>) capability;
    }
    throw new ProtocolException(
        ErrorCodes.TYPE_DOES_NOT_SUPPORT_PRESENCE, "Type does not support presence: " + type.uri());
  }
}
