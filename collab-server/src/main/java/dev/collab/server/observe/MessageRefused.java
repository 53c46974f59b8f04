package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

/**
 * A message was answered with an error.
 *
 * <p>Immutable.
 *
 * @param connection who sent it
 * @param code the stable code of the error
 * @since 0.1
 */
public record MessageRefused(ConnectionInfo connection, String code) {

  /**
   * Checks the arguments.
   *
   * @param connection who sent it
   * @param code the stable code of the error
   * @throws NullPointerException if one is null
   */
  public MessageRefused {
    requireNonNull(connection, "connection");
    requireNonNull(code, "code");
  }
}
