package dev.collab.server.access;

import java.time.Duration;

/**
 * After how much time what becomes of a presence.
 *
 * <p>Immutable.
 *
 * @param lease for how long a presence may stay anywhere when its client or its server has died
 *     without a word
 * @param idleAfter how long a user may do nothing and counts as active still
 * @param awayAfter how long a user may do nothing and does not count as away
 * @since 0.1
 */
public record PresenceTimes(Duration lease, Duration idleAfter, Duration awayAfter) {

  /** A lease of 30 seconds, idle after one minute, away after ten. */
  public static final PresenceTimes DEFAULT =
      new PresenceTimes(Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(10));

  /**
   * Checks the ranges.
   *
   * @param lease for how long a presence outlives its client
   * @param idleAfter how long a user may do nothing and counts as active still
   * @param awayAfter how long a user may do nothing and does not count as away
   * @throws IllegalArgumentException if {@code lease} is below 3 seconds, {@code idleAfter} below 1
   *     second or {@code awayAfter} below {@code idleAfter}
   */
  public PresenceTimes {
    if (lease.compareTo(Duration.ofSeconds(3)) < 0) {
      throw new IllegalArgumentException("a lease of " + lease + " is below 3 seconds");
    }
    if (idleAfter.compareTo(Duration.ofSeconds(1)) < 0 || awayAfter.compareTo(idleAfter) < 0) {
      throw new IllegalArgumentException(
          "idle after " + idleAfter + " and away after " + awayAfter + " do not follow each other");
    }
  }

  /**
   * Returns how long a client may send nothing and keeps its presences: five sixths of the lease,
   * so that there is time to tell everybody.
   *
   * @return the longest silence
   */
  public Duration silence() {
    return lease.multipliedBy(5).dividedBy(6);
  }
}
