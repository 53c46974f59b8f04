package dev.collab.text;

/**
 * A change from one sequence to another: [{@code fromStart}, {@code fromEnd}) of the one is
 * replaced by [{@code toStart}, {@code toEnd}) of the other. What they count, lines, words or
 * units, depends on where it comes from. Between the hunks of a comparison both sequences are the
 * same.
 */
record Hunk(int fromStart, int fromEnd, int toStart, int toEnd) {

  int removed() {
    return fromEnd - fromStart;
  }

  int added() {
    return toEnd - toStart;
  }

  /** Returns how much longer the second sequence is up to the end of this hunk. */
  int drift() {
    return toEnd - fromEnd;
  }

  /** Returns the same change elsewhere. */
  Hunk moved(int fromDistance, int toDistance) {
    return new Hunk(
        fromStart + fromDistance, fromEnd + fromDistance, toStart + toDistance, toEnd + toDistance);
  }

  /** Tells whether it only adds or only removes. */
  boolean isPure() {
    return fromStart == fromEnd || toStart == toEnd;
  }
}
