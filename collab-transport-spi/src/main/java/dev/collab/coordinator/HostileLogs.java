package dev.collab.coordinator;

import static java.util.Objects.requireNonNull;

import dev.collab.transport.SerialExecutor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * The logs of a {@link HostileCoordinator}.
 *
 * <p>Thread-safe.
 */
final class HostileLogs implements Logs {

  private final Logs target;
  private final Faults faults;

  HostileLogs(Logs target, Faults faults) {
    this.target = target;
    this.faults = faults;
  }

  @Override
  public CompletionStage<LogHead> create(String key, LogHead start) {
    requireNonNull(key, "key");
    requireNonNull(start, "start");
    return faults.idempotentWrite(() -> target.create(key, start));
  }

  @Override
  public CompletionStage<AppendResult> append(
      String key, LogHead expected, List<LogEntry> entries) {
    List<LogEntry> added = List.copyOf(entries);
    LogArguments.append(key, expected, added);
    return faults.idempotentWrite(() -> target.append(key, expected, added));
  }

  @Override
  public CompletionStage<ReadResult> read(String key, long after, int limit) {
    LogArguments.read(key, after, limit);
    return faults.read(() -> target.read(key, after, limit));
  }

  @Override
  public CompletionStage<Optional<LogHead>> head(String key) {
    requireNonNull(key, "key");
    return faults.read(() -> target.head(key));
  }

  @Override
  public CompletionStage<List<String>> keys(String prefix, String after, int limit) {
    LogArguments.keys(prefix, after, limit);
    return faults.read(() -> target.keys(prefix, after, limit));
  }

  @Override
  public CompletionStage<Subscription> subscribe(String key, HeadListener listener) {
    requireNonNull(key, "key");
    requireNonNull(listener, "listener");
    return faults.read(
        () -> {
          var announcements = new Announcements(listener);
          return target
              .subscribe(key, announcements)
              .thenApply(
                  subscription ->
                      () -> {
                        announcements.ended = true;
                        subscription.close();
                      });
        });
  }

  @Override
  public CompletionStage<Void> saveSnapshot(String key, LogSnapshot snapshot) {
    requireNonNull(key, "key");
    requireNonNull(snapshot, "snapshot");
    return faults.idempotentWrite(() -> target.saveSnapshot(key, snapshot));
  }

  @Override
  public CompletionStage<Optional<LogSnapshot>> loadSnapshot(String key) {
    requireNonNull(key, "key");
    return faults.read(() -> target.loadSnapshot(key));
  }

  @Override
  public CompletionStage<Long> trim(String key, long upTo) {
    requireNonNull(key, "key");
    return faults.idempotentWrite(() -> target.trim(key, upTo));
  }

  @Override
  public CompletionStage<LogHead> replace(String key, LogHead expected, LogSnapshot snapshot) {
    LogArguments.replace(key, expected, snapshot);
    return faults.idempotentWrite(() -> target.replace(key, expected, snapshot));
  }

  /** Passes announcements on, badly. */
  private final class Announcements implements HeadListener {

    private final HeadListener listener;
    private final Executor serial = SerialExecutor.on(Runnable::run);
    private volatile boolean ended;

    Announcements(HeadListener listener) {
      this.listener = listener;
    }

    @Override
    public void onHead(LogHead head, List<LogEntry> entries) {
      HostileCoordinator.Builder settings = faults.settings();
      if (faults.happens(settings.lostAnnouncements)) {
        return;
      }
      deliver(head, entries);
      if (faults.happens(settings.doubledAnnouncements)) {
        deliver(head, entries);
      }
    }

    private void deliver(LogHead head, List<LogEntry> entries) {
      HostileCoordinator.Builder settings = faults.settings();
      boolean late = faults.happens(settings.lateAnnouncements);
      boolean stripped = faults.happens(settings.strippedAnnouncements);
      int from = stripped ? faults.below(entries.size() + 1) : 0;
      List<LogEntry> rest = entries.subList(from, entries.size());
      faults.after(
          late ? faults.delay(1) : Duration.ZERO, () -> serial.execute(() -> tell(head, rest)));
    }

    private void tell(LogHead head, List<LogEntry> entries) {
      if (!ended) {
        listener.onHead(head, entries);
      }
    }
  }
}
