package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

/**
 * A connection asked for more than it is granted.
 *
 * <p>Immutable.
 *
 * @param connection who
 * @param what what there was too much of
 * @param action what was done about it
 * @since 0.1
 */
public record RateLimited(ConnectionInfo connection, What what, Action action) {

  /** What there was too much of. Further ones may be added. */
  public enum What {
    /** Submissions to documents. */
    OPERATIONS,
    /** Requests that wait for their answers. */
    REQUESTS,
    /** Updates of presence. */
    PRESENCE,
    /** Chat messages. */
    CHAT,
    /** Frames, of whatever kind. */
    FRAMES,
    /** Subscriptions. */
    SUBSCRIPTIONS,
    /** Connections of one user. */
    CONNECTIONS
  }

  /** What was done about it. Further actions may be added. */
  public enum Action {
    /** It waits, and is done later. */
    DELAYED,
    /** It was refused with an error. */
    REFUSED,
    /** The connection was closed. */
    CLOSED
  }

  /**
   * Checks the arguments.
   *
   * @param connection who
   * @param what what there was too much of
   * @param action what was done about it
   * @throws NullPointerException if one is null
   */
  public RateLimited {
    requireNonNull(connection, "connection");
    requireNonNull(what, "what");
    requireNonNull(action, "action");
  }
}
