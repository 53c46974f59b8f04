package dev.collab.document;

/**
 * What is known of a submission whose base revision lies below the log's base.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public enum Fate {
  /** It stands in the log. */
  COMMITTED,
  /** It does not stand in the log and never will. */
  NOT_COMMITTED,
  /** It may once have stood in the log; it will not be committed from now on. */
  UNKNOWN
}
