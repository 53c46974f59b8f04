package dev.collab.server.session;

import dev.collab.transport.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;

/**
 * Ends a session whose client is silent for too long. It costs one task per silence, not one per
 * frame.
 *
 * <p>Thread-safe.
 */
final class Heartbeat {

  private static final Logger LOGGER = System.getLogger(Heartbeat.class.getName());

  private final Session session;
  private final Duration silence;
  private final Scheduler scheduler;
  private final InstantSource clock;

  /**
   * Creates a watch that has not begun.
   *
   * @param silence after which the client counts as gone; zero if silence does not matter
   */
  Heartbeat(Session session, Duration silence, Scheduler scheduler, InstantSource clock) {
    this.session = session;
    this.silence = silence;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  void begin() {
    if (!silence.isZero()) {
      look();
    }
  }

  private void look() {
    if (session.isClosed()) {
      return;
    }
    Duration left = silence.minus(Duration.between(session.lastFrame(), clock.instant()));
    if (left.isNegative() || left.isZero()) {
      session.close(Session.SILENT);
      return;
    }
    try {
      // a clock that was set back must not make it wait for longer
      scheduler.schedule(left.compareTo(silence) > 0 ? silence : left, this::look);
    } catch (RejectedExecutionException e) {
      LOGGER.log(Level.DEBUG, "the scheduler refuses; nobody listens for the client", e);
    }
  }
}
