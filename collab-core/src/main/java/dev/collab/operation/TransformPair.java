package dev.collab.operation;

import static java.util.Objects.requireNonNull;

/**
 * Two concurrent operations, each rewritten to apply after the other: the far sides of the diamond.
 *
 * <p>Immutable.
 *
 * @param <O> the operation's type
 * @param left the {@link Side#LEFT} operation, to apply after the original right one
 * @param right the {@link Side#RIGHT} operation, to apply after the original left one
 * @since 0.1
 */
public record TransformPair<O>(O left, O right) {

  /**
   * Checks the operations.
   *
   * @param left the {@link Side#LEFT} operation
   * @param right the {@link Side#RIGHT} operation
   * @throws NullPointerException if one is null
   */
  public TransformPair {
    requireNonNull(left, "left");
    requireNonNull(right, "right");
  }
}
