package dev.collab.server.log;

import dev.collab.server.access.LoadPolicy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Which hosts have their logs loaded, how much memory these take up together, and who goes when
 * that is too much: the one that was used least recently, of those that nobody uses. Finding it
 * takes time in proportion to the number of hosts, once for each log that is loaded beyond the
 * limits.
 *
 * <p>Thread-safe: what is known is kept under a lock, which is never held while a host is called.
 */
final class Residents {

  private static final Comparator<LogHost<?>> BY_USE =
      Comparator.comparing(host -> host.status().use().at());

  private final LoadPolicy policy;
  private final Object lock = new Object();
  private final Map<LogHost<?>, Long> memory = new HashMap<>();
  private long total;

  Residents(LoadPolicy policy) {
    this.policy = policy;
  }

  LoadPolicy policy() {
    return policy;
  }

  /** Lets a host load its log, if there is room. */
  boolean admit(LogHost<?> host) {
    synchronized (lock) {
      if (memory.containsKey(host)) {
        return true;
      }
      if (memory.size() >= policy.maxLoaded() || total >= policy.maxMemory()) {
        return false;
      }
      memory.put(host, 0L);
      return true;
    }
  }

  /** Notes how much a loaded log takes up; if that is too much, others may have to go. */
  void weigh(LogHost<?> host, long bytes) {
    boolean tooMuch;
    synchronized (lock) {
      Long before = memory.replace(host, bytes);
      if (before == null) {
        return;
      }
      total += bytes - before;
      tooMuch = total > policy.maxMemory();
    }
    if (tooMuch) {
      makeRoom(made -> {});
    }
  }

  /** A host has its log loaded no longer. */
  void left(LogHost<?> host) {
    synchronized (lock) {
      Long bytes = memory.remove(host);
      total -= bytes == null ? 0 : bytes;
    }
  }

  /**
   * Asks a log that nobody uses to go.
   *
   * @param then is told, when it has gone or has been found in use, that it is worth looking again;
   *     or at once that all logs are in use
   */
  void makeRoom(Consumer<Boolean> then) {
    Optional<LogHost<?>> unused = leastRecentlyUsed();
    if (unused.isPresent()) {
      unused.get().unload(() -> then.accept(true));
    } else {
      then.accept(false);
    }
  }

  private Optional<LogHost<?>> leastRecentlyUsed() {
    List<LogHost<?>> hosts;
    synchronized (lock) {
      hosts = List.copyOf(memory.keySet());
    }
    Optional<LogHost<?>> oldest = Optional.empty();
    for (LogHost<?> host : hosts) {
      if (host.status().use().lasts()) {
        continue;
      }
      if (oldest.isEmpty() || BY_USE.compare(host, oldest.get()) < 0) {
        oldest = Optional.of(host);
      }
    }
    return oldest;
  }
}
