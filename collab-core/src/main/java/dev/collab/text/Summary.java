package dev.collab.text;

/**
 * What is known of a run of units without reading it again: its newlines, its two hashes and
 * whether its surrogates pair up. Summaries of neighbours add up; see {@link Text#checksum} for the
 * hashes. Immutable and safe to publish by a race.
 */
final class Summary {

  private static final int HIGH_BASE = 0x85EBCA6B;
  private static final int HIGH_2 = power(HIGH_BASE, 2);
  private static final int HIGH_3 = power(HIGH_BASE, 3);
  private static final int HIGH_4 = power(HIGH_BASE, 4);

  private static final int LOW_BASE = 0x5BD1E993;
  private static final int LOW_2 = power(LOW_BASE, 2);
  private static final int LOW_3 = power(LOW_BASE, 3);
  private static final int LOW_4 = power(LOW_BASE, 4);

  private final int newlines;
  private final int high;
  private final int low;

  /** The bases to the power of the length. */
  private final int highPower;

  private final int lowPower;

  /** Whether the first unit is a low surrogate: its partner may end the run before. */
  private final boolean opensLow;

  /** Whether the last unit is a high surrogate: its partner may begin the run behind. */
  private final boolean closesHigh;

  /** Whether another surrogate is without a partner. */
  private final boolean isBroken;

  private Summary(
      int newlines,
      int high,
      int low,
      int highPower,
      int lowPower,
      boolean opensLow,
      boolean closesHigh,
      boolean isBroken) {
    this.newlines = newlines;
    this.high = high;
    this.low = low;
    this.highPower = highPower;
    this.lowPower = lowPower;
    this.opensLow = opensLow;
    this.closesHigh = closesHigh;
    this.isBroken = isBroken;
  }

  /** Reads a leaf: four units at a time, as far as the hashes go, to keep the multiplier busy. */
  static Summary of(Leaf leaf) {
    int length = leaf.length();
    int newlines = 0;
    int high = 0;
    int low = 0;
    int i = 0;
    for (; i <= length - 4; i += 4) {
      int a = leaf.unitAt(i) + 1;
      int b = leaf.unitAt(i + 1) + 1;
      int c = leaf.unitAt(i + 2) + 1;
      int d = leaf.unitAt(i + 3) + 1;
      newlines += newline(a) + newline(b) + newline(c) + newline(d);
      high = high * HIGH_4 + (a * HIGH_3 + b * HIGH_2) + (c * HIGH_BASE + d);
      low = low * LOW_4 + (a * LOW_3 + b * LOW_2) + (c * LOW_BASE + d);
    }
    for (; i < length; i++) {
      int a = leaf.unitAt(i) + 1;
      newlines += newline(a);
      high = high * HIGH_BASE + a;
      low = low * LOW_BASE + a;
    }
    boolean opensLow = length > 0 && Character.isLowSurrogate(leaf.unitAt(0));
    boolean closesHigh = length > 0 && Character.isHighSurrogate(leaf.unitAt(length - 1));
    return new Summary(
        newlines,
        high,
        low,
        power(HIGH_BASE, length),
        power(LOW_BASE, length),
        opensLow,
        closesHigh,
        !leaf.isLatin(0, length) && isBroken(leaf));
  }

  private static int newline(int unitPlusOne) {
    return unitPlusOne == '\n' + 1 ? 1 : 0;
  }

  private static int power(int base, int exponent) {
    int power = 1;
    int square = base;
    for (int rest = exponent; rest > 0; rest >>= 1) {
      if ((rest & 1) != 0) {
        power *= square;
      }
      square *= square;
    }
    return power;
  }

  private static boolean isBroken(Leaf leaf) {
    boolean broken = false;
    boolean open = Character.isHighSurrogate(leaf.unitAt(0));
    for (int i = 1; i < leaf.length(); i++) {
      char unit = leaf.unitAt(i);
      broken |= open != Character.isLowSurrogate(unit);
      open = Character.isHighSurrogate(unit);
    }
    return broken;
  }

  /** Returns the summary of this run and the one behind it, neither of them empty. */
  Summary plus(Summary behind) {
    return new Summary(
        newlines + behind.newlines,
        high * behind.highPower + behind.high,
        low * behind.lowPower + behind.low,
        highPower * behind.highPower,
        lowPower * behind.lowPower,
        opensLow,
        behind.closesHigh,
        isBroken || behind.isBroken || closesHigh != behind.opensLow);
  }

  int newlines() {
    return newlines;
  }

  long checksum() {
    return ((long) high << 32) | (low & 0xFFFF_FFFFL);
  }

  boolean isWellFormed() {
    return !(opensLow || closesHigh || isBroken);
  }
}
