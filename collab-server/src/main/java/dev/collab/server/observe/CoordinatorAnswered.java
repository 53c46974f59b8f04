package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * A call of the coordinator was answered.
 *
 * <p>Immutable.
 *
 * @param call which one, see {@link CoordinatorCall}
 * @param took the time from the call to the answer, by the server's clock
 * @since 0.1
 */
public record CoordinatorAnswered(CoordinatorCall call, Duration took) {

  /**
   * Checks the arguments.
   *
   * @param call which one
   * @param took the time from the call to the answer
   * @throws NullPointerException if one is null
   */
  public CoordinatorAnswered {
    requireNonNull(call, "call");
    requireNonNull(took, "took");
  }
}
