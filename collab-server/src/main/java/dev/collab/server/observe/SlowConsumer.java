package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

/**
 * A connection takes less than is to be sent to it.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class SlowConsumer {

  private final ConnectionInfo connection;
  private final Action action;
  private final long queued;
  private final long dropped;

  private SlowConsumer(ConnectionInfo connection, Action action, long queued, long dropped) {
    this.connection = requireNonNull(connection, "connection");
    this.action = action;
    this.queued = queued;
    this.dropped = dropped;
  }

  /** What was done about it. Further actions may be added. */
  public enum Action {
    /** Queued frames that the client can do without, or fetch later, were dropped. */
    SHED,
    /** The connection was closed. */
    CLOSED
  }

  /**
   * Returns the event that queued frames were dropped.
   *
   * @param connection who is slow
   * @param queued how much is queued afterwards, in UTF-16 code units
   * @param dropped how many frames were dropped
   * @return the event
   */
  public static SlowConsumer shed(ConnectionInfo connection, long queued, long dropped) {
    return new SlowConsumer(connection, Action.SHED, queued, dropped);
  }

  /**
   * Returns the event that the connection was closed.
   *
   * @param connection who is slow
   * @param queued how much was queued before, in UTF-16 code units
   * @return the event
   */
  public static SlowConsumer closed(ConnectionInfo connection, long queued) {
    return new SlowConsumer(connection, Action.CLOSED, queued, 0);
  }

  /**
   * Returns who is slow.
   *
   * @return the connection
   */
  public ConnectionInfo connection() {
    return connection;
  }

  /**
   * Returns what was done about it.
   *
   * @return the action
   */
  public Action action() {
    return action;
  }

  /**
   * Returns how much was queued when frames had been dropped, or before the connection was closed.
   *
   * @return UTF-16 code units
   */
  public long queued() {
    return queued;
  }

  /**
   * Returns how many frames were dropped.
   *
   * @return at least 0; 0 for a closed connection, whose whole queue is forgotten
   */
  public long dropped() {
    return dropped;
  }

  /** Returns the connection and the action, for logs. */
  @Override
  public String toString() {
    return connection + " is slow: " + action;
  }
}
