package dev.collab.text;

import java.util.Arrays;

/**
 * Units in one array with a gap at the place of the last edit, so that edits close to each other
 * move little. Bytes until the first unit above 0xFF, chars from then on. Confined.
 */
final class GapBuffer implements Units {

  private static final int FIRST_GAP = 256;
  private static final char[] NO_CHARS = new char[0];

  /** The units while {@link #isWide} is false. */
  private byte[] latin = new byte[0];

  /** The units while {@link #isWide} is true. */
  private char[] wide = NO_CHARS;

  private boolean isWide;

  /** The gap is [gapStart, gapEnd) of the array. */
  private int gapStart;

  private int gapEnd;
  private int length;

  /** Replaces the whole content by [from, to) of a source. */
  void load(Units source, int from, int to) {
    length = to - from;
    isWide = !source.isLatin(from, to);
    if (isWide) {
      latin = new byte[0];
      wide = new char[length + FIRST_GAP];
      source.copy(from, to, wide, 0);
    } else {
      wide = NO_CHARS;
      if (latin.length < length + FIRST_GAP) {
        latin = new byte[length + FIRST_GAP];
      }
      source.copy(from, to, latin, 0);
    }
    gapStart = length;
    gapEnd = capacity();
  }

  /** Removes the whole content but keeps the bytes' room. */
  void clear() {
    wide = NO_CHARS;
    isWide = false;
    length = 0;
    gapStart = 0;
    gapEnd = capacity();
  }

  @Override
  public int length() {
    return length;
  }

  char unit(int position) {
    int at = position < gapStart ? position : position + gapEnd - gapStart;
    return isWide ? wide[at] : (char) (latin[at] & 0xFF);
  }

  /** Replaces a range, which must lie within the content. */
  void replace(int from, int to, String inserted) {
    int count = inserted.length();
    moveGap(from, to);
    if (gapEnd - gapStart < count) {
      grow(count);
    }
    int at = gapStart;
    int done = 0;
    if (!isWide) {
      byte[] target = latin;
      for (; done < count; done++) {
        char unit = inserted.charAt(done);
        if (unit > 0xFF) {
          break;
        }
        target[at + done] = (byte) unit;
      }
    }
    if (done < count) {
      widen(at + done);
      inserted.getChars(done, count, wide, at + done);
    }
    gapStart = at + count;
    length += count;
  }

  /** Makes the gap begin at {@code from} and swallow [from, to). */
  private void moveGap(int from, int to) {
    int start = gapStart;
    int end = gapEnd;
    int behind = length - to;
    if (to < start) {
      shift(to, end - (start - to), start - to);
    } else if (from > start) {
      shift(end, start, from - start);
    }
    gapStart = from;
    gapEnd = capacity() - behind;
    length = from + behind;
  }

  private void shift(int from, int to, int count) {
    if (isWide) {
      System.arraycopy(wide, from, wide, to, count);
    } else {
      System.arraycopy(latin, from, latin, to, count);
    }
  }

  private int capacity() {
    return isWide ? wide.length : latin.length;
  }

  /** Makes the gap at least {@code count} wide. */
  private void grow(int count) {
    int old = capacity();
    int behind = old - gapEnd;
    int capacity = Math.max(length + count + FIRST_GAP, old + (old >> 1));
    if (isWide) {
      wide = Arrays.copyOf(wide, capacity);
    } else {
      latin = Arrays.copyOf(latin, capacity);
    }
    shift(gapEnd, capacity - behind, behind);
    gapEnd = capacity - behind;
  }

  /** Turns bytes into chars; the units before {@code used} and those behind the gap count. */
  private void widen(int used) {
    if (isWide) {
      return;
    }
    wide = new char[latin.length];
    for (int i = 0; i < used; i++) {
      wide[i] = (char) (latin[i] & 0xFF);
    }
    for (int i = gapEnd; i < latin.length; i++) {
      wide[i] = (char) (latin[i] & 0xFF);
    }
    latin = new byte[0];
    isWide = true;
  }

  @Override
  public boolean isLatin(int from, int to) {
    if (isWide) {
      for (int i = from; i < to; i++) {
        if (unit(i) > 0xFF) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public void copy(int from, int to, byte[] target, int at) {
    if (isWide) {
      for (int i = from; i < to; i++) {
        target[at + i - from] = (byte) unit(i);
      }
      return;
    }
    int before = Math.max(0, Math.min(to, gapStart) - from);
    System.arraycopy(latin, Math.min(from, gapStart), target, at, before);
    int rest = from + before + gapEnd - gapStart;
    System.arraycopy(latin, rest, target, at + before, to - from - before);
  }

  @Override
  public void copy(int from, int to, char[] target, int at) {
    if (!isWide) {
      for (int i = from; i < to; i++) {
        target[at + i - from] = unit(i);
      }
      return;
    }
    int before = Math.max(0, Math.min(to, gapStart) - from);
    System.arraycopy(wide, Math.min(from, gapStart), target, at, before);
    int rest = from + before + gapEnd - gapStart;
    System.arraycopy(wide, rest, target, at + before, to - from - before);
  }

  /** Throws an error unless the numbers fit each other; for tests. */
  void check() {
    if (gapStart < 0 || gapEnd < gapStart || length != capacity() - (gapEnd - gapStart)) {
      throw new AssertionError(
          "gap %d..%d of %d, length %d".formatted(gapStart, gapEnd, capacity(), length));
    }
  }
}
