package dev.collab.text;

/**
 * Finds the best place for an addition or a removal that may stand in several: typing a word twice
 * adds the same text whichever of the two is new. The best place begins and ends where a line, a
 * sentence or a word does (N. Fraser, diff-match-patch, "lossless clean-up").
 */
final class EdgeSlide {

  /** How far a change is moved at most. */
  static final int REACH = 1_000;

  private final String text;
  private final int low;
  private final int high;

  /** Prepares for changes within [low, high) of a text. */
  private EdgeSlide(String text, int low, int high) {
    this.text = text;
    this.low = low;
    this.high = high;
  }

  /**
   * Returns how far to move the change [start, end) of a text that has it, so that it stays within
   * [low, high): a negative number for towards the start.
   */
  static int distance(String text, int start, int end, int low, int high) {
    return new EdgeSlide(text, low, high).distance(start, end);
  }

  private int distance(int start, int end) {
    int up = 0;
    while (up < REACH
        && start - up > low
        && text.charAt(start - up - 1) == text.charAt(end - up - 1)) {
      up++;
    }
    int best = 0;
    int bestScore = score(start) + score(end);
    for (int distance = -up; distance <= REACH; distance++) {
      int score = score(start + distance) + score(end + distance);
      if (score > bestScore || (score == bestScore && distance > best)) {
        best = distance;
        bestScore = score;
      }
      if (end + distance >= high || text.charAt(start + distance) != text.charAt(end + distance)) {
        break;
      }
    }
    return best;
  }

  /** Tells how good a place is to cut. */
  private int score(int position) {
    if (position == 0 || position == text.length()) {
      return 6;
    }
    if (Tokens.isInsideCharacter(text, position)) {
      return -100;
    }
    char before = text.charAt(position - 1);
    char behind = text.charAt(position);
    if (before == '\n') {
      boolean blank = behind == '\n' || (position > 1 && text.charAt(position - 2) == '\n');
      return blank ? 5 : 4;
    }
    boolean spaceBefore = Character.isWhitespace(before);
    if (spaceBefore && position > 1 && isSentenceEnd(text.charAt(position - 2))) {
      return 3;
    }
    if (spaceBefore || Character.isWhitespace(behind)) {
      return 2;
    }
    return Character.isLetterOrDigit(before) && Character.isLetterOrDigit(behind) ? 0 : 1;
  }

  private static boolean isSentenceEnd(char unit) {
    return unit == '.' || unit == '!' || unit == '?';
  }
}
