package dev.collab.text;

import static java.util.Objects.requireNonNull;

/**
 * A text that is edited in place: the mutable twin of {@link Text}.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @since 0.1
 */
public final class TextBuffer {

  private final StringBuilder units = new StringBuilder();

  /** Creates an empty buffer. */
  public TextBuffer() {}

  /**
   * Returns a buffer that starts with the content of a text.
   *
   * @param text the first content; it is not changed
   * @return a new buffer
   */
  public static TextBuffer of(Text text) {
    TextBuffer buffer = new TextBuffer();
    buffer.units.append(requireNonNull(text, "text").toString());
    return buffer;
  }

  /**
   * Returns the number of UTF-16 code units.
   *
   * @return the length
   */
  public int length() {
    return units.length();
  }

  /**
   * Returns one unit.
   *
   * @param index its position
   * @return the unit
   * @throws IndexOutOfBoundsException if there is no unit at {@code index}
   */
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
   * Replaces a range.
   *
   * @param from the position of the first unit to remove
   * @param to the position behind the last unit to remove
   * @param inserted what stands there instead; may be empty
   * @throws IndexOutOfBoundsException if not 0 &lt;= from &lt;= to &lt;= length; the buffer is
   *     unchanged
   */
  public void replace(int from, int to, String inserted) {
    requireNonNull(inserted, "inserted");
    Bounds.checkRange(from, to, length());
    units.replace(from, to, inserted);
  }

  /**
   * Inserts text.
   *
   * @param position where it goes
   * @param inserted what is inserted; may be empty
   * @throws IndexOutOfBoundsException if {@code position} is outside the buffer, which is unchanged
   */
  public void insert(int position, String inserted) {
    replace(position, position, inserted);
  }

  /**
   * Removes a range.
   *
   * @param from the position of the first unit to remove
   * @param to the position behind the last unit to remove
   * @throws IndexOutOfBoundsException if not 0 &lt;= from &lt;= to &lt;= length; the buffer is
   *     unchanged
   */
  public void delete(int from, int to) {
    replace(from, to, "");
  }

  /**
   * Returns the content as a value. The buffer may be edited further.
   *
   * @return the content
   */
  public Text freeze() {
    return Text.of(units);
  }

  /**
   * Returns the content as a string.
   *
   * @return the content
   */
  @Override
  public String toString() {
    return units.toString();
  }
}
