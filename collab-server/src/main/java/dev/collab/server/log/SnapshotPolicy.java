package dev.collab.server.log;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.LogSnapshot;
import dev.collab.coordinator.Logs;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.server.runtime.Calls;
import dev.collab.server.runtime.ServerContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * Saves a snapshot every so many entries and then forgets old entries, but none of the last {@value
 * #KEPT_ENTRIES} and none of the last ten minutes before the snapshot.
 *
 * <p>Confined: callers must serialise calls.
 */
final class SnapshotPolicy {

  static final int KEPT_ENTRIES = 1_000;

  private static final Logger LOGGER = System.getLogger(SnapshotPolicy.class.getName());
  private static final int ENTRIES_BETWEEN = 500;
  private static final Duration KEPT_TIME = Duration.ofMinutes(10);

  private final String key;
  private final ServerContext context;
  private final Executor executor;
  private long savedAt;
  private boolean saving;

  SnapshotPolicy(String key, ServerContext context, Executor executor, long savedAt) {
    this.key = key;
    this.context = context;
    this.executor = executor;
    this.savedAt = savedAt;
  }

  /** Saves a snapshot if it is time to; trims the pipeline when it is saved. */
  void committed(CommitPipeline<?> pipeline) {
    Document document = pipeline.committed();
    if (saving || document.revision() - savedAt < ENTRIES_BETWEEN) {
      return;
    }
    savedAt = document.revision();
    Bytes payload = Bytes.copyOf(document.rules().codec().encodeSnapshot(document.snapshot()));
    saving = true;
    Logs logs = context.coordinator().logs();
    Calls.attempt(
            () -> logs.saveSnapshot(key, new LogSnapshot(CommitPipeline.head(document), payload)))
        .whenComplete(
            (nothing, failure) ->
                executor.execute(
                    () -> {
                      saving = false;
                      if (failure != null) {
                        LOGGER.log(
                            Level.WARNING, "the snapshot of " + key + " was not saved", failure);
                        return;
                      }
                      trim(pipeline, floor(document), logs);
                    }));
  }

  private void trim(CommitPipeline<?> pipeline, long floor, Logs logs) {
    if (floor <= pipeline.committed().base()) {
      return;
    }
    pipeline.trim(floor);
    Calls.attempt(() -> logs.trim(key, floor))
        .whenComplete(
            (base, failure) -> {
              if (failure != null) {
                LOGGER.log(Level.DEBUG, "old entries of {0} stay for now: {1}", key, failure);
              }
            });
  }

  /** The highest revision below which nothing has to be kept. */
  private long floor(Document document) {
    long floor = document.revision() - KEPT_ENTRIES;
    Instant oldest = context.clock().instant().minus(KEPT_TIME);
    if (floor <= document.base()) {
      return document.base();
    }
    int kept = 0;
    for (CommittedOperation entry : document.since(document.base())) {
      if (entry.revision() > floor || entry.committedAt().isAfter(oldest)) {
        break;
      }
      kept++;
    }
    return document.base() + kept;
  }
}
