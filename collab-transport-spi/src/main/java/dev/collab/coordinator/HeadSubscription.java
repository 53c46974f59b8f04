package dev.collab.coordinator;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells one listener of the newest head. Holds one announcement at most: a newer one takes the
 * place of one that still waits.
 *
 * <p>Thread-safe.
 */
final class HeadSubscription {

  private record Announcement(LogHead head, List<LogEntry> entries) {}

  private final Logs.HeadListener listener;
  private final Executor serial;
  private final AtomicReference<@Nullable Announcement> newest = new AtomicReference<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private volatile boolean ended;

  HeadSubscription(Logs.HeadListener listener, Executor serial) {
    this.listener = listener;
    this.serial = serial;
  }

  /** Leaves an announcement without calling anybody. */
  void leave(LogHead head, List<LogEntry> entries) {
    newest.set(new Announcement(head, entries));
  }

  /** Has the listener called if an announcement waits. */
  void wake() {
    if (newest.get() != null && woken.compareAndSet(false, true)) {
      serial.execute(this::deliver);
    }
  }

  void end() {
    ended = true;
    newest.set(null);
  }

  private void deliver() {
    woken.set(false);
    Announcement announcement = newest.getAndSet(null);
    if (announcement != null && !ended) {
      listener.onHead(announcement.head(), announcement.entries());
    }
  }
}
