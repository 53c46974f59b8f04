package dev.collab.server.log;

import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogSnapshot;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.ReadResult;
import dev.collab.document.ChainHash;
import dev.collab.document.CommittedOperation;
import dev.collab.document.CorruptLogException;
import dev.collab.document.Document;
import dev.collab.document.DocumentRules;
import dev.collab.document.Snapshot;
import dev.collab.server.runtime.Calls;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Reads a document: the newest snapshot and all entries that the log still has, those before the
 * snapshot too, so that submissions of clients that were away can be transformed. A document that
 * cannot be read is unavailable, never empty.
 *
 * <p>Meanwhile other nodes save snapshots, trim and replace the log. Whatever does not fit together
 * is read once more; it is corrupt only if it still does not fit while the snapshot is the same.
 *
 * <p>Confined: one instance for one load.
 */
final class DocumentLoader {

  private static final int READ_LIMIT = 1_000;

  private final ServedLog<?> log;
  private final String key;
  private final Logs logs;
  private final DocumentRules rules;
  private final Executor executor;
  private final List<LogEntry> entries = new ArrayList<>();
  private Optional<LogSnapshot> stored = Optional.empty();
  private long forgetUpTo;

  DocumentLoader(ServedLog<?> log, Logs logs, Executor executor) {
    this.log = log;
    this.key = log.key();
    this.logs = logs;
    this.rules = log.rules();
    this.executor = executor;
  }

  /**
   * What was loaded.
   *
   * @param document the document as it stands in the log
   * @param savedRevision the revision of the newest snapshot, 0 if there is none
   * @param forgetUpTo the revision of the newest entry that asks for the log to be forgotten, 0 if
   *     there is none
   */
  record Result(Document document, long savedRevision, long forgetUpTo) {}

  /**
   * Loads the document.
   *
   * @return completes on the executor; with a {@link CorruptLogException} if what is stored cannot
   *     be right, or with the failure of the coordinator
   */
  CompletionStage<Result> load() {
    return Calls.attempt(() -> logs.loadSnapshot(key))
        .thenComposeAsync(
            snapshot -> {
              stored = snapshot;
              return readFrom(0);
            },
            executor);
  }

  private CompletionStage<Result> readFrom(long after) {
    return Calls.attempt(() -> logs.read(key, after, READ_LIMIT))
        .thenComposeAsync(result -> continueReading(result, after), executor);
  }

  private CompletionStage<Result> continueReading(ReadResult result, long after) {
    if (result instanceof ReadResult.Missing && stored.isEmpty() && entries.isEmpty()) {
      return CompletableFuture.completedStage(new Result(Document.empty(rules, 0), 0, 0));
    }
    if (result instanceof ReadResult.Trimmed trimmed
        && entries.isEmpty()
        && trimmed.base() <= savedRevision()
        && trimmed.base() > after) {
      return readFrom(trimmed.base());
    }
    if (!(result instanceof ReadResult.Entries page)) {
      return misfit("the entries behind revision " + after + " are gone");
    }
    entries.addAll(page.entries());
    long reached = entries.isEmpty() ? savedRevision() : entries.get(entries.size() - 1).revision();
    if (reached < page.head().revision()) {
      return page.entries().isEmpty()
          ? misfit("there is no entry behind revision " + reached)
          : readFrom(reached);
    }
    try {
      Document document = build(page.head().epoch());
      return CommitPipeline.head(document).equals(page.head())
          ? CompletableFuture.completedStage(new Result(document, savedRevision(), forgetUpTo))
          : misfit("the entries do not lead to the head of the log");
    } catch (CorruptLogException e) {
      return misfit(e);
    }
  }

  private long savedRevision() {
    return stored.map(snapshot -> snapshot.head().revision()).orElse(0L);
  }

  private CompletionStage<Result> misfit(String message) {
    return misfit(new CorruptLogException(message));
  }

  /** Begins again if the snapshot is another one meanwhile. */
  private CompletionStage<Result> misfit(CorruptLogException failure) {
    return Calls.attempt(() -> logs.loadSnapshot(key))
        .thenComposeAsync(
            snapshot -> {
              if (snapshot.equals(stored)) {
                return CompletableFuture.failedStage(failure);
              }
              entries.clear();
              forgetUpTo = 0;
              stored = snapshot;
              return readFrom(0);
            },
            executor);
  }

  private Document build(long epoch) {
    Optional<Snapshot> snapshot =
        stored.map(s -> rules.codec().decodeSnapshot(s.payload().toByteArray()));
    List<CommittedOperation> preceding = new ArrayList<>();
    for (LogEntry entry : entries) {
      if (entry.revision() <= savedRevision()) {
        preceding.add(decode(entry));
      }
    }
    Document document =
        snapshot
            .map(s -> Document.restore(rules, s, preceding))
            .orElseGet(() -> Document.empty(rules, epoch));
    for (LogEntry entry : entries) {
      if (entry.revision() > savedRevision()) {
        document =
            document.commit(
                decode(entry),
                entry.payload().toByteArray(),
                ChainHash.of(entry.hash().toByteArray()));
      }
    }
    return document;
  }

  private CommittedOperation decode(LogEntry entry) {
    CommittedOperation decoded = rules.codec().decode(entry.payload().toByteArray());
    if (log.forgets().test(decoded)) {
      forgetUpTo = decoded.revision();
    }
    return decoded;
  }
}
