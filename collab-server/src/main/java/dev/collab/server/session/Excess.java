package dev.collab.server.session;

import dev.collab.server.access.Rate;
import dev.collab.server.runtime.TokenBucket;
import java.time.Instant;

/**
 * Counts how often a connection exceeds what it is granted. To refuse costs something too, so a
 * connection that goes on is ended.
 *
 * <p>Thread-safe.
 */
final class Excess {

  /** How much of a frame costs about as much to read as a refusal to send, in code units. */
  private static final int UNIT = 64 * 1024;

  private final Object lock = new Object();
  private final TokenBucket bucket;

  Excess(Rate rate, Instant now) {
    bucket = TokenBucket.of(rate, now);
  }

  /**
   * Counts something that was in vain.
   *
   * @param length how long it was, in UTF-16 code units
   * @return false if that was too often
   */
  boolean isBearable(int length, Instant now) {
    synchronized (lock) {
      return bucket.tryTake(1 + length / UNIT, now);
    }
  }
}
