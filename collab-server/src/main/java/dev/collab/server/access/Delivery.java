package dev.collab.server.access;

import java.time.Duration;

/**
 * How messages leave for connections, and how much may wait for all of them.
 *
 * <p>What waits is counted in UTF-16 code units: the length of each message and 64 more for what
 * surrounds it in memory. A unit takes one byte of heap in texts of Latin-1 and two in others. What
 * the connections themselves hold comes on top: for each up to 64 Ki units and one frame.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class Delivery {

  /** Windows of 5 milliseconds, 30 seconds without progress, 64 Mi units in all queues. */
  public static final Delivery DEFAULT = builder().build();

  private final Duration window;
  private final Duration stallTimeout;
  private final long maxQueuedTotal;

  private Delivery(Builder builder) {
    this.window = builder.window;
    this.stallTimeout = builder.stallTimeout;
    this.maxQueuedTotal = builder.maxQueuedTotal;
  }

  /**
   * Starts from the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts from these settings.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.window = window;
    builder.stallTimeout = stallTimeout;
    builder.maxQueuedTotal = maxQueuedTotal;
    return builder;
  }

  /**
   * Returns how long messages gather for a connection with the extension, after one has left at
   * once, before they leave as one frame.
   *
   * @return the time, 5 milliseconds by default; zero if each message leaves at once
   */
  public Duration window() {
    return window;
  }

  /**
   * Returns after how much time a connection is closed for which something waits and which takes
   * nothing. A long frame under way gives it more: a second for every 16 Ki units.
   *
   * @return the time, 30 seconds by default; it may take twice as long until it is noticed
   */
  public Duration stallTimeout() {
    return stallTimeout;
  }

  /**
   * Returns how much may wait for all connections together before the longest queues are shortened,
   * and their connections closed if that does not help. A message that waits for several of them
   * counts once, and what surrounds it each time.
   *
   * @return units as above, 64 Mi by default
   */
  public long maxQueuedTotal() {
    return maxQueuedTotal;
  }

  /**
   * Collects settings.
   *
   * <p>Confined: callers must serialise calls.
   */
  public static final class Builder {

    private Duration window = Duration.ofMillis(5);
    private Duration stallTimeout = Duration.ofSeconds(30);
    private long maxQueuedTotal = 64L << 20;

    private Builder() {}

    /**
     * Sets how long messages gather for a connection with the extension.
     *
     * @param time a few milliseconds; zero lets each message leave at once
     * @return this builder
     * @throws IllegalArgumentException if {@code time} is negative
     */
    public Builder window(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException("window " + time + " is negative");
      }
      window = time;
      return this;
    }

    /**
     * Sets after how much time a connection is closed that takes nothing.
     *
     * @param time a positive time
     * @return this builder
     * @throws IllegalArgumentException if {@code time} is not positive
     */
    public Builder stallTimeout(Duration time) {
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException("stallTimeout " + time + " is not positive");
      }
      stallTimeout = time;
      return this;
    }

    /**
     * Sets how much may wait for all connections together.
     *
     * @param limit units as above, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder maxQueuedTotal(long limit) {
      if (limit < 1) {
        throw new IllegalArgumentException("maxQueuedTotal " + limit + " is below 1");
      }
      maxQueuedTotal = limit;
      return this;
    }

    /**
     * Builds the settings.
     *
     * @return the settings
     */
    public Delivery build() {
      return new Delivery(this);
    }
  }
}
