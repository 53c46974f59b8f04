package dev.collab.server.access;

import static java.util.Objects.requireNonNull;

import dev.collab.protocol.WireLimits;

/**
 * What a server grants one connection. Every limit is inclusive.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ServerLimits {

  /** 64 subscriptions, 256 waiting submissions, 16 Mi UTF-16 code units in the queue. */
  public static final ServerLimits DEFAULT = builder().build();

  private final WireLimits wire;
  private final int maxSubscriptions;
  private final int maxWaitingSubmissions;
  private final long maxQueuedFrames;

  private ServerLimits(Builder builder) {
    this.wire = builder.wire;
    this.maxSubscriptions = builder.maxSubscriptions;
    this.maxWaitingSubmissions = builder.maxWaitingSubmissions;
    this.maxQueuedFrames = builder.maxQueuedFrames;
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
   * Returns how much may wait for a slow connection before queued broadcasts are dropped, and the
   * connection is closed if that does not help.
   *
   * @return UTF-16 code units, 16 Mi by default
   */
  public long maxQueuedFrames() {
    return maxQueuedFrames;
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
     * @param limit UTF-16 code units, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder maxQueuedFrames(long limit) {
      maxQueuedFrames = positive("maxQueuedFrames", limit);
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
