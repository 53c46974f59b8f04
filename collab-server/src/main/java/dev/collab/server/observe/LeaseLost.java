package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

/**
 * This server's lease of the coordinator has expired: others took away what it held.
 *
 * <p>Immutable.
 *
 * @param owner names the incarnation of the node that held it
 * @since 0.1
 */
public record LeaseLost(String owner) {

  /**
   * Checks the arguments.
   *
   * @param owner names the incarnation of the node that held it
   * @throws NullPointerException if one is null
   */
  public LeaseLost {
    requireNonNull(owner, "owner");
  }
}
