package dev.collab.operation;

/**
 * The role of an operation in a transform. Which of the two stands first on a tie is the type's
 * rule.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public enum Side {
  /** The submitted operation, or a replica's own one. */
  LEFT,
  /** The committed operation, or the one that comes from the server. */
  RIGHT;

  /**
   * Returns the other side.
   *
   * @return {@link #RIGHT} of {@link #LEFT} and the other way round
   */
  public Side opposite() {
    return this == LEFT ? RIGHT : LEFT;
  }
}
