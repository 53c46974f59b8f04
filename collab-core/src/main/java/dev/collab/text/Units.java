package dev.collab.text;

import java.nio.charset.StandardCharsets;

/** A sequence of UTF-16 code units that can be copied out by ranges. */
interface Units {

  /** Returns the number of units. */
  int length();

  /** Tells whether no unit of [from, to) is above 0xFF. */
  boolean isLatin(int from, int to);

  /** Copies [from, to), which must be Latin-1, to {@code target} from {@code at} on. */
  void copy(int from, int to, byte[] target, int at);

  /** Copies [from, to) to {@code target} from {@code at} on. */
  void copy(int from, int to, char[] target, int at);

  /** Returns [from, to) as a string. */
  default String string(int from, int to) {
    if (isLatin(from, to)) {
      byte[] latin = new byte[to - from];
      copy(from, to, latin, 0);
      return new String(latin, StandardCharsets.ISO_8859_1);
    }
    char[] wide = new char[to - from];
    copy(from, to, wide, 0);
    return new String(wide);
  }

  /** The units of a string. */
  record OfString(String string) implements Units {

    @Override
    public int length() {
      return string.length();
    }

    @Override
    public boolean isLatin(int from, int to) {
      for (int i = from; i < to; i++) {
        if (string.charAt(i) > 0xFF) {
          return false;
        }
      }
      return true;
    }

    @Override
    public void copy(int from, int to, byte[] target, int at) {
      for (int i = from; i < to; i++) {
        target[at + i - from] = (byte) string.charAt(i);
      }
    }

    @Override
    public void copy(int from, int to, char[] target, int at) {
      string.getChars(from, to, target, at);
    }
  }

  /** A range of other units, seen in place. */
  record Range(Units source, int start, int length) implements Units {

    @Override
    public boolean isLatin(int from, int to) {
      return source.isLatin(start + from, start + to);
    }

    @Override
    public void copy(int from, int to, byte[] target, int at) {
      source.copy(start + from, start + to, target, at);
    }

    @Override
    public void copy(int from, int to, char[] target, int at) {
      source.copy(start + from, start + to, target, at);
    }
  }
}
