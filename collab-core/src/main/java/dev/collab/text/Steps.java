package dev.collab.text;

/**
 * How much work a comparison may still do, counted in steps of its inner loops. It bounds the time
 * that hostile texts can take without a look at any clock, so the outcome is the same everywhere.
 *
 * <p>Confined: callers must serialise calls.
 */
final class Steps {

  private long left;

  Steps(long allowed) {
    left = allowed;
  }

  /** Takes some steps and tells whether there were that many. */
  boolean take(long count) {
    left -= count;
    return left >= 0;
  }

  boolean areSpent() {
    return left < 0;
  }
}
