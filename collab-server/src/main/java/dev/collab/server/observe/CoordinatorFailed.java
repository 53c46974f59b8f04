package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

/**
 * A call of the coordinator failed. Whether it took effect is unknown; the server repeats what it
 * needs.
 *
 * <p>Immutable.
 *
 * @param call which one
 * @param failure what it failed with
 * @since 0.1
 */
public record CoordinatorFailed(CoordinatorCall call, Throwable failure) {

  /**
   * Checks the arguments.
   *
   * @param call which one
   * @param failure what it failed with
   * @throws NullPointerException if one is null
   */
  public CoordinatorFailed {
    requireNonNull(call, "call");
    requireNonNull(failure, "failure");
  }
}
