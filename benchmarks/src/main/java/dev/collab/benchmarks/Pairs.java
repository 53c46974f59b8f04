package dev.collab.benchmarks;

import dev.collab.operation.Side;
import dev.collab.text.TextOperation;
import java.util.random.RandomGenerator;

/**
 * Pairs of operations with k edits each, to transform and to compose, used in turn: with one pair
 * alone the processor would learn the outcome of every comparison by heart. Confined.
 */
final class Pairs {

  private static final int COUNT = 64;

  private final TextOperation[] first;
  private final TextOperation[] second;
  private int next;

  Pairs(int sites) {
    RandomGenerator random = Generated.random();
    first = Generated.scattered(sites, COUNT, random);
    second = Generated.scattered(sites, COUNT, random);
  }

  /** Transforms the first operation of a pair over the second. */
  TextOperation transform(Side side) {
    int i = turn();
    return first[i].transform(second[i], side);
  }

  /** Composes a pair. */
  TextOperation compose() {
    int i = turn();
    return first[i].compose(second[i]);
  }

  private int turn() {
    return next++ & (COUNT - 1);
  }
}
