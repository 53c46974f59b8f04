package dev.collab.text;

/**
 * A place in a text as line and column, both counted from 0. Lines end at {@code "\n"}; a column
 * counts UTF-16 code units since the start of its line.
 *
 * <p>Immutable.
 *
 * @param line the line, 0 or more
 * @param column the column, 0 or more
 * @since 0.1
 */
public record TextPosition(int line, int column) implements Comparable<TextPosition> {

  /**
   * Checks that neither number is negative.
   *
   * @param line the line, 0 or more
   * @param column the column, 0 or more
   * @throws IllegalArgumentException if a number is negative
   */
  public TextPosition {
    if (line < 0 || column < 0) {
      throw new IllegalArgumentException(
          "line " + line + " and column " + column + " must be 0 or more");
    }
  }

  /**
   * Compares by line, then by column: the order in the text.
   *
   * @param other the place to compare with
   * @return a negative number, 0 or a positive number as this place is before, at or after it
   */
  @Override
  public int compareTo(TextPosition other) {
    int byLine = Integer.compare(line, other.line);
    return byLine != 0 ? byLine : Integer.compare(column, other.column);
  }
}
