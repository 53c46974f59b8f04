package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

/**
 * This server's lease of the coordinator has expired: others took away what it held.
 *
 * <p>Immutable.
 *
 * @param lease what the lease was for, such as presence
 * @since 0.1
 */
public record LeaseLost(String lease) {

  /**
   * Checks the arguments.
   *
   * @param lease what the lease was for, such as presence
   * @throws NullPointerException if one is null
   */
  public LeaseLost {
    requireNonNull(lease, "lease");
  }
}
