package dev.collab.server.session;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much waits for all connections of a server together. A text that waits in several outboxes
 * counts once, since it is in memory once; what surrounds it counts each time.
 *
 * <p>Above the limit the outboxes are relieved, the fullest first: of what can be spared, and if
 * that is not enough, by closing them. One goes down to three quarters of the limit, so that not
 * every message begins it anew.
 *
 * <p>Thread-safe.
 */
final class QueueBudget {

  private final long limit;
  private final AtomicLong used = new AtomicLong();
  private final AtomicInteger calls = new AtomicInteger();

  /** In the order of their opening, so that a simulation repeats itself. */
  private final Set<Outbox> outboxes = Collections.synchronizedSet(new LinkedHashSet<>());

  QueueBudget(long limit) {
    this.limit = limit;
  }

  void opened(Outbox outbox) {
    outboxes.add(outbox);
  }

  void closed(Outbox outbox) {
    outboxes.remove(outbox);
  }

  /** One more outbox holds a frame. */
  void hold(Frame frame) {
    add(OutboxQueue.SURROUNDINGS + (frame.hold() ? frame.length() : 0L));
  }

  /** An outbox no longer holds a frame. */
  void release(Frame frame) {
    add(-OutboxQueue.SURROUNDINGS - (frame.release() ? frame.length() : 0L));
  }

  void add(long change) {
    used.addAndGet(change);
  }

  /** Returns how much waits. */
  long used() {
    return used.get();
  }

  /** Relieves outboxes if too much waits. Must not be called under the lock of one. */
  void keep() {
    if (used.get() <= limit || calls.getAndIncrement() != 0) {
      return; // whoever is at it goes round once more
    }
    int seen = 1;
    do {
      relieve();
      seen = calls.addAndGet(-seen);
    } while (seen != 0);
  }

  private void relieve() {
    long target = limit / 4 * 3;
    List<Outbox> fullest = fullest();
    for (Outbox outbox : fullest) {
      if (used.get() <= target) {
        return;
      }
      outbox.shed();
    }
    for (Outbox outbox : fullest) {
      if (used.get() <= target) {
        return;
      }
      outbox.giveUp();
    }
  }

  private List<Outbox> fullest() {
    record Fill(Outbox outbox, long weight) {}
    List<Outbox> all;
    synchronized (outboxes) {
      all = List.copyOf(outboxes);
    }
    return all.stream()
        .map(outbox -> new Fill(outbox, outbox.weight()))
        .sorted(Comparator.comparingLong(Fill::weight).reversed())
        .map(Fill::outbox)
        .toList();
  }
}
