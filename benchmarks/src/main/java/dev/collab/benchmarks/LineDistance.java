package dev.collab.benchmarks;

/**
 * The smallest difference of two texts that replaces whole lines, by the table that takes n · m.
 */
final class LineDistance {

  private LineDistance() {}

  /** Returns the number of units in the lines that have to go and to come, at least. */
  static long between(String from, String to) {
    String[] rows = lines(from);
    String[] columns = lines(to);
    long[] above = new long[columns.length + 1];
    for (int j = 1; j <= columns.length; j++) {
      above[j] = above[j - 1] + columns[j - 1].length();
    }
    for (String row : rows) {
      long[] here = new long[columns.length + 1];
      here[0] = above[0] + row.length();
      for (int j = 1; j <= columns.length; j++) {
        String column = columns[j - 1];
        here[j] =
            row.equals(column)
                ? above[j - 1]
                : Math.min(above[j] + row.length(), here[j - 1] + column.length());
      }
      above = here;
    }
    return above[columns.length];
  }

  private static String[] lines(String text) {
    return text.isEmpty() ? new String[0] : text.split("(?<=\n)");
  }
}
