package dev.collab.server.access;

import static java.util.Objects.requireNonNull;

import dev.collab.protocol.WireLimits;
import java.time.Duration;

/**
 * What a server grants one connection, and how much may wait for all of them. Every limit is
 * inclusive.
 *
 * <p>What waits is counted in UTF-16 code units: the length of each message and 64 more for what
 * surrounds it in memory. A unit takes one byte of heap in texts of Latin-1 and two in others. A
 * connection itself holds some more: up to 64 Ki units and one frame.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ServerLimits {

  /**
   * 64 subscriptions, 256 waiting submissions; 16 Mi units in a queue, 64 Mi in all of them;
   * batches of 5 milliseconds; 30 seconds without progress.
   */
  public static final ServerLimits DEFAULT = builder().build();

  private final WireLimits wire;
  private final int maxSubscriptions;
  private final int maxWaitingSubmissions;
  private final long maxQueuedFrames;
  private final long maxQueuedTotal;
  private final Duration batchWindow;
  private final Duration stallTimeout;

  private ServerLimits(Builder builder) {
    this.wire = builder.wire;
    this.maxSubscriptions = builder.maxSubscriptions;
    this.maxWaitingSubmissions = builder.maxWaitingSubmissions;
    this.maxQueuedFrames = builder.maxQueuedFrames;
    this.maxQueuedTotal = builder.maxQueuedTotal;
    this.batchWindow = builder.batchWindow;
    this.stallTimeout = builder.stallTimeout;
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
   * Starts from these limits.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.wire = wire;
    builder.maxSubscriptions = maxSubscriptions;
    builder.maxWaitingSubmissions = maxWaitingSubmissions;
    builder.maxQueuedFrames = maxQueuedFrames;
    builder.maxQueuedTotal = maxQueuedTotal;
    builder.batchWindow = batchWindow;
    builder.stallTimeout = stallTimeout;
    return builder;
  }

  /**
   * Returns what a frame may hold.
   *
   * @return the limits of the wire
   */
  public WireLimits wire() {
    return wire;
  }

  /**
   * Returns how many documents a connection may subscribe to.
   *
   * @return subscriptions, 64 by default
   */
  public int maxSubscriptions() {
    return maxSubscriptions;
  }

  /**
   * Returns how many submissions of a connection may be undecided at a time, and how many of its
   * reads unanswered.
   *
   * @return submissions, 256 by default
   */
  public int maxWaitingSubmissions() {
    return maxWaitingSubmissions;
  }

  /**
   * Returns how much may wait for a slow connection before presences and queued broadcasts are
   * dropped, and the connection is closed if that does not help.
   *
   * @return units as above, 16 Mi by default
   */
  public long maxQueuedFrames() {
    return maxQueuedFrames;
  }

  /**
   * Returns how much may wait for all connections together before the longest queues are shortened
   * in the same way. A message that waits for several of them counts once, and what surrounds it
   * each time.
   *
   * @return units as above, 64 Mi by default
   */
  public long maxQueuedTotal() {
    return maxQueuedTotal;
  }

  /**
   * Returns how long messages gather for a connection with the extension after one has left at
   * once, before they leave as one frame.
   *
   * @return the time, 5 milliseconds by default; zero if each message leaves at once
   */
  public Duration batchWindow() {
    return batchWindow;
  }

  /**
   * Returns after how much time a connection is closed for which something waits and which takes
   * nothing. A large frame under way gives it more: a second for every 16 Ki units.
   *
   * @return the time, 30 seconds by default; it may take twice as long until it is noticed
   */
  public Duration stallTimeout() {
    return stallTimeout;
  }

  /**
   * Collects limits.
   *
   * <p>Confined: callers must serialise calls.
   */
  public static final class Builder {

    private WireLimits wire = WireLimits.DEFAULT;
    private int maxSubscriptions = 64;
    private int maxWaitingSubmissions = 256;
    private long maxQueuedFrames = 16L << 20;
    private long maxQueuedTotal = 64L << 20;
    private Duration batchWindow = Duration.ofMillis(5);
    private Duration stallTimeout = Duration.ofSeconds(30);

    private Builder() {}

    /**
     * Sets what a frame may hold.
     *
     * @param value the limits of the wire
     * @return this builder
     */
    public Builder wire(WireLimits value) {
      wire = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how many documents a connection may subscribe to.
     *
     * @param limit subscriptions, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder maxSubscriptions(int limit) {
      maxSubscriptions = Math.toIntExact(positive("maxSubscriptions", limit));
      return this;
    }

    /**
     * Sets how many submissions of a connection may be undecided at a time, and how many of its
     * reads unanswered.
     *
     * @param limit submissions, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder maxWaitingSubmissions(int limit) {
      maxWaitingSubmissions = Math.toIntExact(positive("maxWaitingSubmissions", limit));
      return this;
    }

    /**
     * Sets how much may wait for a slow connection.
     *
     * @param limit units as above, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder maxQueuedFrames(long limit) {
      maxQueuedFrames = positive("maxQueuedFrames", limit);
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
      maxQueuedTotal = positive("maxQueuedTotal", limit);
      return this;
    }

    /**
     * Sets how long messages gather for a connection with the extension.
     *
     * @param time a few milliseconds; zero lets each message leave at once
     * @return this builder
     * @throws IllegalArgumentException if {@code time} is negative
     */
    public Builder batchWindow(Duration time) {
      if (time.isNegative()) {
        throw new IllegalArgumentException("batchWindow " + time + " is negative");
      }
      batchWindow = time;
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
     * Builds the limits.
     *
     * @return the limits
     */
    public ServerLimits build() {
      return new ServerLimits(this);
    }

    private static long positive(String what, long limit) {
      if (limit < 1) {
        throw new IllegalArgumentException(what + " " + limit + " is below 1");
      }
      return limit;
    }
  }
}
