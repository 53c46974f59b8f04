package dev.collab.server.document;

import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.protocol.BulkRequest;
import dev.collab.protocol.DocumentState;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.WireError;
import dev.collab.server.permission.Permissions;
import dev.collab.server.session.Granted;
import dev.collab.value.JsonValue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A fetch or subscription of many documents: each is read on its own, one reply tells of all. A
 * document that cannot be read does not keep the others from being read. States that together are
 * larger than half of what may be queued for a connection are left out, with an error.
 *
 * <p>Thread-safe.
 */
final class BulkRead {

  private static final Logger LOGGER = System.getLogger(BulkRead.class.getName());

  private final DocumentSession session;
  private final Granted granted;
  private final BulkRequest request;
  private final boolean subscribe;
  private final long maxSize;
  private final Set<String> documents;
  private final Object lock = new Object();
  private final Map<String, Document> read = new LinkedHashMap<>();
  private final Map<String, WireError> errors = new LinkedHashMap<>();
  private boolean begunAgain;

  BulkRead(DocumentSession session, Granted granted, boolean subscribe, long maxSize) {
    this.session = session;
    this.granted = granted;
    this.request = (BulkRequest) granted.request();
    this.subscribe = subscribe;
    this.maxSize = maxSize;
    this.documents = new LinkedHashSet<>(request.documents());
  }

  void start() {
    if (documents.isEmpty()) {
      reply();
      return;
    }
    for (String document : documents) {
      DocumentId id = new DocumentId(request.collection(), document);
      Optional<WireError> refusal = granted.refusal(document);
      if (refusal.isPresent()) {
        session.notRead(id, subscribe);
        failed(id, refusal.get());
      } else if (subscribe && !session.track(id)) {
        failed(id, session.tooManySubscriptions());
      } else if (subscribe && !session.watch(id)) {
        failed(id, Permissions.forbidden());
      } else {
        session
            .host(id)
            .whenLoaded(
                new DocumentRead(
                    session, id, version(document), subscribe, outcome -> read(id, outcome)));
      }
    }
  }

  private OptionalLong version(String document) {
    return request
        .versions()
        .map(versions -> OptionalLong.of(versions.getOrDefault(document, 0L)))
        .orElseGet(OptionalLong::empty);
  }

  private void read(DocumentId id, ReadOutcome outcome) {
    if (outcome instanceof ReadOutcome.State state) {
      done(id, state.document(), request.versions().isPresent());
    } else if (outcome instanceof ReadOutcome.CaughtUp caughtUp) {
      done(id, caughtUp.document(), false);
    } else {
      session.notRead(id, subscribe);
      failed(
          id,
          outcome instanceof ReadOutcome.Failed failed
              ? failed.error()
              : DocumentSession.tooFarBehind());
    }
  }

  private void done(DocumentId id, Document document, boolean again) {
    boolean complete;
    synchronized (lock) {
      begunAgain |= again;
      read.put(id.id(), document);
      complete = isComplete();
    }
    replyIf(complete);
  }

  private void failed(DocumentId id, WireError error) {
    boolean complete;
    synchronized (lock) {
      errors.put(id.id(), error);
      complete = isComplete();
    }
    replyIf(complete);
  }

  private boolean isComplete() {
    return read.size() + errors.size() == documents.size();
  }

  private void replyIf(boolean complete) {
    if (complete) {
      reply();
    }
  }

  /**
   * Tells of all documents. Readers that named versions get no states unless a document failed or
   * begins again: the reply has room for either, and a state that the reader has is harmless.
   */
  private void reply() {
    if (request.versions().isPresent() && errors.isEmpty() && !begunAgain) {
      session.bulkAnswered(done(request));
      return;
    }
    Map<String, DocumentState> states = new LinkedHashMap<>();
    long size = 0;
    for (Map.Entry<String, Document> entry : read.entrySet()) {
      long more = DocumentStates.size(entry.getValue());
      if (size + more > maxSize) {
        notRead(
            entry.getKey(),
            new WireError(ErrorCodes.BATCH_TOO_LARGE, "the documents are larger than " + maxSize));
      } else {
        size += more;
        add(states, entry.getKey(), entry.getValue());
      }
    }
    session.bulkAnswered(
        new ServerMessage.BulkStates(request.kind(), request.collection(), states, errors));
  }

  private void add(Map<String, DocumentState> states, String document, Document read) {
    try {
      states.put(document, DocumentStates.of(read));
    } catch (RuntimeException | Error e) { // of the document's type
      LOGGER.log(Level.ERROR, "the state of a document could not be written", e);
      notRead(document, new WireError(ErrorCodes.UNKNOWN, "the document could not be written"));
    }
  }

  private void notRead(String document, WireError error) {
    session.notRead(new DocumentId(request.collection(), document), subscribe);
    errors.put(document, error);
  }

  /** The reply that names the documents and nothing else. */
  static ServerMessage done(BulkRequest request) {
    return new ServerMessage.BulkDone(
        request.kind(), request.collection(), request.request().get("b").orElse(JsonValue.NULL));
  }
}
