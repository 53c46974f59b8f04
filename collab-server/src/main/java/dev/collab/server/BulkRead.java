package dev.collab.server;

import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.protocol.BulkRequest;
import dev.collab.protocol.DocumentState;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.WireError;
import dev.collab.value.JsonValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A fetch or subscription of many documents: each is read on its own, one reply tells of all. A
 * document that cannot be read does not keep the others from being read.
 *
 * <p>Thread-safe.
 */
final class BulkRead {

  private final Session session;
  private final BulkRequest request;
  private final boolean subscribe;
  private final Set<String> documents;
  private final Object lock = new Object();
  private final Map<String, DocumentState> states = new LinkedHashMap<>();
  private final Map<String, WireError> errors = new LinkedHashMap<>();

  BulkRead(Session session, BulkRequest request, boolean subscribe) {
    this.session = session;
    this.request = request;
    this.subscribe = subscribe;
    this.documents = new LinkedHashSet<>(request.documents());
  }

  void start() {
    if (documents.isEmpty()) {
      reply();
      return;
    }
    for (String document : documents) {
      DocumentId id = new DocumentId(request.collection(), document);
      if (subscribe && !session.track(id)) {
        failed(id, new WireError(ErrorCodes.TOO_MANY_SUBSCRIPTIONS, session.subscriptionLimit()));
      } else {
        session.host(id).read(session, version(document), subscribe, outcome -> read(id, outcome));
      }
    }
  }

  private OptionalLong version(String document) {
    return request
        .versions()
        .map(versions -> OptionalLong.of(versions.getOrDefault(document, 0L)))
        .orElseGet(OptionalLong::empty);
  }

  private void read(DocumentId id, DocumentHost.ReadOutcome outcome) {
    if (outcome instanceof DocumentHost.ReadOutcome.State state) {
      done(id, state.document());
    } else if (outcome instanceof DocumentHost.ReadOutcome.CaughtUp caughtUp) {
      done(id, caughtUp.document());
    } else {
      session.notRead(id, subscribe);
      failed(
          id,
          outcome instanceof DocumentHost.ReadOutcome.Failed failed
              ? failed.error()
              : Session.tooFarBehind());
    }
  }

  private void done(DocumentId id, Document document) {
    DocumentState state = DocumentStates.of(document);
    boolean complete;
    synchronized (lock) {
      states.put(id.id(), state);
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
    return states.size() + errors.size() == documents.size();
  }

  private void replyIf(boolean complete) {
    if (complete) {
      reply();
    }
  }

  /**
   * Tells of all documents. Readers that named versions get no states unless a document failed: the
   * reply has room for either, and a state that the reader has already is harmless.
   */
  private void reply() {
    session.send(
        request.versions().isPresent() && errors.isEmpty()
            ? done(request)
            : new ServerMessage.BulkStates(request.kind(), request.collection(), states, errors));
  }

  /** The reply that names the documents and nothing else. */
  static ServerMessage done(BulkRequest request) {
    return new ServerMessage.BulkDone(
        request.kind(), request.collection(), request.request().get("b").orElse(JsonValue.NULL));
  }
}
