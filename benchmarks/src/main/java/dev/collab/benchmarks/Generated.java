package dev.collab.benchmarks;

import dev.collab.text.TextOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Made-up texts and operations, the same ones in every run. */
final class Generated {

  private static final int LINE = 64;

  private Generated() {}

  /** Returns a source of random numbers. */
  static RandomGenerator random() {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(7);
  }

  /** Returns lines of lower case letters. */
  static String text(int length, RandomGenerator random) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 1; i <= length; i++) {
      text.append(i % LINE == 0 ? '\n' : letter(random));
    }
    return text.toString();
  }

  /**
   * Returns an operation with {@code sites} edits, each behind 1 to 40 units that stay: with equal
   * chances an insertion or a deletion, of 1 to 3 units.
   */
  static TextOperation scattered(int sites, RandomGenerator random) {
    TextOperation.Builder operation = TextOperation.builder();
    for (int i = 0; i < sites; i++) {
      operation.retain(random.nextInt(1, 41));
      int length = random.nextInt(1, 4);
      if (random.nextBoolean()) {
        operation.insert(text(length, random));
      } else {
        operation.delete(length);
      }
    }
    return operation.build();
  }

  /** Returns {@code count} such operations. */
  static TextOperation[] scattered(int sites, int count, RandomGenerator random) {
    TextOperation[] operations = new TextOperation[count];
    for (int i = 0; i < count; i++) {
      operations[i] = scattered(sites, random);
    }
    return operations;
  }

  /**
   * Returns edits of one unit each, one after the other, at random places of a text that has {@code
   * length} units at first: three insertions to two deletions.
   */
  static List<TextOperation> history(int edits, int length, RandomGenerator random) {
    List<TextOperation> history = new ArrayList<>(edits);
    int now = length;
    for (int i = 0; i < edits; i++) {
      boolean inserts = now == 0 || random.nextInt(5) < 3;
      int position = random.nextInt(inserts ? now + 1 : now);
      history.add(
          inserts
              ? TextOperation.insert(position, String.valueOf(letter(random)))
              : TextOperation.delete(position, 1));
      now += inserts ? 1 : -1;
    }
    return List.copyOf(history);
  }

  static char letter(RandomGenerator random) {
    return (char) ('a' + random.nextInt(26));
  }
}
