package dev.collab.text;

import static java.util.Objects.requireNonNull;

/**
 * A text: a sequence of UTF-16 code units. Positions lie between units, from 0 to {@link #length};
 * ranges are [from, to). Nothing forbids a lone surrogate, see {@link #isWellFormed}.
 *
 * <p>A text is a balanced tree of small runs (a rope). Texts made from each other by edits share
 * all runs that the edits did not touch, so keeping an old one is cheap. With n the length, {@link
 * #replace} and {@link #subSequence} take O(log n) plus the inserted length, {@link #charAt} takes
 * O(log n). Lines, {@link #checksum} and {@link #isWellFormed} are computed when first asked for,
 * run by run, and the results are shared in the same way: O(n) on a fresh text, O(log n) on one
 * that differs by a small edit from one that has answered before. A unit takes one byte in runs
 * without units above 0xFF, otherwise two.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class Text implements CharSequence {

  private static final Text EMPTY = new Text(Leaf.EMPTY);

  private final Node root;

  /** Wraps a rope. */
  Text(Node root) {
    this.root = root;
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
   * @param content the content; it is copied unless it is a text itself
   * @return the text
   */
  public static Text of(CharSequence content) {
    requireNonNull(content, "content");
    return content instanceof Text text
        ? text
        : new Text(Ropes.build(new Units.OfString(content.toString())));
  }

  /** Returns the rope. */
  Node root() {
    return root;
  }

  @Override
  public int length() {
    return root.length();
  }

  @Override
  public char charAt(int index) {
    Bounds.checkIndex(index, length());
    return root.unit(index);
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
    return root.string(from, to);
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
    Bounds.checkRange(from, to, length());
    return new Text(root.prefix(to).suffix(from));
  }

  /**
   * Returns this text with a range replaced.
   *
   * @param from the position of the first unit to remove
   * @param to the position behind the last unit to remove
   * @param inserted what stands there instead; may be empty
   * @return the text after
   * @throws IndexOutOfBoundsException if not 0 &lt;= from &lt;= to &lt;= length
   * @throws IllegalArgumentException if the text would be longer than {@link Integer#MAX_VALUE}
   */
  public Text replace(int from, int to, String inserted) {
    requireNonNull(inserted, "inserted");
    Bounds.checkRange(from, to, length());
    Bounds.checkGrowth(length(), to - from, inserted.length());
    return from == to && inserted.isEmpty()
        ? this
        : new Text(root.replace(from, to, new Units.OfString(inserted)));
  }

  /**
   * Returns the number of lines: one more than there are {@code "\n"}.
   *
   * @return the number of lines, 1 or more
   */
  public int lineCount() {
    return root.summary().newlines() + 1;
  }

  /**
   * Returns where a line starts.
   *
   * @param line the line, from 0
   * @return the position of its first unit
   * @throws IndexOutOfBoundsException if there is no such line
   */
  public int lineStart(int line) {
    if (line < 0 || line >= lineCount()) {
      throw new IndexOutOfBoundsException("line " + line + " is outside 0.." + (lineCount() - 1));
    }
    return line == 0 ? 0 : root.behindNewline(line - 1);
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
    int line = root.newlinesBefore(offset);
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
    boolean isLast = position.line() == lineCount() - 1;
    int width = (isLast ? length() : root.behindNewline(position.line()) - 1) - start;
    if (position.column() > width) {
      throw new IndexOutOfBoundsException(
          "column " + position.column() + " is outside 0.." + width);
    }
    return start + position.column();
  }

  /**
   * Returns a 64-bit hash of the content. It depends on the units alone, not on how the text was
   * made.
   *
   * <p>Its high and its low half are two hashes h over the units u(0) … u(n-1), each the sum of
   * (u(i) + 1) · B^(n-1-i) modulo 2^32, with B = 0x85EBCA6B for the high and B = 0x5BD1E993 for the
   * low half. That is: start with h = 0 and for each unit let h = h · B + u + 1; in JavaScript
   * {@code h = (Math.imul(h, B) + u + 1) | 0}. For two runs, h(xy) = h(x) · B^length(y) + h(y).
   *
   * <p>Equal texts have equal checksums. The reverse holds but for accidents: the hash finds
   * replicas that drifted apart, it does not withstand an attacker.
   *
   * @return the checksum; 0 for the empty text
   */
  public long checksum() {
    return root.summary().checksum();
  }

  /**
   * Tells whether every surrogate is part of a pair.
   *
   * @return whether the content is well-formed UTF-16
   */
  public boolean isWellFormed() {
    return root.summary().isWellFormed();
  }

  /**
   * Returns a buffer that starts with this content, in O(1). Changes to it do not touch this text.
   *
   * @return a new buffer
   */
  public TextBuffer toBuffer() {
    return TextBuffer.of(this);
  }

  /**
   * Compares by content.
   *
   * @param other anything
   * @return whether {@code other} is a text with the same units
   */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof Text text
            && length() == text.length()
            && root.isFoundIn(text.root, 0));
  }

  /**
   * Returns a hash of the content, made from the checksum.
   *
   * @return the hash
   */
  @Override
  public int hashCode() {
    return Long.hashCode(checksum());
  }

  /**
   * Returns the content as a string, which is not kept.
   *
   * @return the content
   */
  @Override
  public String toString() {
    return root.string(0, length());
  }
}
