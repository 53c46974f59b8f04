package dev.collab.server.runtime;

import dev.collab.coordinator.AppendResult;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.LogSnapshot;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.ReadResult;
import dev.collab.coordinator.Subscription;
import dev.collab.server.observe.CoordinatorCall;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The logs of an {@link ObservedCoordinator}. */
final class ObservedLogs implements Logs {

  private final Logs target;
  private final ObservedCoordinator observed;

  ObservedLogs(Logs target, ObservedCoordinator observed) {
    this.target = target;
    this.observed = observed;
  }

  @Override
  public CompletionStage<LogHead> create(String key, LogHead start) {
    return observed.watch(CoordinatorCall.CREATE, () -> target.create(key, start));
  }

  @Override
  public CompletionStage<AppendResult> append(
      String key, LogHead expected, List<LogEntry> entries) {
    return observed.watch(CoordinatorCall.APPEND, () -> target.append(key, expected, entries));
  }

  @Override
  public CompletionStage<ReadResult> read(String key, long after, int limit) {
    return observed.watch(CoordinatorCall.READ, () -> target.read(key, after, limit));
  }

  @Override
  public CompletionStage<Optional<LogHead>> head(String key) {
    return observed.watch(CoordinatorCall.HEAD, () -> target.head(key));
  }

  @Override
  public CompletionStage<List<String>> keys(String prefix, String after, int limit) {
    return observed.watch(CoordinatorCall.KEYS, () -> target.keys(prefix, after, limit));
  }

  @Override
  public CompletionStage<Subscription> subscribe(String key, HeadListener listener) {
    return observed.watch(CoordinatorCall.SUBSCRIBE, () -> target.subscribe(key, listener));
  }

  @Override
  public CompletionStage<Void> saveSnapshot(String key, LogSnapshot snapshot) {
    return observed.watch(CoordinatorCall.SAVE_SNAPSHOT, () -> target.saveSnapshot(key, snapshot));
  }

  @Override
  public CompletionStage<Optional<LogSnapshot>> loadSnapshot(String key) {
    return observed.watch(CoordinatorCall.LOAD_SNAPSHOT, () -> target.loadSnapshot(key));
  }

  @Override
  public CompletionStage<Long> trim(String key, long upTo) {
    return observed.watch(CoordinatorCall.TRIM, () -> target.trim(key, upTo));
  }

  @Override
  public CompletionStage<LogHead> replace(String key, LogHead expected, LogSnapshot snapshot) {
    return observed.watch(CoordinatorCall.REPLACE, () -> target.replace(key, expected, snapshot));
  }
}
