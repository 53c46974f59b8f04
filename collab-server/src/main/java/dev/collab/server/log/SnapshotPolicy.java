package dev.collab.server.log;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.LogSnapshot;
import dev.collab.coordinator.Logs;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.server.runtime.Calls;
import dev.collab.server.runtime.Retry;
import dev.collab.server.runtime.ServerContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Saves a snapshot every so many entries, and of what is given up, and then forgets old entries,
 * but none of the last {@value #KEPT_ENTRIES} and none of the last ten minutes before the snapshot.
 *
 * <p>An entry may ask that nothing remains of what stands before it. Then a snapshot is saved at
 * once and everything up to that entry forgotten. That is tried until it has succeeded. If the
 * server ends before, the entry still stands in the log and asks whoever loads it next.
 *
 * <p>Confined: callers must serialise calls.
 */
final class SnapshotPolicy {

  static final int KEPT_ENTRIES = 1_000;

  private static final Logger LOGGER = System.getLogger(SnapshotPolicy.class.getName());
  private static final int ENTRIES_BETWEEN = 500;

  /** What is behind the newest snapshot is worth one when a log is given up. */
  private static final int ENTRIES_WORTH_SAVING = 50;

  private static final Duration KEPT_TIME = Duration.ofMinutes(10);

  private final ServedLog<?> log;
  private final ServerContext context;
  private final Executor executor;
  private final LongConsumer trimmed;
  private final Retry retry;
  private Document newest;
  private long savedAt;
  private boolean busy;
  private boolean ended;

  /** The last revision of which nothing may remain in the log; 0 if that is so. */
  private long forgetUpTo;

  /**
   * Creates the policy of a log that was just loaded.
   *
   * @param trimmed is told the revision up to which entries are forgotten
   */
  SnapshotPolicy(
      ServedLog<?> log,
      ServerContext context,
      Executor executor,
      DocumentLoader.Result loaded,
      LongConsumer trimmed) {
    this.log = log;
    this.context = context;
    this.executor = executor;
    this.trimmed = trimmed;
    this.retry = new Retry(context.scheduler(), context.random());
    this.newest = loaded.document();
    this.savedAt = loaded.savedRevision();
    this.forgetUpTo = loaded.forgetUpTo();
  }

  /** Does what another server has not brought to its end. */
  void begin() {
    if (hasToForget()) {
      forget();
    }
  }

  /** Tells whether something has to be forgotten that may still stand in the log. */
  boolean hasToForget() {
    return forgetUpTo > 0;
  }

  /** Saves a snapshot if it is time to. */
  void committed(CommittedOperation entry, Document document) {
    newest = document;
    if (log.forgets().test(entry)) {
      forgetUpTo = entry.revision();
    }
    if (busy) {
      return;
    }
    if (hasToForget()) {
      forget();
    } else if (document.revision() - savedAt >= ENTRIES_BETWEEN) {
      saveAndTrim();
    }
  }

  /** Saves a snapshot of what is given up, so that it loads quickly the next time. */
  void unloaded() {
    if (!busy && newest.revision() - savedAt >= ENTRIES_WORTH_SAVING) {
      saveAndTrim();
    }
  }

  /** Nothing more is tried again. */
  void end() {
    ended = true;
  }

  private void saveAndTrim() {
    Document document = newest;
    busy = true;
    save(document)
        .whenComplete(
            (nothing, failure) ->
                executor.execute(
                    () -> {
                      busy = false;
                      if (failure == null) {
                        trim(floor(document), document.base());
                      } else {
                        LOGGER.log(
                            Level.WARNING,
                            "the snapshot of " + log.key() + " was not saved",
                            failure);
                      }
                      begin();
                    }));
  }

  private CompletionStage<Void> save(Document document) {
    savedAt = document.revision();
    Bytes payload;
    try {
      payload = Bytes.copyOf(document.rules().codec().encodeSnapshot(document.snapshot()));
    } catch (RuntimeException | Error e) { // of the document's type
      return CompletableFuture.failedStage(e);
    }
    return Calls.attempt(
        () ->
            logs()
                .saveSnapshot(log.key(), new LogSnapshot(CommitPipeline.head(document), payload)));
  }

  private void trim(long floor, long base) {
    if (floor <= base) {
      return;
    }
    trimmed.accept(floor);
    Calls.attempt(() -> logs().trim(log.key(), floor))
        .whenComplete(
            (reached, failure) -> {
              if (failure != null) {
                LOGGER.log(Level.DEBUG, "old entries of {0} stay for now: {1}", log.key(), failure);
              }
            });
  }

  /** Saves what there is and trims everything up to the entry that asked for it. */
  private void forget() {
    long upTo = forgetUpTo;
    if (ended) {
      return;
    }
    busy = true;
    save(newest)
        .thenCompose(saved -> Calls.attempt(() -> logs().trim(log.key(), upTo)))
        .whenComplete((base, failure) -> executor.execute(() -> forgotten(upTo, base, failure)));
  }

  private void forgotten(long upTo, Long base, @Nullable Throwable failure) {
    if (failure != null || base < upTo) {
      LOGGER.log(Level.DEBUG, "{0} has to be forgotten once more: {1}", log.key(), failure);
      retry.failed(() -> executor.execute(this::forget));
      return;
    }
    retry.succeeded();
    busy = false;
    trimmed.accept(upTo);
    if (forgetUpTo == upTo) {
      forgetUpTo = 0;
    }
    begin();
  }

  private Logs logs() {
    return context.coordinator().logs();
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
