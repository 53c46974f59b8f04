package dev.collab.text;

/** What a text promises, computed from a string in the most obvious way. */
final class NaiveText {

  private NaiveText() {}

  static long checksum(String content) {
    return (long) hash(content, 0x85EBCA6B) << 32
        | Integer.toUnsignedLong(hash(content, 0x5BD1E993));
  }

  /** The sum of (unit + 1) * base^(units behind it), term by term. */
  private static int hash(String content, int base) {
    int sum = 0;
    int power = 1;
    for (int i = content.length() - 1; i >= 0; i--) {
      sum += (content.charAt(i) + 1) * power;
      power *= base;
    }
    return sum;
  }

  static boolean isWellFormed(String content) {
    return content.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }

  static String[] lines(String content) {
    return content.split("\n", -1);
  }

  static TextPosition positionAt(String content, int offset) {
    String before = content.substring(0, offset);
    String[] lines = lines(before);
    return new TextPosition(lines.length - 1, lines[lines.length - 1].length());
  }
}
