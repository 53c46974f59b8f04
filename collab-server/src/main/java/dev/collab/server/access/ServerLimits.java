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

  /** What each method of this class says by default. */
  public static final ServerLimits DEFAULT = builder().build();

  private final WireLimits wire;
  private final int maxSubscriptions;
  private final int maxWaitingSubmissions;
  private final long maxQueuedFrames;
  private final Delivery delivery;
  private final int maxWaitingMessages;
  private final long maxWaitingUnits;
  private final int maxConnections;
  private final Rate operationRate;
  private final Rate requestRate;
  private final Rate chatRate;
  private final Rate presenceRate;
  private final Rate refusalRate;

  private ServerLimits(Builder builder) {
    this.wire = builder.wire;
    this.maxSubscriptions = builder.maxSubscriptions;
    this.maxWaitingSubmissions = builder.maxWaitingSubmissions;
    this.maxQueuedFrames = builder.maxQueuedFrames;
    this.delivery = builder.delivery;
    this.maxWaitingMessages = builder.maxWaitingMessages;
    this.maxWaitingUnits = builder.maxWaitingUnits;
    this.maxConnections = builder.maxConnections;
    this.operationRate = builder.operationRate;
    this.requestRate = builder.requestRate;
    this.chatRate = builder.chatRate;
    this.presenceRate = builder.presenceRate;
    this.refusalRate = builder.refusalRate;
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
    builder.delivery = delivery;
    builder.maxWaitingMessages = maxWaitingMessages;
    builder.maxWaitingUnits = maxWaitingUnits;
    builder.maxConnections = maxConnections;
    builder.operationRate = operationRate;
    builder.requestRate = requestRate;
    builder.chatRate = chatRate;
    builder.presenceRate = presenceRate;
    builder.refusalRate = refusalRate;
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
   * Returns how many subscriptions a connection may have: to documents, channels of presences and
   * chat rooms together.
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
   * @return units as in {@link Delivery}, 16 Mi by default
   */
  public long maxQueuedFrames() {
    return maxQueuedFrames;
  }

  /**
   * Returns how messages leave, and how much may wait for all connections.
   *
   * @return the settings, {@link Delivery#DEFAULT} by default
   */
  public Delivery delivery() {
    return delivery;
  }

  /**
   * Returns how many messages of a connection may wait for their turn; more are refused.
   *
   * @return messages, 2,048 by default
   */
  public int maxWaitingMessages() {
    return maxWaitingMessages;
  }

  /**
   * Returns how long the messages of a connection that wait for their turn may be together.
   *
   * @return UTF-16 code units, 8 Mi by default
   */
  public long maxWaitingUnits() {
    return maxWaitingUnits;
  }

  /**
   * Returns how many connections a principal may have to this server. Anonymous clients are not
   * counted.
   *
   * @return connections, 50 by default
   */
  public int maxConnections() {
    return maxConnections;
  }

  /**
   * Returns how often a connection may submit; above that, submissions wait.
   *
   * @return the rate, 50 a second, 200 at once by default
   */
  public Rate operationRate() {
    return operationRate;
  }

  /**
   * Returns how often a connection may ask for anything but what has a rate of its own; above that,
   * requests wait, and pings are refused.
   *
   * @return the rate, 100 a second, 500 at once by default
   */
  public Rate requestRate() {
    return requestRate;
  }

  /**
   * Returns how often a connection may do something in chat rooms; above that, it is refused.
   *
   * @return the rate, 5 a second, 20 at once by default
   */
  public Rate chatRate() {
    return chatRate;
  }

  /**
   * Returns how often a presence of a connection is shown; above that, the newest waits.
   *
   * @return the rate, 20 a second, 40 at once by default
   */
  public Rate presenceRate() {
    return presenceRate;
  }

  /**
   * Returns how often a connection may send what is in vain before it is closed: what cannot be
   * read, what is refused because there is too much of it, and presences that are overtaken. A
   * frame counts once more for every 65,536 UTF-16 code units.
   *
   * @return the rate, 100 a second, 1,000 at once by default
   */
  public Rate refusalRate() {
    return refusalRate;
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
    private Delivery delivery = Delivery.DEFAULT;
    private int maxWaitingMessages = 2_048;
    private long maxWaitingUnits = 8L << 20;
    private int maxConnections = 50;
    private Rate operationRate = new Rate(50, 200);
    private Rate requestRate = new Rate(100, 500);
    private Rate chatRate = new Rate(5, 20);
    private Rate presenceRate = new Rate(20, 40);
    private Rate refusalRate = new Rate(100, 1_000);

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
     * Sets how many subscriptions a connection may have: to documents, channels of presences and
     * chat rooms together.
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
     * @param limit units as in {@link Delivery}, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder maxQueuedFrames(long limit) {
      maxQueuedFrames = positive("maxQueuedFrames", limit);
      return this;
    }

    /**
     * Sets how messages leave.
     *
     * @param value the settings
     * @return this builder
     */
    public Builder delivery(Delivery value) {
      delivery = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how many messages of a connection may wait for their turn.
     *
     * @param limit messages, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder maxWaitingMessages(int limit) {
      maxWaitingMessages = Math.toIntExact(positive("maxWaitingMessages", limit));
      return this;
    }

    /**
     * Sets how long the messages of a connection that wait for their turn may be together.
     *
     * @param limit UTF-16 code units, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder maxWaitingUnits(long limit) {
      maxWaitingUnits = positive("maxWaitingUnits", limit);
      return this;
    }

    /**
     * Sets how many connections a principal may have to this server. Anonymous clients are not
     * counted.
     *
     * @param limit connections, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code limit} is below 1
     */
    public Builder maxConnections(int limit) {
      maxConnections = Math.toIntExact(positive("maxConnections", limit));
      return this;
    }

    /**
     * Sets how often a connection may submit; above that, submissions wait.
     *
     * @param value the rate
     * @return this builder
     */
    public Builder operationRate(Rate value) {
      operationRate = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how often a connection may ask for anything but what has a rate of its own; above that,
     * requests wait, and pings are refused.
     *
     * @param value the rate
     * @return this builder
     */
    public Builder requestRate(Rate value) {
      requestRate = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how often a connection may do something in chat rooms; above that, it is refused.
     *
     * @param value the rate
     * @return this builder
     */
    public Builder chatRate(Rate value) {
      chatRate = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how often a presence of a connection is shown; above that, the newest waits.
     *
     * @param value the rate
     * @return this builder
     */
    public Builder presenceRate(Rate value) {
      presenceRate = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how often a connection may send what is in vain before it is closed.
     *
     * @param value the rate
     * @return this builder
     */
    public Builder refusalRate(Rate value) {
      refusalRate = requireNonNull(value, "value");
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
