package dev.collab.server.session;

import dev.collab.transport.Connection;
import dev.collab.transport.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notices that a connection takes nothing although something waits. It looks from time to time and
 * only while something waits; a connection tells of whole frames, so a long one gets more time.
 *
 * <p>Thread-safe.
 */
final class StallWatch {

  /** What a connection that is merely slow takes in a second, in code units. */
  private static final long LEAST_RATE = 16 * 1024;

  private static final Logger LOGGER = System.getLogger(StallWatch.class.getName());

  private final Connection connection;
  private final Duration timeout;
  private final Scheduler scheduler;
  private final Runnable look;
  private final Runnable stalled;
  private final AtomicLong handedOver = new AtomicLong();
  private final AtomicBoolean watching = new AtomicBoolean();

  /** What the connection had taken at the last look; belongs to whoever is watching. */
  private volatile long taken;

  /**
   * Creates what watches a connection.
   *
   * @param look is run before each look, and may hand more over
   * @param stalled is run if the connection has taken nothing since the last look
   */
  StallWatch(
      Connection connection,
      Duration timeout,
      Scheduler scheduler,
      Runnable look,
      Runnable stalled) {
    this.connection = connection;
    this.timeout = timeout;
    this.scheduler = scheduler;
    this.look = look;
    this.stalled = stalled;
  }

  /** Takes note that so much was handed over. */
  void handedOver(long length) {
    handedOver.addAndGet(length);
  }

  /** Begins to watch, if something waits. */
  void begin() {
    if (!isIdle() && watching.compareAndSet(false, true)) {
      later();
    }
  }

  private boolean isIdle() {
    return connection.queued() == 0;
  }

  private void later() {
    long queued = connection.queued();
    taken = handedOver.get() - queued;
    long more = Math.min(queued, Integer.MAX_VALUE) / LEAST_RATE;
    try {
      scheduler.schedule(timeout.plusSeconds(more), this::check);
    } catch (RejectedExecutionException e) {
      LOGGER.log(Level.DEBUG, "the scheduler refuses; nobody watches the connection", e);
    }
  }

  private void check() {
    look.run();
    if (isIdle()) {
      watching.set(false);
      begin(); // something may have been handed over in between
    } else if (handedOver.get() - connection.queued() == taken) {
      stalled.run();
    } else {
      later();
    }
  }
}
