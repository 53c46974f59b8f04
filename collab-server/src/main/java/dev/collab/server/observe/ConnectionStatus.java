package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What a connection does at one time.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ConnectionStatus {

  private final ConnectionInfo connection;
  private final Instant lastFrameAt;
  private final int subscriptions;
  private final int rooms;
  private final int waitingRequests;
  private final int queuedFrames;
  private final long queuedUnits;

  private ConnectionStatus(Builder builder) {
    this.connection = builder.connection;
    this.lastFrameAt = builder.lastFrameAt;
    this.subscriptions = builder.subscriptions;
    this.rooms = builder.rooms;
    this.waitingRequests = builder.waitingRequests;
    this.queuedFrames = builder.queuedFrames;
    this.queuedUnits = builder.queuedUnits;
  }

  /**
   * Begins a status in which nothing but the connection is known.
   *
   * @param connection the connection
   * @return a builder
   */
  public static Builder builder(ConnectionInfo connection) {
    return new Builder(requireNonNull(connection, "connection"));
  }

  /**
   * Returns the connection.
   *
   * @return the connection
   */
  public ConnectionInfo connection() {
    return connection;
  }

  /**
   * Returns when the last frame came; when it was opened, if none did.
   *
   * @return when the last frame came; when it was opened, if none did
   */
  public Instant lastFrameAt() {
    return lastFrameAt;
  }

  /**
   * Returns how many documents it is subscribed to.
   *
   * @return how many documents it is subscribed to
   */
  public int subscriptions() {
    return subscriptions;
  }

  /**
   * Returns how many chat rooms it is subscribed to.
   *
   * @return how many chat rooms it is subscribed to
   */
  public int rooms() {
    return rooms;
  }

  /**
   * Returns how many of its requests are not answered yet.
   *
   * @return how many of its requests are not answered yet
   */
  public int waitingRequests() {
    return waitingRequests;
  }

  /**
   * Returns how many frames wait for it.
   *
   * @return how many frames wait for it
   */
  public int queuedFrames() {
    return queuedFrames;
  }

  /**
   * Returns what these frames hold, in UTF-16 code units.
   *
   * @return what these frames hold, in UTF-16 code units
   */
  public long queuedUnits() {
    return queuedUnits;
  }

  /** Returns the connection, for logs. */
  @Override
  public String toString() {
    return connection.toString();
  }

  /**
   * Builds a status.
   *
   * <p>Confined: callers must serialise calls.
   */
  public static final class Builder {

    private final ConnectionInfo connection;
    private Instant lastFrameAt;
    private int subscriptions;
    private int rooms;
    private int waitingRequests;
    private int queuedFrames;
    private long queuedUnits;

    private Builder(ConnectionInfo connection) {
      this.connection = connection;
      this.lastFrameAt = connection.openedAt();
    }

    /**
     * Sets when the last frame came; when it was opened, if none did.
     *
     * @param value when the last frame came; when it was opened, if none did
     * @return this builder
     */
    public Builder lastFrameAt(Instant value) {
      lastFrameAt = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how many documents it is subscribed to.
     *
     * @param value how many documents it is subscribed to
     * @return this builder
     */
    public Builder subscriptions(int value) {
      subscriptions = value;
      return this;
    }

    /**
     * Adds to how many of its requests are not answered yet.
     *
     * @param value how many more
     * @return this builder
     */
    public Builder addWaitingRequests(int value) {
      waitingRequests += value;
      return this;
    }

    /**
     * Sets how many chat rooms it is subscribed to.
     *
     * @param value how many chat rooms it is subscribed to
     * @return this builder
     */
    public Builder rooms(int value) {
      rooms = value;
      return this;
    }

    /**
     * Sets how many frames wait for it.
     *
     * @param value how many frames wait for it
     * @return this builder
     */
    public Builder queuedFrames(int value) {
      queuedFrames = value;
      return this;
    }

    /**
     * Sets what these frames hold, in UTF-16 code units.
     *
     * @param value what these frames hold, in UTF-16 code units
     * @return this builder
     */
    public Builder queuedUnits(long value) {
      queuedUnits = value;
      return this;
    }

    /**
     * Makes the status.
     *
     * @return what was set
     */
    public ConnectionStatus build() {
      return new ConnectionStatus(this);
    }
  }
}
