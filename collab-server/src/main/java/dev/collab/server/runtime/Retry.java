package dev.collab.server.runtime;

import dev.collab.transport.Scheduler;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waits between attempts: twice as long after each failure up to a limit, with jitter.
 *
 * <p>Confined: callers must serialise calls.
 */
public final class Retry {

  private static final long FIRST_MILLIS = 50;
  private static final long LAST_MILLIS = 5_000;

  private final Scheduler scheduler;
  private final RandomGenerator random;
  private int failures;

  public Retry(Scheduler scheduler, RandomGenerator random) {
    this.scheduler = scheduler;
    this.random = random;
  }

  public void succeeded() {
    failures = 0;
  }

  public int failures() {
    return failures;
  }

  /** Runs the next attempt after a while. */
  public void failed(Runnable next) {
    long most = Math.min(LAST_MILLIS, FIRST_MILLIS << Math.min(failures, 10));
    failures++;
    scheduler.schedule(Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1)), next);
  }

  /** Runs the next attempt soon, later the more often somebody else was first. */
  public void lostRace(int times, Runnable next) {
    scheduler.schedule(Duration.ofNanos(random.nextLong(2_000_000L * times + 1)), next);
  }
}
