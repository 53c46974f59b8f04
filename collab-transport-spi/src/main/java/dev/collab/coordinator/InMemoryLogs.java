package dev.collab.coordinator;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The logs of an {@link InMemoryCoordinator}. Each log is its own lock; under it, a new head is
 * left with the subscriptions, so that they hear of heads in order; they are woken outside.
 *
 * <p>Thread-safe.
 */
final class InMemoryLogs implements Logs {

  private final InMemoryCoordinator coordinator;
  private final int conflictLimit;
  private final NavigableMap<String, InMemoryLog> logs = new ConcurrentSkipListMap<>();
  private final ConcurrentMap<String, List<HeadSubscription>> subscriptions =
      new ConcurrentHashMap<>();

  InMemoryLogs(InMemoryCoordinator coordinator, int conflictLimit) {
    this.coordinator = coordinator;
    this.conflictLimit = conflictLimit;
  }

  @Override
  public CompletionStage<LogHead> create(String key, LogHead start) {
    requireNonNull(key, "key");
    requireNonNull(start, "start");
    return coordinator.answer(
        () -> {
          InMemoryLog created = new InMemoryLog(start);
          InMemoryLog existing = logs.putIfAbsent(key, created);
          if (existing == null) {
            announce(key, created, List.of());
            return start;
          }
          synchronized (existing) {
            return existing.head();
          }
        });
  }

  @Override
  public CompletionStage<AppendResult> append(
      String key, LogHead expected, List<LogEntry> entries) {
    List<LogEntry> added = List.copyOf(entries);
    LogArguments.append(key, expected, added);
    return coordinator.answer(
        () -> {
          InMemoryLog log = logs.get(key);
          if (log == null) {
            return new AppendResult.Missing();
          }
          AppendResult result;
          boolean grown;
          synchronized (log) {
            long before = log.head().revision();
            result = log.append(expected, added, conflictLimit);
            grown = log.head().revision() > before;
            if (grown) {
              leave(key, log.head(), added);
            }
          }
          if (grown) {
            wake(key);
          }
          return result;
        });
  }

  @Override
  public CompletionStage<ReadResult> read(String key, long after, int limit) {
    LogArguments.read(key, after, limit);
    return coordinator.answer(
        () -> {
          InMemoryLog log = logs.get(key);
          if (log == null) {
            return new ReadResult.Missing();
          }
          synchronized (log) {
            return log.read(after, limit);
          }
        });
  }

  @Override
  public CompletionStage<Optional<LogHead>> head(String key) {
    requireNonNull(key, "key");
    return coordinator.answer(
        () -> {
          InMemoryLog log = logs.get(key);
          if (log == null) {
            return Optional.empty();
          }
          synchronized (log) {
            return Optional.of(log.head());
          }
        });
  }

  @Override
  public CompletionStage<List<String>> keys(String prefix, String after, int limit) {
    LogArguments.keys(prefix, after, limit);
    return coordinator.answer(
        () -> {
          var rest =
              after.compareTo(prefix) < 0 ? logs.tailMap(prefix, true) : logs.tailMap(after, false);
          return rest.keySet().stream()
              .takeWhile(key -> key.startsWith(prefix))
              .limit(limit)
              .toList();
        });
  }

  @Override
  public CompletionStage<Subscription> subscribe(String key, HeadListener listener) {
    requireNonNull(key, "key");
    requireNonNull(listener, "listener");
    return coordinator.answer(
        () -> {
          var subscription = new HeadSubscription(listener, coordinator.serial());
          subscriptions.merge(key, List.of(subscription), InMemoryLogs::concat);
          return () -> unsubscribe(key, subscription);
        });
  }

  @Override
  public CompletionStage<Void> saveSnapshot(String key, LogSnapshot snapshot) {
    requireNonNull(key, "key");
    requireNonNull(snapshot, "snapshot");
    return coordinator.answer(
        () -> {
          InMemoryLog log = logs.get(key);
          if (log != null) {
            synchronized (log) {
              log.save(snapshot);
            }
          }
          return null;
        });
  }

  @Override
  public CompletionStage<Optional<LogSnapshot>> loadSnapshot(String key) {
    requireNonNull(key, "key");
    return coordinator.answer(
        () -> {
          InMemoryLog log = logs.get(key);
          if (log == null) {
            return Optional.empty();
          }
          synchronized (log) {
            return log.snapshot();
          }
        });
  }

  @Override
  public CompletionStage<Long> trim(String key, long upTo) {
    requireNonNull(key, "key");
    return coordinator.answer(
        () -> {
          InMemoryLog log = logs.get(key);
          if (log == null) {
            return 0L;
          }
          synchronized (log) {
            return log.trim(upTo);
          }
        });
  }

  @Override
  public CompletionStage<LogHead> replace(String key, LogHead expected, LogSnapshot snapshot) {
    LogArguments.replace(key, expected, snapshot);
    return coordinator.answer(
        () -> {
          InMemoryLog log = logs.computeIfAbsent(key, absent -> new InMemoryLog(expected));
          LogHead head;
          boolean replaced;
          synchronized (log) {
            replaced = log.replace(expected, snapshot);
            head = log.head();
            if (replaced) {
              leave(key, head, List.of());
            }
          }
          if (replaced) {
            wake(key);
          }
          return head;
        });
  }

  void clear() {
    logs.clear();
    subscriptions.values().forEach(all -> all.forEach(HeadSubscription::end));
    subscriptions.clear();
  }

  private void announce(String key, InMemoryLog log, List<LogEntry> entries) {
    synchronized (log) {
      leave(key, log.head(), entries);
    }
    wake(key);
  }

  private void leave(String key, LogHead head, List<LogEntry> entries) {
    subscriptions.getOrDefault(key, List.of()).forEach(each -> each.leave(head, entries));
  }

  private void wake(String key) {
    subscriptions.getOrDefault(key, List.of()).forEach(HeadSubscription::wake);
  }

  private void unsubscribe(String key, HeadSubscription subscription) {
    subscription.end();
    subscriptions.computeIfPresent(
        key,
        (same, all) -> {
          List<HeadSubscription> rest = all.stream().filter(each -> each != subscription).toList();
          return rest.isEmpty() ? null : rest;
        });
  }

  private static List<HeadSubscription> concat(
      List<HeadSubscription> first, List<HeadSubscription> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }
}
