package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.transport.CloseReason;
import java.time.Duration;

/**
 * A connection has ended.
 *
 * <p>Immutable.
 *
 * @param connection which one
 * @param reason why, as far as this side can tell
 * @param lasted how long it was open, by the server's clock
 * @since 0.1
 */
public record ConnectionClosed(ConnectionInfo connection, CloseReason reason, Duration lasted) {

  /**
   * Checks the arguments.
   *
   * @param connection which one
   * @param reason why, as far as this side can tell
   * @param lasted how long it was open, by the server's clock
   * @throws NullPointerException if one is null
   */
  public ConnectionClosed {
    requireNonNull(connection, "connection");
    requireNonNull(reason, "reason");
    requireNonNull(lasted, "lasted");
  }
}
