package dev.collab.text;

/** Makes an operation out of two texts: what their common start and end leave over. */
final class TextDiff {

  private TextDiff() {}

  static TextOperation diff(Text from, Text to) {
    String before = from.toString();
    String after = to.toString();
    int shorter = Math.min(before.length(), after.length());
    int start = 0;
    while (start < shorter && before.charAt(start) == after.charAt(start)) {
      start++;
    }
    if (cutsPair(before, after, start)) {
      start--;
    }
    int end = before.length();
    int afterEnd = after.length();
    while (end > start
        && afterEnd > start
        && before.charAt(end - 1) == after.charAt(afterEnd - 1)) {
      end--;
      afterEnd--;
    }
    if (TextAdmission.cutsPair(before, end) || TextAdmission.cutsPair(after, afterEnd)) {
      end++;
      afterEnd++;
    }
    return TextOperation.replace(start, end - start, after.substring(start, afterEnd));
  }

  private static boolean cutsPair(String before, String after, int position) {
    return TextAdmission.cutsPair(before, position) || TextAdmission.cutsPair(after, position);
  }
}
