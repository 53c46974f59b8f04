package dev.collab.text;

import static java.util.Objects.requireNonNull;

/**
 * A text: a sequence of UTF-16 code units. Positions lie between units, from 0 to {@link #length};
 * ranges are [from, to).
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class Text implements CharSequence {

  private static final Text EMPTY = new Text("");

  private final String units;

  private Text(String units) {
    this.units = units;
  }

  /**
   * Returns the text of length 0.
   *
   * @return the empty text
   */
  public static Text empty() {
    return EMPTY;
  }

  /**
   * Returns a text with the given content.
   *
   * @param content the content; it is copied unless it is immutable
   * @return the text
   */
  public static Text of(CharSequence content) {
    requireNonNull(content, "content");
    return content instanceof Text text ? text : new Text(content.toString());
  }

  @Override
  public int length() {
    return units.length();
  }

  @Override
  public char charAt(int index) {
    Bounds.checkIndex(index, length());
    return units.charAt(index);
  }

  /**
   * Returns a range as a string.
   *
   * @param from the position of the first unit
   * @param to the position behind the last unit
   * @return the content of [from, to)
   * @throws IndexOutOfBoundsException if not 0 &lt;= from &lt;= to &lt;= length
   */
  public String slice(int from, int to) {
    Bounds.checkRange(from, to, length());
    return units.substring(from, to);
  }

  /**
   * Returns a range as a text.
   *
   * @param from the position of the first unit
   * @param to the position behind the last unit
   * @return the text of [from, to)
   * @throws IndexOutOfBoundsException if not 0 &lt;= from &lt;= to &lt;= length
   */
  @Override
  public Text subSequence(int from, int to) {
    return new Text(slice(from, to));
  }

  /**
   * Returns this text with a range replaced.
   *
   * @param from the position of the first unit to remove
   * @param to the position behind the last unit to remove
   * @param inserted what stands there instead; may be empty
   * @return the text after
   * @throws IndexOutOfBoundsException if not 0 &lt;= from &lt;= to &lt;= length
   */
  public Text replace(int from, int to, String inserted) {
    requireNonNull(inserted, "inserted");
    Bounds.checkRange(from, to, length());
    return new Text(units.substring(0, from) + inserted + units.substring(to));
  }

  /**
   * Returns the number of lines: one more than there are {@code "\n"}.
   *
   * @return the number of lines, 1 or more
   */
  public int lineCount() {
    return (int) units.chars().filter(unit -> unit == '\n').count() + 1;
  }

  /**
   * Returns where a line starts.
   *
   * @param line the line, from 0
   * @return the position of its first unit
   * @throws IndexOutOfBoundsException if there is no such line
   */
  public int lineStart(int line) {
    int start = 0;
    for (int i = 0; i < line && start >= 0; i++) {
      int end = units.indexOf('\n', start);
      start = end < 0 ? -1 : end + 1;
    }
    if (line < 0 || start < 0) {
      throw new IndexOutOfBoundsException("line " + line + " is outside 0.." + (lineCount() - 1));
    }
    return start;
  }

  /**
   * Returns a position as line and column.
   *
   * @param offset the position
   * @return its line and column
   * @throws IndexOutOfBoundsException if {@code offset} is not a position of this text
   */
  public TextPosition positionAt(int offset) {
    Bounds.checkPosition(offset, length());
    int line = (int) units.substring(0, offset).chars().filter(unit -> unit == '\n').count();
    return new TextPosition(line, offset - lineStart(line));
  }

  /**
   * Returns the position of a line and column.
   *
   * @param position the line and column
   * @return the position
   * @throws IndexOutOfBoundsException if there is no such line or it is shorter than the column
   */
  public int offsetAt(TextPosition position) {
    requireNonNull(position, "position");
    int start = lineStart(position.line());
    int end = units.indexOf('\n', start);
    int width = (end < 0 ? length() : end) - start;
    if (position.column() > width) {
      throw new IndexOutOfBoundsException(
          "column " + position.column() + " is outside 0.." + width);
    }
    return start + position.column();
  }

  /**
   * Returns a 64-bit hash of the content.
   *
   * @return the checksum
   */
  public long checksum() {
    int high = 0;
    int low = 0;
    for (int i = 0; i < length(); i++) {
      int unit = units.charAt(i) + 1;
      high = high * 0x85EBCA6B + unit;
      low = low * 0x5BD1E993 + unit;
    }
    return (long) high << 32 | low & 0xFFFF_FFFFL;
  }

  /**
   * Tells whether every surrogate is part of a pair.
   *
   * @return whether the content is well-formed UTF-16
   */
  public boolean isWellFormed() {
    return units.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }

  /**
   * Returns a buffer that starts with this content. Changes to it do not touch this text.
   *
   * @return a new buffer
   */
  public TextBuffer toBuffer() {
    return TextBuffer.of(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Text text && units.equals(text.units);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(checksum());
  }

  @Override
  public String toString() {
    return units;
  }
}
