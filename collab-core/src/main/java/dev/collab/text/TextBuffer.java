package dev.collab.text;

import static java.util.Objects.requireNonNull;

/**
 * A text that is edited in place: the mutable twin of {@link Text}, for many edits in a row.
 *
 * <p>Edits close to each other cost little more than the units they insert. An edit far from the
 * one before costs O(log n), like {@link Text#replace}. {@link #freeze} costs what a single edit of
 * all that lies between the first and the last place edited since the freeze before would cost, and
 * at most that of 64 Ki units, but not more for a longer text; so freezing after every edit is
 * fine, and freezing an unchanged buffer is free.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @since 0.1
 */
public final class TextBuffer {

  /*
   * The content is a rope of which one stretch, the window, has been copied to a gap buffer and is
   * edited there. Where an edit misses the window, what was changed in it goes back to the rope,
   * and the window moves. The window is as large as it has paid for: edits that hit it or come
   * close earn a credit each, and each credit buys a few KiB of copying. So typing here and there
   * in a document of ordinary size soon goes on in one gap buffer, whereas edits all over a large
   * document go straight to the rope and copy nothing but their path.
   *
   * `changedFrom` and `unchangedTail` bound what differs between window and rope. A freeze brings
   * only that much to the rope and leaves the window where it is.
   */

  /** The most units the window may grow to. */
  private static final int MAX_WINDOW = 1 << 16;

  /** Units on either side of an edit that a credit buys. */
  private static final int REACH_PER_CREDIT = 2048;

  /** The most credits that may be spent at once. */
  private static final int MAX_CREDIT = 8;

  /** How close to the window an edit that misses it earns a credit. */
  private static final int NEAR = 4096;

  /** The content but for the changes in the window. */
  private Node rope;

  /** What stands instead of {@link #replaced} units of the rope from {@link #windowStart} on. */
  private final GapBuffer window = new GapBuffer();

  private int windowStart;
  private int replaced;

  /** How many units at the window's start are as in the rope; above its length if all are. */
  private int changedFrom = Integer.MAX_VALUE;

  /** How many units at the window's end are as in the rope; above its length if all are. */
  private int unchangedTail = Integer.MAX_VALUE;

  private int credit;

  /** Creates an empty buffer. */
  public TextBuffer() {
    this(Leaf.EMPTY);
  }

  private TextBuffer(Node rope) {
    this.rope = rope;
  }

  /**
   * Returns a buffer that starts with the content of a text, in O(1).
   *
   * @param text the first content; it is not changed
   * @return a new buffer
   */
  public static TextBuffer of(Text text) {
    return new TextBuffer(requireNonNull(text, "text").root());
  }

  /**
   * Returns the number of UTF-16 code units.
   *
   * @return the length
   */
  public int length() {
    return rope.length() - replaced + window.length();
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
    int at = index - windowStart;
    if (at >= 0 && at < window.length()) {
      return window.unit(at);
    }
    return rope.unit(at < 0 ? index : index - window.length() + replaced);
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
    if (from >= windowStart && to - windowStart <= window.length()) {
      return window.string(from - windowStart, to - windowStart);
    }
    if (to > windowStart) {
      flush();
    }
    return rope.string(from, to);
  }

  /**
   * Replaces a range.
   *
   * @param from the position of the first unit to remove
   * @param to the position behind the last unit to remove
   * @param inserted what stands there instead; may be empty
   * @throws IndexOutOfBoundsException if not 0 &lt;= from &lt;= to &lt;= length; the buffer is
   *     unchanged
   * @throws IllegalArgumentException if the text would be longer than {@link Integer#MAX_VALUE};
   *     the buffer is unchanged
   */
  public void replace(int from, int to, String inserted) {
    requireNonNull(inserted, "inserted");
    int length = length();
    Bounds.checkRange(from, to, length);
    Bounds.checkGrowth(length, to - from, inserted.length());
    int start = from - windowStart;
    int end = to - windowStart;
    int size = window.length();
    if (start >= 0 && end <= size && size + inserted.length() <= MAX_WINDOW) {
      credit = Math.min(credit + 1, MAX_CREDIT);
      replaceInWindow(start, end, inserted);
    } else {
      replaceOutside(from, to, inserted);
    }
  }

  /**
   * Inserts text.
   *
   * @param position where it goes
   * @param inserted what is inserted; may be empty
   * @throws IndexOutOfBoundsException if {@code position} is outside the buffer, which is unchanged
   * @throws IllegalArgumentException if the text would be longer than {@link Integer#MAX_VALUE};
   *     the buffer is unchanged
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
    flush();
    return new Text(rope);
  }

  /**
   * Returns the content as a string.
   *
   * @return the content
   */
  @Override
  public String toString() {
    flush();
    return rope.string(0, rope.length());
  }

  private void replaceInWindow(int start, int end, String inserted) {
    if (start < changedFrom) {
      changedFrom = start;
    }
    int tail = window.length() - end;
    if (tail < unchangedTail) {
      unchangedTail = tail;
    }
    window.replace(start, end, inserted);
  }

  private void replaceOutside(int from, int to, String inserted) {
    boolean isNear = from >= windowStart - NEAR && to - windowStart <= window.length() + NEAR;
    int reach = Math.min(isNear ? credit + 1 : credit, MAX_CREDIT) * REACH_PER_CREDIT;
    flush();
    int start = Math.max(0, Math.min(from - reach, rope.length() - 2 * reach));
    int end = Math.max(to, Math.min(rope.length(), start + 2 * reach));
    if (reach > 0 && end - start + (long) inserted.length() <= MAX_WINDOW) {
      credit = 0;
      window.load(rope, start, end);
      placeWindow(start);
      replaceInWindow(from - start, to - start, inserted);
    } else {
      credit = isNear ? 1 : 0;
      rope = rope.replace(from, to, new Units.OfString(inserted));
      window.clear();
      placeWindow(from + inserted.length());
    }
  }

  private void placeWindow(int start) {
    windowStart = start;
    replaced = window.length();
    changedFrom = Integer.MAX_VALUE;
    unchangedTail = Integer.MAX_VALUE;
  }

  /** Brings what the window changed to the rope. */
  private void flush() {
    if (changedFrom == Integer.MAX_VALUE) {
      return;
    }
    int changed = window.length() - unchangedTail - changedFrom;
    rope =
        rope.replace(
            windowStart + changedFrom,
            windowStart + replaced - unchangedTail,
            new Units.Range(window, changedFrom, changed));
    placeWindow(windowStart);
  }

  /** Throws an error unless rope and window are sound and fit each other; for tests. */
  void checkInvariants() {
    rope.check();
    window.check();
    if (windowStart < 0
        || replaced < 0
        || windowStart + replaced > rope.length()
        || window.length() > MAX_WINDOW) {
      throw new AssertionError(
          "window of %d units for %d..%d of %d"
              .formatted(window.length(), windowStart, windowStart + replaced, rope.length()));
    }
  }
}
