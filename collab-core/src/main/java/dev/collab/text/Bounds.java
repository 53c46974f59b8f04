package dev.collab.text;

/** Range checks with messages that say what was got and what is allowed. */
final class Bounds {

  private Bounds() {}

  /** Checks that a unit stands at {@code position}. */
  static void checkIndex(int position, int length) {
    if (position < 0 || position >= length) {
      throw new IndexOutOfBoundsException(
          "position " + position + " is outside 0.." + (length - 1));
    }
  }

  /** Checks a place between units. */
  static void checkPosition(int position, int length) {
    if (position < 0 || position > length) {
      throw new IndexOutOfBoundsException("position " + position + " is outside 0.." + length);
    }
  }

  /** Checks the range [from, to). */
  static void checkRange(int from, int to, int length) {
    if (from < 0 || from > to || to > length) {
      throw outOfRange(from, to, length);
    }
  }

  /** Checks that a text can take an edit without growing out of the positions. */
  static void checkGrowth(int length, int removed, int inserted) {
    long after = (long) length - removed + inserted;
    if (after > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("length " + after + " is outside 0.." + Integer.MAX_VALUE);
    }
  }

  private static IndexOutOfBoundsException outOfRange(int from, int to, int length) {
    return new IndexOutOfBoundsException(
        from > to && from >= 0 && from <= length
            ? "range end " + to + " is outside " + from + ".." + length
            : "position " + (from < 0 || from > length ? from : to) + " is outside 0.." + length);
  }
}
