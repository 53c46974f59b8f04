package dev.collab.server.document;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Decision;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.document.Submission;
import dev.collab.protocol.WireError;
import dev.collab.server.observe.DocumentLoadFailed;
import dev.collab.server.observe.DocumentLoaded;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.observe.OperationCommitted;
import dev.collab.server.observe.OperationRejected;
import dev.collab.server.observe.Resync;
import dev.collab.server.observe.ServerListener;
import dev.collab.server.runtime.Observers;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells observers what happens to one document.
 *
 * <p>Confined: callers must serialise calls.
 */
final class HostEvents {

  private final DocumentId id;
  private final ServerListener observers;
  private final InstantSource clock;
  private Instant loadingSince;

  HostEvents(DocumentId id, ServerListener observers, InstantSource clock) {
    this.id = id;
    this.observers = observers;
    this.clock = clock;
    this.loadingSince = clock.instant();
  }

  /** The document is asked for. */
  void loading() {
    loadingSince = clock.instant();
  }

  void loaded(Document document) {
    observers.documentLoaded(
        new DocumentLoaded(id, document.revision(), Observers.since(loadingSince, clock)));
  }

  void notLoaded(WireError error) {
    observers.documentLoadFailed(new DocumentLoadFailed(id, error.code()));
  }

  void unloaded(Document document, DocumentUnloaded.Reason reason) {
    observers.documentUnloaded(new DocumentUnloaded(id, document.revision(), reason));
  }

  void resync(DocumentSession session, Resync.Reason reason) {
    observers.resync(new Resync(id, session.clientId(), reason));
  }

  /** A submission is decided for good and answered. */
  void decided(PipelineItem item, boolean resyncs) {
    PendingSubmission request = item.request();
    if (item.decision() instanceof Decision.Accepted accepted) {
      CommittedOperation entry = accepted.entry();
      observers.operationCommitted(
          OperationCommitted.of(
              id,
              entry,
              transformCount(request.submission(), entry),
              Observers.since(request.received(), clock)));
    } else if (item.decision() instanceof Decision.Refused refused) {
      observers.operationRejected(
          new OperationRejected(id, request.session().clientId(), refused.code()));
    }
    if (resyncs) {
      resync(request.session(), Resync.Reason.TOO_FAR_BEHIND);
    }
  }

  private static long transformCount(Submission submission, CommittedOperation entry) {
    return submission.baseRevision() == Submission.HEAD
        ? 0
        : entry.baseRevision() - submission.baseRevision();
  }
}
