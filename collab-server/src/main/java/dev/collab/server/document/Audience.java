package dev.collab.server.document;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Decision;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.document.Fate;
import dev.collab.document.Submission;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.WireError;
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
final class Audience {

  private final DocumentId id;

  /** Each subscriber and the revision from which on it was sent everything. */
  private final Map<DocumentSession, Long> subscribers = new LinkedHashMap<>();

  Audience(DocumentId id) {
    this.id = id;
  }

  boolean isEmpty() {
    return subscribers.isEmpty();
  }

  int size() {
    return subscribers.size();
  }

  /**
   * Sends a session the entries that it lacks and tells what it reads; it may stay subscribed,
   * unless it has closed or changed its mind meanwhile.
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
      return new ReadOutcome.TooFarBehind(document);
    }
    send(session, document, from, document.revision());
    if (subscribe && session.wants(id)) {
      subscribers.merge(session, from, Math::min);
    }
    return version.isEmpty() ? new ReadOutcome.State(document) : new ReadOutcome.CaughtUp(document);
  }

  void remove(DocumentSession session) {
    subscribers.remove(session);
  }

  /** Tells everybody of an entry but the session that it came from. */
  void tell(CommittedOperation entry, Optional<DocumentSession> origin) {
    EntryFrame frame = new EntryFrame(id, entry);
    for (DocumentSession subscriber : subscribers.keySet()) {
      if (origin.isEmpty() || subscriber != origin.get()) {
        subscriber.broadcast(frame);
      }
    }
  }

  /**
   * Answers the author of a submission that is decided for good.
   *
   * @return whether the author has to resync
   */
  boolean answer(PipelineItem item, Document document) {
    PendingSubmission request = item.request();
    Decision decision = item.decision();
    if (decision instanceof Decision.Accepted accepted) {
      return acknowledge(request, accepted.entry().baseRevision(), document);
    } else if (decision instanceof Decision.Duplicate duplicate) {
      return acknowledge(request, duplicate.baseRevision(), document);
    } else if (decision instanceof Decision.Refused refused) {
      request.failed(new WireError(refused.code(), refused.message()));
    } else if (decision instanceof Decision.Stale stale) {
      request.stale(stale.fate(), document);
      return true;
    }
    return false;
  }

  /**
   * Acknowledges, behind the entries that the client may lack; if they are gone, it resyncs.
   *
   * @return whether it resyncs
   */
  private boolean acknowledge(PendingSubmission request, long baseRevision, Document document) {
    long has = request.submission().baseRevision();
    long to = Math.min(baseRevision, sentFrom(request.session()));
    boolean lacks = has != Submission.HEAD && has < to;
    if (lacks && has < document.base()) {
      request.stale(Fate.COMMITTED, document);
      return true;
    }
    if (lacks) {
      send(request.session(), document, has, to);
    }
    request.acknowledged(baseRevision);
    return false;
  }

  private long sentFrom(DocumentSession session) {
    Long from = subscribers.get(session);
    return from == null ? Long.MAX_VALUE : from;
  }

  private void send(DocumentSession session, Document document, long from, long to) {
    List<CommittedOperation> entries = document.since(from);
    for (CommittedOperation entry : entries.subList(0, Math.toIntExact(to - from))) {
      session.broadcast(new EntryFrame(id, entry));
    }
  }

  /**
   * Makes everybody come back and compare what they have with what stands.
   *
   * @return who was here
   */
  List<DocumentSession> restart() {
    List<DocumentSession> everybody = List.copyOf(subscribers.keySet());
    everybody.forEach(DocumentSession::restart);
    subscribers.clear();
    return everybody;
  }
}
