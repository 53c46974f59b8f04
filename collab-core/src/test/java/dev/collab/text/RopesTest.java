package dev.collab.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shape of the rope, at and around its limits. */
class RopesTest {

  private static final int MAX = Leaf.MAX_LENGTH;
  private static final int MIN = Leaf.MIN_LENGTH;

  @Test
  void build_anyLength_isSoundAndComplete() {
    for (int length :
        new int[] {0, 1, MAX - 1, MAX, MAX + 1, 2 * MAX, 48 * MAX, 49 * MAX, 1 << 22}) {
      String content = pattern(length);
      Node rope = rope(content);
      rope.check();
      assertThat(rope.length()).isEqualTo(length);
      assertThat(rope.string(0, length)).isEqualTo(content);
    }
  }

  @Test
  void replace_leafAtItsLimit_splitsOneUnitLater() {
    Node full = rope(pattern(MAX - 1)).replace(5, 5, new Units.OfString("x"));
    assertThat(full.height()).isZero();
    Node split = full.replace(5, 5, new Units.OfString("x"));
    split.check();
    assertThat(split.height()).isEqualTo(1);
    assertThat(split.replace(5, 7, new Units.OfString("")).length()).isEqualTo(MAX - 1);
  }

  @Test
  void replace_leafBelowItsMinimum_mergesOrTakesFromItsNeighbour() {
    for (int neighbour : new int[] {MIN, MAX - MIN + 1, MAX - MIN + 2, MAX}) {
      Node left = rope(pattern(MIN));
      Node right = rope(pattern(neighbour));
      for (Node rope : new Node[] {Ropes.join(left, right), Ropes.join(right, left)}) {
        rope.check();
        assertThat(rope.height()).isEqualTo(1);
        int inLeft = rope.length() - 1;
        Node shrunk = rope.replace(0, 1, new Units.OfString(""));
        Node shrunkBehind = rope.replace(inLeft, inLeft + 1, new Units.OfString(""));
        shrunk.check();
        shrunkBehind.check();
        String content = rope.string(0, rope.length());
        assertThat(shrunk.string(0, shrunk.length())).isEqualTo(content.substring(1));
        assertThat(shrunkBehind.string(0, inLeft)).isEqualTo(content.substring(0, inLeft));
      }
    }
  }

  @Test
  void join_anyHeights_isSoundAndComplete() {
    int[] lengths = {0, 1, MIN - 1, MIN, MAX, MAX + 1, 20 * MAX, 60 * MAX, 2_000 * MAX};
    for (int first : lengths) {
      for (int second : lengths) {
        Node joined = Ropes.join(rope(pattern(first)), rope(pattern(second)));
        joined.check();
        assertThat(joined.length()).isEqualTo(first + second);
        assertThat(joined.string(0, joined.length()).equals(pattern(first) + pattern(second)))
            .as("join of %d and %d", first, second)
            .isTrue();
      }
    }
  }

  @Test
  void prefixAndSuffix_everyCutOfATallRope_areSound() {
    String content = pattern(70 * MAX);
    Node rope = rope(content);
    for (int cut = 0; cut <= content.length(); cut += 97) {
      Node prefix = rope.prefix(cut);
      Node suffix = rope.suffix(cut);
      prefix.check();
      suffix.check();
      assertThat(prefix.length()).isEqualTo(cut);
      assertThat(suffix.length()).isEqualTo(content.length() - cut);
      Node whole = Ropes.join(prefix, suffix);
      whole.check();
      assertThat(whole.string(0, whole.length()).equals(content)).isTrue();
    }
  }

  @Test
  void lines_everyPositionOfSeveralLeaves_agreeWithCounting() {
    String content = pattern(5 * MAX).replace(' ', '\n');
    Text text = Text.of(content);
    int line = 0;
    int start = 0;
    for (int offset = 0; offset <= content.length(); offset++) {
      assertThat(text.positionAt(offset)).isEqualTo(new TextPosition(line, offset - start));
      assertThat(text.lineStart(line)).isEqualTo(start);
      if (offset < content.length() && content.charAt(offset) == '\n') {
        assertThat(text.offsetAt(new TextPosition(line, offset - start))).isEqualTo(offset);
        line++;
        start = offset + 1;
      }
    }
    assertThat(text.lineCount()).isEqualTo(line + 1);
  }

  @Test
  void latin_wideUnitRemovedByACut_isCompactAgain() {
    Node rope = rope("a".repeat(3 * MAX) + "я" + "a".repeat(3 * MAX));
    assertThat(rope.isLatin(0, 3 * MAX)).isTrue();
    assertThat(rope.isLatin(0, rope.length())).isFalse();
    Node without = Ropes.join(rope.prefix(3 * MAX), rope.suffix(3 * MAX + 1));
    assertThat(without.isLatin(0, without.length())).isTrue();
  }

  /** A tree that decays would grow tall or thin, or break its invariants, somewhere on the way. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void replace_manyTinyEdits_keepsTheTreeSound(long seed) {
    Random random = new Random(seed);
    StringBuilder model = new StringBuilder(pattern(60_000));
    Text text = Text.of(model);
    for (int i = 0; i < 200_000; i++) {
      int from = random.nextInt(model.length() + 1);
      boolean grows = i / 20_000 % 2 == 0;
      int to = Math.min(model.length(), from + (grows ? random.nextInt(2) : random.nextInt(4)));
      String inserted = grows ? "ab" : random.nextInt(50) == 0 ? "я" : "";
      model.replace(from, to, inserted);
      text = text.replace(from, to, inserted);
      if (i % 1_000 == 0) {
        text.root().check();
        assertThat(text.checksum()).isEqualTo(NaiveText.checksum(model.toString()));
      }
    }
    text.root().check();
    assertThat(text.toString()).isEqualTo(model.toString());
  }

  @Test
  void replace_typedAtTheEnd_keepsTheTreeLow() {
    Text text = Text.empty();
    for (int i = 0; i < 100_000; i++) {
      text = text.replace(i, i, "x");
    }
    text.root().check();
    assertThat(text.root().height()).isLessThanOrEqualTo(2);
    assertThat(text.length()).isEqualTo(100_000);
  }

  private static Node rope(String content) {
    return Ropes.build(new Units.OfString(content));
  }

  /** Content in which every stretch is different. */
  private static String pattern(int length) {
    StringBuilder pattern = new StringBuilder(length + 8);
    for (int i = 0; pattern.length() < length; i++) {
      pattern.append(i).append(i % 7 == 0 ? '\n' : ' ');
    }
    pattern.setLength(length);
    return pattern.toString();
  }
}
