package dev.collab.simulation;

import dev.collab.coordinator.AppendResult;
import dev.collab.coordinator.Broadcasts;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.CoordinatorException;
import dev.collab.coordinator.Leases;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.LogSnapshot;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.ReadResult;
import dev.collab.coordinator.Subscription;
import dev.collab.document.ChainHash;
import dev.collab.document.Snapshot;
import dev.collab.operation.OperationTypes;
import dev.collab.protocol.StorageCodec;
import dev.collab.tck.VirtualTime;
import dev.collab.text.TextType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Coordinators that break one of their rules, or make a server look as if it did. */
final class CoordinatorDefects {

  private CoordinatorDefects() {}

  /** Returns a coordinator with other logs. */
  static Coordinator with(Coordinator coordinator, Function<Logs, Logs> logs) {
    return new Replaced(coordinator, logs.apply(coordinator.logs()), coordinator.leases());
  }

  /** Returns a coordinator with other leases. */
  static Coordinator withLeases(Coordinator coordinator, Leases leases) {
    return new Replaced(coordinator, coordinator.logs(), leases);
  }

  private record Replaced(Coordinator sound, Logs logs, Leases leases) implements Coordinator {

    @Override
    public Broadcasts broadcasts() {
      return sound.broadcasts();
    }

    @Override
    public void close() {
      sound.close();
    }
  }

  /** Answers appends before they stand in the log. */
  static final class EarlyAnswer extends Delegate {

    private final VirtualTime time;

    EarlyAnswer(Logs logs, VirtualTime time) {
      super(logs);
      this.time = time;
    }

    @Override
    public CompletionStage<AppendResult> append(
        String key, LogHead expected, List<LogEntry> entries) {
      LogEntry last = entries.get(entries.size() - 1);
      time.schedule(
          Duration.ofMillis(20),
          () -> {
            var unused = super.append(key, expected, entries);
          });
      return CompletableFuture.completedStage(
          new AppendResult.Committed(new LogHead(expected.epoch(), last.revision(), last.hash())));
    }
  }

  /** Forgets one append in twenty, and says that it is done. */
  static final class LostAppends extends Delegate {

    private int appends;

    LostAppends(Logs logs) {
      super(logs);
    }

    @Override
    public CompletionStage<AppendResult> append(
        String key, LogHead expected, List<LogEntry> entries) {
      if (++appends % 20 != 0) {
        return super.append(key, expected, entries);
      }
      LogEntry last = entries.get(entries.size() - 1);
      return CompletableFuture.completedStage(
          new AppendResult.Committed(new LogHead(expected.epoch(), last.revision(), last.hash())));
    }
  }

  /** Appends behind whatever stands there, not only behind the head that is expected. */
  static final class NoComparison extends Delegate {

    NoComparison(Logs logs) {
      super(logs);
    }

    @Override
    public CompletionStage<AppendResult> append(
        String key, LogHead expected, List<LogEntry> entries) {
      return super.append(key, expected, entries)
          .thenCompose(
              result ->
                  result instanceof AppendResult.Conflict conflict
                      ? appendAnyway(key, conflict.head(), entries)
                      : CompletableFuture.completedStage(result));
    }

    private CompletionStage<AppendResult> appendAnyway(
        String key, LogHead head, List<LogEntry> entries) {
      ChainHash hash = ChainHash.of(head.hash().toByteArray());
      long revision = head.revision();
      List<LogEntry> moved = new ArrayList<>();
      for (LogEntry entry : entries) {
        revision++;
        hash = hash.next(head.epoch(), revision, entry.payload().toByteArray());
        moved.add(new LogEntry(revision, Bytes.copyOf(hash.toByteArray()), entry.payload()));
      }
      return super.append(key, head, moved);
    }
  }

  /** Tells nobody of new heads: no announcement, no poll. */
  static final class SilentHeads extends Delegate {

    SilentHeads(Logs logs) {
      super(logs);
    }

    @Override
    public CompletionStage<Optional<LogHead>> head(String key) {
      return CompletableFuture.failedStage(new CoordinatorException("no answer"));
    }

    @Override
    public CompletionStage<Subscription> subscribe(String key, HeadListener listener) {
      return super.subscribe(key, (head, entries) -> {});
    }
  }

  /** Loads snapshots without the table of duplicates. */
  static final class ForgottenDuplicates extends Delegate {

    private static final StorageCodec CODEC = new StorageCodec(OperationTypes.of(TextType.TEXT));

    ForgottenDuplicates(Logs logs) {
      super(logs);
    }

    @Override
    public CompletionStage<Optional<LogSnapshot>> loadSnapshot(String key) {
      return super.loadSnapshot(key)
          .thenApply(
              loaded ->
                  loaded.map(
                      snapshot -> new LogSnapshot(snapshot.head(), emptied(snapshot.payload()))));
    }

    private static Bytes emptied(Bytes payload) {
      Snapshot full = CODEC.decodeSnapshot(payload.toByteArray());
      return Bytes.copyOf(
          CODEC.encodeSnapshot(
              new Snapshot(
                  full.epoch(),
                  full.revision(),
                  full.hash(),
                  full.content(),
                  Map.of(),
                  0,
                  full.modifiedAt())));
    }
  }

  /** Keeps all rules. */
  private abstract static class Delegate implements Logs {

    private final Logs sound;

    Delegate(Logs sound) {
      this.sound = sound;
    }

    @Override
    public CompletionStage<LogHead> create(String key, LogHead start) {
      return sound.create(key, start);
    }

    @Override
    public CompletionStage<AppendResult> append(
        String key, LogHead expected, List<LogEntry> entries) {
      return sound.append(key, expected, entries);
    }

    @Override
    public CompletionStage<ReadResult> read(String key, long after, int limit) {
      return sound.read(key, after, limit);
    }

    @Override
    public CompletionStage<Optional<LogHead>> head(String key) {
      return sound.head(key);
    }

    @Override
    public CompletionStage<List<String>> keys(String prefix, String after, int limit) {
      return sound.keys(prefix, after, limit);
    }

    @Override
    public CompletionStage<Subscription> subscribe(String key, HeadListener listener) {
      return sound.subscribe(key, listener);
    }

    @Override
    public CompletionStage<Void> saveSnapshot(String key, LogSnapshot snapshot) {
      return sound.saveSnapshot(key, snapshot);
    }

    @Override
    public CompletionStage<Optional<LogSnapshot>> loadSnapshot(String key) {
      return sound.loadSnapshot(key);
    }

    @Override
    public CompletionStage<Long> trim(String key, long upTo) {
      return sound.trim(key, upTo);
    }

    @Override
    public CompletionStage<LogHead> replace(String key, LogHead expected, LogSnapshot snapshot) {
      return sound.replace(key, expected, snapshot);
    }
  }
}
