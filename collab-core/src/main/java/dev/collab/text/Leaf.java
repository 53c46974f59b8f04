package dev.collab.text;

import java.util.Arrays;

/** A run of units in one array that never changes: bytes while they suffice, chars otherwise. */
abstract sealed class Leaf extends Node {

  /** The most units of a leaf: 4 KiB of chars. */
  static final int MAX_LENGTH = 2048;

  /** The fewest units of a leaf below the root; far from the half so that edits do not flutter. */
  static final int MIN_LENGTH = MAX_LENGTH / 4;

  static final Leaf EMPTY = new Latin(new byte[0]);

  private Leaf(int length) {
    super(length, 0);
  }

  /** Returns a leaf of [from, to) of the source. */
  static Leaf of(Units source, int from, int to) {
    if (source.isLatin(from, to)) {
      byte[] units = new byte[to - from];
      source.copy(from, to, units, 0);
      return new Latin(units);
    }
    char[] units = new char[to - from];
    source.copy(from, to, units, 0);
    return new Wide(units);
  }

  /** Joins two leaves: to one if that is allowed and useful, else to two that are filled. */
  static Node join(Leaf left, Leaf right) {
    if (left.isFilled() && right.isFilled()) {
      return Branch.of(left, right);
    }
    int total = left.length() + right.length();
    if (total <= MAX_LENGTH) {
      return left.splice(left.length(), left.length(), right);
    }
    int half = total / 2;
    if (left.length() > half) {
      return Branch.of(left.prefix(half), right.splice(0, 0, left.suffix(half)));
    }
    int moved = half - left.length();
    return Branch.of(
        left.splice(left.length(), left.length(), right.prefix(moved)), right.suffix(moved));
  }

  abstract char unitAt(int position);

  /** Returns a leaf with [from, to) replaced, whatever its length. */
  abstract Leaf splice(int from, int to, Units inserted);

  @Override
  final boolean isFilled() {
    return length() >= MIN_LENGTH;
  }

  @Override
  final Summary summarise() {
    return Summary.of(this);
  }

  @Override
  final Leaf prefix(int end) {
    return end == length() ? this : end == 0 ? EMPTY : of(this, 0, end);
  }

  @Override
  final Leaf suffix(int start) {
    return start == 0 ? this : start == length() ? EMPTY : of(this, start, length());
  }

  @Override
  final Node replace(int from, int to, Units inserted) {
    return length() - (to - from) + inserted.length() <= MAX_LENGTH
        ? splice(from, to, inserted)
        : super.replace(from, to, inserted);
  }

  @Override
  final int newlinesBefore(int position) {
    int count = 0;
    for (int i = 0; i < position; i++) {
      if (unitAt(i) == '\n') {
        count++;
      }
    }
    return count;
  }

  @Override
  final int behindNewline(int newlinesBefore) {
    int position = 0;
    for (int left = newlinesBefore; left >= 0; position++) {
      if (unitAt(position) == '\n') {
        left--;
      }
    }
    return position;
  }

  @Override
  boolean matches(int at, Leaf leaf, int from, int to) {
    for (int i = from; i < to; i++) {
      if (unitAt(at + i - from) != leaf.unitAt(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  final boolean isFoundIn(Node other, int at) {
    return other.matches(at, this, 0, length());
  }

  @Override
  final void check() {
    if (length() > MAX_LENGTH) {
      throw new AssertionError("leaf of " + length() + " units, at most " + MAX_LENGTH);
    }
  }

  /** Writes this leaf without [from, to), with room for {@code inserted}, as chars. */
  final char[] wideSplice(int from, int to, Units inserted) {
    char[] spliced = new char[length() - (to - from) + inserted.length()];
    copy(0, from, spliced, 0);
    inserted.copy(0, inserted.length(), spliced, from);
    copy(to, length(), spliced, from + inserted.length());
    return spliced;
  }

  /** Units up to 0xFF. */
  private static final class Latin extends Leaf {

    private final byte[] units;

    Latin(byte[] units) {
      super(units.length);
      this.units = units;
    }

    @Override
    char unitAt(int position) {
      return (char) (units[position] & 0xFF);
    }

    @Override
    public boolean isLatin(int from, int to) {
      return true;
    }

    @Override
    public void copy(int from, int to, byte[] target, int at) {
      System.arraycopy(units, from, target, at, to - from);
    }

    @Override
    public void copy(int from, int to, char[] target, int at) {
      for (int i = from; i < to; i++) {
        target[at + i - from] = (char) (units[i] & 0xFF);
      }
    }

    @Override
    Leaf splice(int from, int to, Units inserted) {
      int count = inserted.length();
      if (!inserted.isLatin(0, count)) {
        return new Wide(wideSplice(from, to, inserted));
      }
      byte[] spliced = new byte[units.length - (to - from) + count];
      System.arraycopy(units, 0, spliced, 0, from);
      inserted.copy(0, count, spliced, from);
      System.arraycopy(units, to, spliced, from + count, units.length - to);
      return new Latin(spliced);
    }

    @Override
    boolean matches(int at, Leaf leaf, int from, int to) {
      return leaf instanceof Latin other
          ? Arrays.equals(units, at, at + to - from, other.units, from, to)
          : super.matches(at, leaf, from, to);
    }
  }

  /** Units of which some are above 0xFF, or were when the leaf was last cut. */
  private static final class Wide extends Leaf {

    private final char[] units;

    Wide(char[] units) {
      super(units.length);
      this.units = units;
    }

    @Override
    char unitAt(int position) {
      return units[position];
    }

    @Override
    public boolean isLatin(int from, int to) {
      for (int i = from; i < to; i++) {
        if (units[i] > 0xFF) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void copy(int from, int to, byte[] target, int at) {
      for (int i = from; i < to; i++) {
        target[at + i - from] = (byte) units[i];
      }
    }

    @Override
    public void copy(int from, int to, char[] target, int at) {
      System.arraycopy(units, from, target, at, to - from);
    }

    @Override
    Leaf splice(int from, int to, Units inserted) {
      return new Wide(wideSplice(from, to, inserted));
    }

    @Override
    boolean matches(int at, Leaf leaf, int from, int to) {
      return leaf instanceof Wide other
          ? Arrays.equals(units, at, at + to - from, other.units, from, to)
          : super.matches(at, leaf, from, to);
    }
  }
}
