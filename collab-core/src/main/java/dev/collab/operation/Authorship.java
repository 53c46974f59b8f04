package dev.collab.operation;

/**
 * Whether an edit was made by the one whose presence is moved over it.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public enum Authorship {
  /** The same client made the edit: what it inserts at its cursor, the cursor goes behind. */
  OWN,
  /** Somebody else made it: what is inserted at a cursor goes behind that. */
  FOREIGN
}
