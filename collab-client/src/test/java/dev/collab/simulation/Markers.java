package dev.collab.simulation;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Hands out characters, each one once in a world, so that what became of everything typed can be
 * told. One in three is astral.
 */
final class Markers {

  private static final int ASTRAL = 0x10000;
  private static final int LOW_SURROGATES = 0x400;

  private final RandomGenerator random;
  private final Set<Integer> used = new HashSet<>();
  private int latin = 'A';
  private int basic = 0x3400;
  private int astral = ASTRAL;

  Markers(RandomGenerator random) {
    this.random = random;
  }

  int next() {
    switch (random.nextInt(3)) {
      case 0 -> {
        while (!used.add(astral)) {
          astral++;
        }
        return astral;
      }
      case 1 -> {
        while (latin <= 0xFF) {
          int marker = latin++;
          if (Character.isLetter(marker) && used.add(marker)) {
            return marker;
          }
        }
      }
      default -> {}
    }
    used.add(basic);
    return basic++;
  }

  /** Returns a text of fresh markers. */
  String text(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.appendCodePoint(next());
    }
    return text.toString();
  }

  /** Returns a fresh astral marker that shares one half with another, the high one if possible. */
  int sibling(int marker, boolean sameHighHalf) {
    for (int i = 1; sameHighHalf && i < LOW_SURROGATES; i++) {
      int candidate = (marker & -LOW_SURROGATES) | ((marker + i) & (LOW_SURROGATES - 1));
      if (used.add(candidate)) {
        return candidate;
      }
    }
    int candidate = marker;
    do {
      candidate += LOW_SURROGATES;
    } while (!used.add(candidate));
    return candidate;
  }
}
