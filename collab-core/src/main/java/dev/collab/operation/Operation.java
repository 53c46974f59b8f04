package dev.collab.operation;

/**
 * One edit of a document, as a value. Implementations are immutable, canonical by construction and
 * equal if their canonical forms are.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public interface Operation {

  /**
   * Tells whether the operation changes nothing, whatever it is applied to.
   *
   * @return whether this is the identity
   */
  boolean isNoop();

  /**
   * Returns what the operation weighs against limits: the UTF-16 code units it inserts plus a
   * constant per component.
   *
   * @return the weight, at least 0
   */
  int weight();
}
