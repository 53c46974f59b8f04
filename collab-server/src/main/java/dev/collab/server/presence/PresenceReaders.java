package dev.collab.server.presence;

import dev.collab.protocol.PresenceState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that hear of a channel. They are told in the order in which things were noted: what
 * is noted under the channel's lock is put into a queue there, and said when the lock is free, by
 * whoever comes first.
 *
 * <p>Thread-safe.
 */
final class PresenceReaders {

  private static final Logger LOGGER = System.getLogger(PresenceReaders.class.getName());

  private final Set<PresenceSession> sessions = new LinkedHashSet<>();
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger turns = new AtomicInteger();

  void add(PresenceSession session) {
    synchronized (sessions) {
      sessions.add(session);
    }
  }

  void remove(PresenceSession session) {
    synchronized (sessions) {
      sessions.remove(session);
    }
  }

  boolean contains(PresenceSession session) {
    synchronized (sessions) {
      return sessions.contains(session);
    }
  }

  boolean isEmpty() {
    synchronized (sessions) {
      return sessions.isEmpty();
    }
  }

  private List<PresenceSession> all() {
    synchronized (sessions) {
      return List.copyOf(sessions);
    }
  }

  /** Tells all but the one that it came from. */
  void tell(PresenceState state, @Nullable PresenceSession origin, boolean onlyStatus) {
    tasks.add(
        () -> {
          PresenceFrames frames = new PresenceFrames(state);
          for (PresenceSession session : all()) {
            if (session != origin) {
              session.deliver(state, frames, onlyStatus);
            }
          }
        });
  }

  /** Has something done behind everything that was noted before. */
  void then(Runnable task) {
    tasks.add(task);
  }

  /** Says what was noted. Not called under the channel's lock. */
  void flush() {
    if (turns.getAndIncrement() != 0) {
      return; // whoever is at it goes round once more
    }
    int seen = 1;
    do {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        run(task);
      }
      seen = turns.addAndGet(-seen);
    } while (seen != 0);
  }

  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOGGER.log(Level.ERROR, "a presence could not be told", e);
    }
  }
}
