package dev.collab.text;

import java.util.Arrays;
import java.util.Map;

/**
 * A text cut into lines or words that together make up the whole of it. No cut falls inside a
 * surrogate pair.
 *
 * <p>Immutable.
 */
final class Tokens {

  private final String text;

  /** Where each token starts, and behind the last one the length of the text. */
  private final int[] starts;

  private final int count;

  private Tokens(String text, int[] starts, int count) {
    this.text = text;
    this.starts = starts;
    this.count = count;
  }

  /** Cuts behind each newline. */
  static Tokens lines(String text) {
    int[] starts = new int[16];
    int count = 0;
    for (int at = 0; at < text.length(); count++) {
      starts = withRoom(starts, count);
      starts[count] = at;
      int newline = text.indexOf('\n', at);
      at = newline < 0 ? text.length() : newline + 1;
    }
    starts[count] = text.length();
    return new Tokens(text, starts, count);
  }

  /**
   * Cuts between words, runs of spaces, and all else, one character at a time. Characters of
   * scripts that write no spaces stand alone; marks and joiners stay with what they follow.
   */
  static Tokens words(String text) {
    int[] starts = new int[16];
    int count = 0;
    int previous = ALONE;
    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      int kind = kindOf(character);
      boolean joins =
          at > 0
              && (kind == MARK
                  || (kind == previous && kind != ALONE)
                  || text.charAt(at - 1) == ZERO_WIDTH_JOINER);
      if (!joins) {
        starts = withRoom(starts, count);
        starts[count++] = at;
      }
      if (kind != MARK) {
        previous = kind;
      }
      at += Character.charCount(character);
    }
    starts[count] = text.length();
    return new Tokens(text, starts, count);
  }

  private static final int ALONE = 0;
  private static final int WORD = 1;
  private static final int SPACE = 2;
  private static final int MARK = 3;

  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private static int kindOf(int character) {
    if (character < 0x80) {
      return character == ' ' || character == '\t'
          ? SPACE
          : character == '_' || Character.isLetterOrDigit(character) ? WORD : ALONE;
    }
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          MARK;
      case Character.FORMAT -> character == ZERO_WIDTH_JOINER ? MARK : ALONE;
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER ->
          WORD;
      case Character.OTHER_LETTER -> writesNoSpaces(character) ? ALONE : WORD;
      default -> ALONE;
    };
  }

  private static boolean writesNoSpaces(int character) {
    return switch (Character.UnicodeScript.of(character)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, TIBETAN -> true;
      default -> false;
    };
  }

  /** Tells whether a position parts what people see as one: a pair, or a letter and its marks. */
  static boolean isInsideCharacter(String text, int position) {
    return position > 0
        && position < text.length()
        && (TextAdmission.cutsPair(text, position)
            || text.charAt(position - 1) == ZERO_WIDTH_JOINER
            || kindOf(text.codePointAt(position)) == MARK);
  }

  private static int[] withRoom(int[] starts, int count) {
    return count + 1 < starts.length ? starts : Arrays.copyOf(starts, starts.length * 2);
  }

  int count() {
    return count;
  }

  /** Returns where a token starts; that of {@link #count} is the end of the text. */
  int start(int token) {
    return starts[token];
  }

  /** Returns tokens [from, to) as a string. */
  String text(int from, int to) {
    return text.substring(starts[from], starts[to]);
  }

  /**
   * Returns a number for each token, the same for equal ones.
   *
   * @param numbers the numbers given so far; those of other texts make them comparable
   */
  int[] symbols(Map<String, Integer> numbers) {
    int[] symbols = new int[count];
    for (int i = 0; i < count; i++) {
      symbols[i] = numbers.computeIfAbsent(text(i, i + 1), token -> numbers.size());
    }
    return symbols;
  }
}
