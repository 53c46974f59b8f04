package dev.collab.server;

import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.ReadResult;
import dev.collab.document.ChainHash;
import dev.collab.document.CommittedOperation;
import dev.collab.document.CorruptLogException;
import dev.collab.document.Document;
import dev.collab.document.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Reads a document: the newest snapshot, the entries behind it, and some entries before it so that
 * submissions of clients that were away can be transformed. A document that cannot be read is
 * unavailable, never empty.
 *
 * <p>Confined: one instance for one load.
 */
final class DocumentLoader {

  private static final int READ_LIMIT = 1_000;

  private final String key;
  private final Logs logs;
  private final ServerContext context;
  private final Executor executor;
  private final List<LogEntry> entries = new ArrayList<>();

  DocumentLoader(String key, ServerContext context, Executor executor) {
    this.key = key;
    this.logs = context.coordinator().logs();
    this.context = context;
    this.executor = executor;
  }

  /**
   * Loads the document.
   *
   * @return completes on the executor; with a {@link CorruptLogException} if what is stored cannot
   *     be right, or with the failure of the coordinator
   */
  CompletionStage<Document> load() {
    return logs.loadSnapshot(key)
        .thenComposeAsync(
            stored -> {
              Optional<Snapshot> snapshot =
                  stored.map(
                      s -> context.rules().codec().decodeSnapshot(s.payload().toByteArray()));
              long from =
                  snapshot
                      .map(s -> Math.max(0, s.revision() - SnapshotPolicy.KEPT_ENTRIES))
                      .orElse(0L);
              return readFrom(from, snapshot);
            },
            executor);
  }

  private CompletionStage<Document> readFrom(long after, Optional<Snapshot> snapshot) {
    return logs.read(key, after, READ_LIMIT)
        .thenComposeAsync(result -> continueReading(result, after, snapshot), executor);
  }

  private CompletionStage<Document> continueReading(
      ReadResult result, long after, Optional<Snapshot> snapshot) {
    if (result instanceof ReadResult.Trimmed trimmed && entries.isEmpty()) {
      return readFrom(trimmed.base(), snapshot);
    }
    if (result instanceof ReadResult.Missing && snapshot.isEmpty() && entries.isEmpty()) {
      return CompletableFuture.completedStage(Document.empty(context.rules(), 0));
    }
    if (!(result instanceof ReadResult.Entries page)) {
      throw new CorruptLogException("the entries behind revision " + after + " are gone");
    }
    entries.addAll(page.entries());
    long reached = entries.isEmpty() ? after : entries.get(entries.size() - 1).revision();
    if (reached < page.head().revision() && !page.entries().isEmpty()) {
      return readFrom(reached, snapshot);
    }
    return CompletableFuture.completedStage(build(snapshot, page.head()));
  }

  private Document build(Optional<Snapshot> snapshot, LogHead head) {
    long start = snapshot.map(Snapshot::revision).orElse(0L);
    long epoch = snapshot.map(Snapshot::epoch).orElse(head.epoch());
    if (epoch != head.epoch()) {
      throw new CorruptLogException(
          "a snapshot of epoch " + epoch + " in a log of " + head.epoch());
    }
    List<CommittedOperation> preceding = new ArrayList<>();
    for (LogEntry entry : entries) {
      if (entry.revision() <= start) {
        preceding.add(decode(entry));
      }
    }
    Document document =
        snapshot.isPresent()
            ? Document.restore(context.rules(), snapshot.get(), preceding)
            : Document.empty(context.rules(), epoch);
    for (LogEntry entry : entries) {
      if (entry.revision() > start) {
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
    return context.rules().codec().decode(entry.payload().toByteArray());
  }
}
