package dev.collab.benchmarks;

import dev.collab.text.Text;
import dev.collab.text.TextBuffer;
import java.util.random.RandomGenerator;

/**
 * Single edits at random places of a text: in turn one unit is inserted and one removed, so that
 * the length stays. The text is ASCII. Confined.
 */
final class RandomEdits {

  /** How many edits one call makes. */
  static final int EDITS = 2;

  private static final int PLACES = 1 << 16;

  private final int[] places = new int[PLACES];
  private int next;

  private Text text;
  private final TextBuffer buffer;
  private final StringBuilder builder;

  RandomEdits(int length) {
    RandomGenerator random = Generated.random();
    String content = Generated.text(length, random);
    for (int i = 0; i < PLACES; i++) {
      places[i] = random.nextInt(length);
    }
    text = Text.of(content);
    buffer = TextBuffer.of(text);
    builder = new StringBuilder(content);
  }

  private int place() {
    return places[next++ & (PLACES - 1)];
  }

  /** Inserts a unit and removes another one. */
  int editText() {
    int place = place();
    text = text.replace(place, place, "x");
    place = place();
    text = text.replace(place, place + 1, "");
    return text.length();
  }

  /** Inserts a unit and removes another one. */
  int editBuffer() {
    buffer.insert(place(), "x");
    int place = place();
    buffer.delete(place, place + 1);
    return buffer.length();
  }

  /** Inserts a unit and removes another one. */
  int editStringBuilder() {
    builder.insert(place(), "x");
    int place = place();
    builder.delete(place, place + 1);
    return builder.length();
  }
}
