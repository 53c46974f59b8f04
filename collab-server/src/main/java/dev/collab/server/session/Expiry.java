package dev.collab.server.session;

import dev.collab.transport.Scheduler;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Ends a session when its authentication has run out and was not renewed.
 *
 * <p>Thread-safe.
 */
final class Expiry {

  private static final Logger LOGGER = System.getLogger(Expiry.class.getName());

  /** No scheduler has to wait for longer; the clock may be set meanwhile. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** The longest time that goes on the wire. */
  private static final Duration LONGEST_TOLD = Duration.ofMillis((1L << 53) - 1);

  private final Session session;
  private final Scheduler scheduler;
  private final InstantSource clock;
  private volatile @Nullable Instant end;

  Expiry(Session session, Scheduler scheduler, InstantSource clock) {
    this.session = session;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Begins to watch a time, in place of the one watched before; empty for never. */
  void begin(Optional<Instant> value) {
    end = value.orElse(null);
    value.ifPresent(this::look);
  }

  /** Returns how much time is left, in whole milliseconds; empty if it does not end. */
  Optional<Duration> left() {
    return Optional.ofNullable(end).map(this::until);
  }

  private Duration until(Instant value) {
    Duration left = Duration.between(clock.instant(), value);
    if (left.compareTo(LONGEST_TOLD) > 0) {
      return LONGEST_TOLD;
    }
    return left.isNegative() ? Duration.ZERO : Duration.ofMillis(left.toMillis());
  }

  private void look(Instant watched) {
    if (session.isClosed() || !watched.equals(end)) {
      return;
    }
    Duration left = Duration.between(clock.instant(), watched);
    if (left.isNegative() || left.isZero()) {
      session.close(Session.EXPIRED);
      return;
    }
    Duration wait = left.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : left;
    try {
      scheduler.schedule(wait, () -> look(watched));
    } catch (RejectedExecutionException e) {
      LOGGER.log(Level.DEBUG, "the scheduler refuses; nobody watches the token", e);
    }
  }
}
