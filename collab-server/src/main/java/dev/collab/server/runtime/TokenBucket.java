package dev.collab.server.runtime;

import dev.collab.server.access.Rate;
import java.time.Duration;
import java.time.Instant;

/**
 * Says how often something may happen: at a rate in the long run, and in bursts up to a limit.
 *
 * <p>Confined: callers must serialise calls.
 */
public final class TokenBucket {

  private final double perSecond;
  private final double burst;
  private double tokens;
  private Instant filledAt;

  private TokenBucket(double perSecond, double burst, Instant now) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.tokens = burst;
    this.filledAt = now;
  }

  public static TokenBucket of(Rate rate, Instant now) {
    return new TokenBucket(rate.permitsPerSecond(), rate.burst(), now);
  }

  /** Takes a token if there is one. */
  public boolean tryTake(Instant now) {
    return tryTake(1, now);
  }

  /** Takes so many tokens if they are there, otherwise none. */
  public boolean tryTake(int count, Instant now) {
    fill(now);
    if (tokens < count) {
      return false;
    }
    tokens -= count;
    return true;
  }

  /** Returns how long it takes until there is a token; zero if there is one. */
  public Duration untilNext(Instant now) {
    fill(now);
    return tokens >= 1
        ? Duration.ZERO
        : Duration.ofNanos((long) Math.ceil((1 - tokens) / perSecond * 1e9));
  }

  /** A clock that goes back gives nothing and takes nothing. */
  private void fill(Instant now) {
    if (now.isAfter(filledAt)) {
      double seconds = Duration.between(filledAt, now).toNanos() / 1e9;
      tokens = Math.min(burst, tokens + seconds * perSecond);
    }
    filledAt = now;
  }
}
