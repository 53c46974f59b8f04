package dev.collab.server.log;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Decision;
import dev.collab.document.Document;
import dev.collab.protocol.WireError;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * What follows from an entry or a decision: the audience is told, the author answered, attachments
 * and snapshots follow. Whatever of that fails, the log goes on.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @param log the log and who hears of it
 * @param attachments what accompanies it
 * @param kept weighs its entries
 * @param snapshots saves what they amount to
 * @param whenLost is told why nothing can go on, and the epoch that the log has now if that is why
 */
record Commits<A extends Audience>(
    ServedLog<A> log,
    Attachments attachments,
    KeptWeight kept,
    SnapshotPolicy snapshots,
    BiConsumer<String, Optional<Long>> whenLost)
    implements CommitPipeline.Listener<A> {

  private static final Logger LOGGER = System.getLogger(Commits.class.getName());

  @Override
  public void committed(
      CommittedOperation entry, Document before, Document after, Optional<PipelineItem<A>> item) {
    kept.add(entry);
    try {
      log.audience().tell(entry, after, item.flatMap(PipelineItem::origin));
    } catch (RuntimeException | Error e) { // the log goes on; who misses the entry will notice
      LOGGER.log(
          Level.ERROR, "entry " + entry.revision() + " of " + log.key() + " was not passed on", e);
    }
    item.ifPresent(decided -> decided(decided, after));
    attachments.committed(entry, before, after);
    try {
      snapshots.committed(entry, after);
    } catch (RuntimeException | Error e) { // of the document's type
      LOGGER.log(Level.ERROR, "no snapshot of " + log.key() + " could be made", e);
    }
  }

  @Override
  public void decided(PipelineItem<A> item, Document document) {
    try {
      answer(item, document);
    } catch (RuntimeException | Error e) {
      LOGGER.log(Level.ERROR, "a submission to " + log.key() + " could not be answered", e);
      item.request().failed(OpenLog.failure());
    }
  }

  /** Answers the author of a submission that is decided for good. */
  private void answer(PipelineItem<A> item, Document document) {
    PendingSubmission<A> request = item.request();
    Decision decision = item.decision();
    if (decision instanceof Decision.Accepted accepted) {
      request.committed(accepted.entry(), document, log.audience());
    } else if (decision instanceof Decision.Duplicate duplicate) {
      request.duplicate(duplicate.baseRevision(), document, log.audience());
    } else if (decision instanceof Decision.Refused refused) {
      request.refused(new WireError(refused.code(), refused.message()), log.audience());
    } else if (decision instanceof Decision.Stale stale) {
      request.stale(stale.fate(), document, log.audience());
    }
  }

  @Override
  public void lost(String reason) {
    whenLost.accept(reason, Optional.empty());
  }

  @Override
  public void replaced(long epoch) {
    whenLost.accept("its history was replaced", Optional.of(epoch));
  }
}
