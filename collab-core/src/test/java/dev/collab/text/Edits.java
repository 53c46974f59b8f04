package dev.collab.text;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random edits for properties: mostly small ones, some that span leaves and the whole window. */
final class Edits {

  /** Pieces with newlines, surrogate pairs whole and halved, and units on either side of 0xFF. */
  private static final List<String> PIECES =
      List.of(
          "a", "b c", "\n", "\r\n", "\u00e9\u00ff", "\u0100", "\u044f", "😀", "\ud83d", "\ude00");

  /** An edit whose place is a fraction of a text of any length. */
  record Edit(double place, int removed, String inserted) {

    int from(int length) {
      return (int) (place * length);
    }

    int to(int length) {
      return Math.min(length, from(length) + removed);
    }
  }

  private Edits() {}

  static Arbitrary<String> content() {
    Arbitrary<String> small =
        Arbitraries.of(PIECES).list().ofMaxSize(6).map(pieces -> String.join("", pieces));
    Arbitrary<String> large =
        Combinators.combine(Arbitraries.of(PIECES), Arbitraries.integers().between(1, 7_000))
            .as(String::repeat);
    return Arbitraries.frequencyOf(Tuple.of(6, small), Tuple.of(1, large));
  }

  static Arbitrary<List<Edit>> edits() {
    Arbitrary<Double> place = Arbitraries.doubles().between(0, 1);
    Arbitrary<Integer> removed =
        Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.integers().between(0, 3)),
            Tuple.of(1, Arbitraries.integers().between(0, 9_000)));
    return Combinators.combine(place, removed, content()).as(Edit::new).list().ofMaxSize(40);
  }
}
