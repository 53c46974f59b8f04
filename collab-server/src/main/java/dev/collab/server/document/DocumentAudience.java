package dev.collab.server.document;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.document.Submission;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.WireError;
import dev.collab.server.log.Audience;
import dev.collab.server.log.LogHosts;
import dev.collab.server.log.ServedLog;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.observe.Resync;
import dev.collab.server.runtime.LogKeys;
import dev.collab.server.runtime.ServerContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The sessions that hear of a document's entries, and what each of them was sent already.
 *
 * <p>Confined: callers must serialise calls.
 */
public final class DocumentAudience implements Audience {

  private final DocumentId id;
  private final DocumentEvents events;

  /** Each subscriber and the revision from which on it was sent everything. */
  private final Map<DocumentSession, Long> subscribers = new LinkedHashMap<>();

  private DocumentAudience(DocumentId id, DocumentEvents events) {
    this.id = id;
    this.events = events;
  }

  /** Makes the directory of the documents' hosts. */
  public static LogHosts<DocumentId, DocumentAudience> hosts(ServerContext context) {
    return new LogHosts<>(context, id -> served(id, context));
  }

  private static ServedLog<DocumentAudience> served(DocumentId id, ServerContext context) {
    DocumentEvents events = new DocumentEvents(id, context.observers(), context.clock());
    return new ServedLog<>(
        LogKeys.of(id), context.rules(), new DocumentAudience(id, events), events, entry -> false);
  }

  @Override
  public boolean isEmpty() {
    return subscribers.isEmpty();
  }

  @Override
  public int size() {
    return subscribers.size();
  }

  /**
   * Sends a session the entries that it lacks, as far as there is room, and tells what it reads; it
   * may stay subscribed when it lacks none, unless it has closed or changed its mind meanwhile.
   */
  ReadOutcome read(
      DocumentSession session, OptionalLong version, boolean subscribe, Document document) {
    long from = version.orElse(document.revision());
    if (from > document.revision()) {
      return new ReadOutcome.Failed(
          new WireError(
              ErrorCodes.VERSION_FROM_FUTURE,
              "revision " + from + " is above the document's revision " + document.revision()));
    }
    if (from < document.base()) {
      return from < document.epochStart() && !session.knowsEpochs()
          ? beginAgain(session, from, subscribe, document)
          : new ReadOutcome.TooFarBehind(document);
    }
    long to = sendWhileThereIsRoom(session, document, from);
    if (to < document.revision()) {
      return new ReadOutcome.Partly(to);
    }
    if (subscribe && session.wants(id)) {
      subscribers.merge(session, from, Math::min);
    }
    return version.isEmpty() ? new ReadOutcome.State(document) : new ReadOutcome.CaughtUp(document);
  }

  /**
   * Shows a session that has never heard of epochs the end of the history that it knows, as if the
   * document had been deleted, and then the state, as if it had been created again.
   */
  private ReadOutcome beginAgain(
      DocumentSession session, long from, boolean subscribe, Document document) {
    session.endHistory(id, from);
    if (subscribe && session.wants(id)) {
      subscribers.merge(session, document.revision(), Math::min);
    }
    events.resync(session, Resync.Reason.EPOCH_CHANGED);
    return new ReadOutcome.State(document);
  }

  void remove(DocumentSession session) {
    subscribers.remove(session);
  }

  @Override
  public void tell(CommittedOperation entry, Document after, Optional<Object> origin) {
    EntryFrame frame = new EntryFrame(id, entry);
    for (DocumentSession subscriber : subscribers.keySet()) {
      if (origin.isEmpty() || subscriber != origin.get()) {
        subscriber.broadcast(frame);
      }
    }
  }

  /**
   * Sends the author of an acknowledged submission the entries that it may lack.
   *
   * @return false if they are gone, so that it has to resync
   */
  boolean catchUp(DocumentSubmission request, long baseRevision, Document document) {
    long has = request.submission().baseRevision();
    long to = Math.min(baseRevision, sentFrom(request.session()));
    if (has == Submission.HEAD || has >= to) {
      return true;
    }
    if (has < document.base()) {
      return false;
    }
    send(request.session(), document, has, to);
    return true;
  }

  private long sentFrom(DocumentSession session) {
    Long from = subscribers.get(session);
    return from == null ? Long.MAX_VALUE : from;
  }

  private long sendWhileThereIsRoom(DocumentSession session, Document document, long from) {
    long at = from;
    for (CommittedOperation entry : document.since(from)) {
      if (!session.hasRoom()) {
        break;
      }
      session.broadcast(new EntryFrame(id, entry));
      at++;
    }
    return at;
  }

  private void send(DocumentSession session, Document document, long from, long to) {
    List<CommittedOperation> entries = document.since(from);
    for (CommittedOperation entry : entries.subList(0, Math.toIntExact(to - from))) {
      session.broadcast(new EntryFrame(id, entry));
    }
  }

  @Override
  public void restart(DocumentUnloaded.Reason reason) {
    Resync.Reason why =
        reason == DocumentUnloaded.Reason.PURGED
            ? Resync.Reason.EPOCH_CHANGED
            : Resync.Reason.LOG_LOST;
    List<DocumentSession> everybody = List.copyOf(subscribers.keySet());
    subscribers.clear();
    everybody.forEach(DocumentSession::restart);
    everybody.forEach(session -> events.resync(session, why));
  }

  /** Returns who tells observers of what happens to the document. */
  DocumentEvents events() {
    return events;
  }
}
