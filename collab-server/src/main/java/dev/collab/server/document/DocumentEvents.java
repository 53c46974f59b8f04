package dev.collab.server.document;

import dev.collab.conflict.ReportedConflict;
import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.document.Submission;
import dev.collab.protocol.WireError;
import dev.collab.server.access.ConflictListener;
import dev.collab.server.log.HostListener;
import dev.collab.server.observe.ConflictSettled;
import dev.collab.server.observe.DocumentLoadFailed;
import dev.collab.server.observe.DocumentLoaded;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.observe.EpochChanged;
import dev.collab.server.observe.OperationCommitted;
import dev.collab.server.observe.OperationRejected;
import dev.collab.server.observe.Resync;
import dev.collab.server.observe.ServerListener;
import dev.collab.server.observe.StrategyFailed;
import dev.collab.server.runtime.Observers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells observers what happens to one document.
 *
 * <p>Confined: callers must serialise calls.
 */
final class DocumentEvents implements HostListener {

  private static final Logger LOGGER = System.getLogger(DocumentEvents.class.getName());

  private final DocumentId id;
  private final ServerListener observers;
  private final InstantSource clock;
  private Instant loadingSince;

  DocumentEvents(DocumentId id, ServerListener observers, InstantSource clock) {
    this.id = id;
    this.observers = observers;
    this.clock = clock;
    this.loadingSince = clock.instant();
  }

  @Override
  public void loading() {
    loadingSince = clock.instant();
  }

  @Override
  public void loaded(Document document) {
    observers.documentLoaded(
        new DocumentLoaded(id, document.revision(), Observers.since(loadingSince, clock)));
  }

  @Override
  public void notLoaded(WireError error) {
    observers.documentLoadFailed(new DocumentLoadFailed(id, error.code()));
  }

  @Override
  public void unloaded(Document document, DocumentUnloaded.Reason reason) {
    observers.documentUnloaded(new DocumentUnloaded(id, document.revision(), reason));
  }

  @Override
  public void replaced(long previous, long current) {
    observers.epochChanged(new EpochChanged(id, previous, current));
  }

  void resync(DocumentSession session, Resync.Reason reason) {
    observers.resync(new Resync(id, session.clientId(), reason));
  }

  /** A submission became an entry and is acknowledged. */
  void committed(Submission submission, Instant received, CommittedOperation entry) {
    observers.operationCommitted(
        OperationCommitted.of(
            id, entry, transformCount(submission, entry), Observers.since(received, clock)));
  }

  void strategyFailed(CommittedOperation entry) {
    observers.strategyFailed(
        new StrategyFailed(id, entry.revision(), entry.id().client(), StrategyFailed.CODE));
  }

  /** A submission that is committed was in conflict with others. */
  void conflict(CommittedOperation entry, ReportedConflict conflict, ConflictListener listener) {
    observers.conflictSettled(
        new ConflictSettled(
            id,
            entry.revision(),
            conflict.laterAuthor(),
            conflict.earlierAuthors(),
            conflict.outcome()));
    try {
      listener.conflict(id, entry.revision(), conflict);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      LOGGER.log(Level.WARNING, "the listener of conflicts failed", e);
    }
  }

  void refused(ClientId author, WireError error) {
    observers.operationRejected(new OperationRejected(id, author, error.code()));
  }

  private static long transformCount(Submission submission, CommittedOperation entry) {
    return submission.baseRevision() == Submission.HEAD
        ? 0
        : entry.baseRevision() - submission.baseRevision();
  }
}
