package dev.collab.client;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.Operation;

/**
 * An edit that the server refused.
 *
 * <p>Immutable.
 *
 * @param <O> the operation
 * @param operation the edit, as it applied to the server's state
 * @param code the stable code of the reason
 * @param message the reason, for people
 * @param undone what took the edit back from the state shown; may do nothing
 * @since 0.1
 */
public record Rejection<O extends Operation>(O operation, String code, String message, O undone) {

  /**
   * Checks the arguments.
   *
   * @param operation the edit
   * @param code the stable code
   * @param message the reason
   * @param undone what took the edit back
   * @throws NullPointerException if one is null
   */
  public Rejection {
    requireNonNull(operation, "operation");
    requireNonNull(code, "code");
    requireNonNull(message, "message");
    requireNonNull(undone, "undone");
  }
}
