package dev.collab.operation;

/**
 * Which neighbour a position sticks to when something is inserted exactly at it.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public enum Bias {
  /** The position stays with what precedes it: an insertion at it lands behind. */
  BEFORE,
  /** The position stays with what follows it: an insertion at it moves it on. */
  AFTER
}
