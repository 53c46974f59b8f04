package dev.collab.server;

import dev.collab.coordinator.AppendResult;
import dev.collab.coordinator.Broadcasts;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.Leases;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.LogSnapshot;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.ReadResult;
import dev.collab.coordinator.Subscription;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A coordinator that answers what a test tells it to, and else what its target answers. */
final class TamperedCoordinator implements Coordinator, Logs {

  /** Takes the place of a call; may make it. */
  @FunctionalInterface
  interface Tampering<T> {

    CompletionStage<T> call(Supplier<CompletionStage<T>> real);
  }

  /** What every server follows from its beginning is left alone. */
  private static final String CONTROL = "control";

  private final Coordinator target;
  final Queue<Tampering<AppendResult>> appends = new ArrayDeque<>();
  final Queue<Tampering<ReadResult>> reads = new ArrayDeque<>();
  final Queue<Tampering<Optional<LogHead>>> heads = new ArrayDeque<>();
  final Queue<Tampering<Optional<LogSnapshot>>> loads = new ArrayDeque<>();
  final Queue<Tampering<Void>> saves = new ArrayDeque<>();
  final Queue<Tampering<Long>> trims = new ArrayDeque<>();
  final Queue<Tampering<LogHead>> replaces = new ArrayDeque<>();
  boolean silent;
  int subscribed;

  TamperedCoordinator(Coordinator target) {
    this.target = target;
  }

  /** Answers without making the call. */
  static <T> Tampering<T> answer(T value) {
    return real -> CompletableFuture.completedStage(value);
  }

  /** Fails without making the call. */
  static <T> Tampering<T> failure() {
    return real -> CompletableFuture.failedStage(new IllegalStateException("no answer"));
  }

  /** Makes the call, but fails. */
  static <T> Tampering<T> lostReply() {
    return real ->
        real.get()
            .thenCompose(
                value -> CompletableFuture.<T>failedStage(new IllegalStateException("lost")));
  }

  /** Throws instead of failing. */
  static <T> Tampering<T> thrown() {
    return real -> {
      throw new IllegalStateException("not even a stage");
    };
  }

  /** Never answers. */
  static <T> Tampering<T> silence() {
    return real -> new CompletableFuture<>();
  }

  private static <T> CompletionStage<T> tampered(
      String key, Queue<Tampering<T>> tamperings, Supplier<CompletionStage<T>> real) {
    Tampering<T> tampering = key.equals(CONTROL) ? null : tamperings.poll();
    return tampering == null ? real.get() : tampering.call(real);
  }

  @Override
  public Logs logs() {
    return this;
  }

  @Override
  public Broadcasts broadcasts() {
    return target.broadcasts();
  }

  @Override
  public Leases leases() {
    return target.leases();
  }

  @Override
  public void close() {
    target.close();
  }

  @Override
  public CompletionStage<LogHead> create(String key, LogHead start) {
    return target.logs().create(key, start);
  }

  @Override
  public CompletionStage<AppendResult> append(
      String key, LogHead expected, List<LogEntry> entries) {
    return tampered(key, appends, () -> target.logs().append(key, expected, entries));
  }

  @Override
  public CompletionStage<ReadResult> read(String key, long after, int limit) {
    return tampered(key, reads, () -> target.logs().read(key, after, limit));
  }

  @Override
  public CompletionStage<Optional<LogHead>> head(String key) {
    return tampered(key, heads, () -> target.logs().head(key));
  }

  @Override
  public CompletionStage<List<String>> keys(String prefix, String after, int limit) {
    return target.logs().keys(prefix, after, limit);
  }

  @Override
  public CompletionStage<Subscription> subscribe(String key, HeadListener listener) {
    if (key.equals(CONTROL)) {
      return target.logs().subscribe(key, listener);
    }
    subscribed++;
    return target
        .logs()
        .subscribe(
            key,
            (head, entries) -> {
              if (!silent) {
                listener.onHead(head, entries);
              }
            })
        .thenApply(
            subscription ->
                () -> {
                  subscribed--;
                  subscription.close();
                });
  }

  @Override
  public CompletionStage<Void> saveSnapshot(String key, LogSnapshot snapshot) {
    return tampered(key, saves, () -> target.logs().saveSnapshot(key, snapshot));
  }

  @Override
  public CompletionStage<Optional<LogSnapshot>> loadSnapshot(String key) {
    return tampered(key, loads, () -> target.logs().loadSnapshot(key));
  }

  @Override
  public CompletionStage<Long> trim(String key, long upTo) {
    return tampered(key, trims, () -> target.logs().trim(key, upTo));
  }

  @Override
  public CompletionStage<LogHead> replace(String key, LogHead expected, LogSnapshot snapshot) {
    return tampered(key, replaces, () -> target.logs().replace(key, expected, snapshot));
  }
}
