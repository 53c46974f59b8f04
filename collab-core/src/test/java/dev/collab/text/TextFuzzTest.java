package dev.collab.text;

import static dev.collab.text.TextScope.form;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.operation.Side;
import dev.collab.operation.TransformPair;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Long random runs against the oracle. A failure names its seed: {@code -Dcollab.seed=N} runs that
 * one alone, {@code -Dcollab.rounds=N} runs N seeds of each kind instead of the usual few.
 */
class TextFuzzTest {

  private static final String[] CHARACTERS = {
    "a", "b", "c", "d", "e", " ", "\n", "\r\n", "é", "e\u0301", "漢", "😀", "𝒳", "🏽", "\u2028"
  };

  @Test
  void branches_randomHistories_convergeAsTheOracleSays() {
    forEachSeed(4_000, TextFuzzTest::mergeTwoBranches);
  }

  @Test
  void compose_randomHistories_inAnyGrouping_equalsTheOracle() {
    forEachSeed(10_000, TextFuzzTest::composeInAnyGrouping);
  }

  @Test
  void applyTo_randomHistories_textAndBufferEqualAString() {
    forEachSeed(300, TextFuzzTest::applyLongHistory);
  }

  @Test
  void diff_randomTexts_leadsFromOneToTheOther() {
    forEachSeed(10_000, TextFuzzTest::diffTwoTexts);
  }

  private static void forEachSeed(int usualRounds, Consumer<SplittableRandom> round) {
    Long only = Long.getLong("collab.seed");
    long rounds = Long.getLong("collab.rounds", usualRounds);
    for (long seed = only == null ? 0 : only; seed < (only == null ? rounds : only + 1); seed++) {
      try {
        round.accept(new SplittableRandom(seed));
      } catch (Throwable e) {
        throw new AssertionError("failed with -Dcollab.seed=" + seed + ": " + e.getMessage(), e);
      }
    }
  }

  /** The grid of two branches, every cell against the oracle. */
  private static void mergeTwoBranches(SplittableRandom random) {
    String base = text(random, random.nextInt(4) == 0 ? 600 : 12);
    List<TextOperation> ours = history(random, base, 1 + random.nextInt(5));
    List<TextOperation> theirs = history(random, base, 1 + random.nextInt(25));
    String server = apply(theirs, base);
    String mine = apply(ours, base);
    List<TextOperation> committed = theirs;
    for (TextOperation our : ours) {
      NaiveOperation naive = NaiveOperation.of(our);
      TextOperation moved = our;
      List<TextOperation> next = new ArrayList<>();
      for (TextOperation their : committed) {
        TransformPair<TextOperation> pair = TextType.TEXT.transformPair(moved, their);
        NaiveOperation naiveTheir = NaiveOperation.of(their);
        assertThat(form(pair.right()))
            .isEqualTo(naiveTheir.transform(naive, Side.RIGHT).toString());
        naive = naive.transform(naiveTheir, Side.LEFT);
        assertThat(form(pair.left())).isEqualTo(naive.toString());
        moved = pair.left();
        next.add(pair.right());
      }
      assertThat(TextType.TEXT.transformPast(our, committed, Side.LEFT)).isEqualTo(moved);
      server = moved.applyTo(server);
      committed = next;
    }
    assertThat(apply(committed, mine)).isEqualTo(server);
    assertThat(TextScope.isWellFormed(server)).isTrue();
    TextOperation late = ours.get(0);
    TextOperation expected = late;
    for (TextOperation their : theirs) {
      expected = expected.transform(their, Side.RIGHT);
    }
    assertThat(TextType.TEXT.transformPast(late, theirs, Side.RIGHT)).isEqualTo(expected);
  }

  private static void composeInAnyGrouping(SplittableRandom random) {
    String base = text(random, random.nextInt(4) == 0 ? 600 : 12);
    List<TextOperation> history = history(random, base, 2 + random.nextInt(12));
    NaiveOperation naive = NaiveOperation.of(history.get(0));
    for (TextOperation next : history.subList(1, history.size())) {
      naive = naive.compose(NaiveOperation.of(next));
    }
    List<TextOperation> parts = new ArrayList<>(history);
    while (parts.size() > 1) {
      int i = random.nextInt(parts.size() - 1);
      parts.set(i, parts.get(i).compose(parts.remove(i + 1)));
    }
    TextOperation whole = parts.get(0);
    assertThat(form(whole)).isEqualTo(naive.toString());
    assertThat(whole.applyTo(base)).isEqualTo(apply(history, base));
    TextOperation inverse = whole.invert(Text.of(base));
    assertThat(form(inverse)).isEqualTo(naive.invert(base).toString());
    int maxWeight = 64 + random.nextInt(200);
    List<TextOperation> split = TextType.TEXT.split(whole, maxWeight);
    assertThat(split).allMatch(part -> part.weight() <= maxWeight);
    assertThat(split.stream().reduce(TextType.TEXT.noop(), TextOperation::compose))
        .isEqualTo(whole);
    assertThat(TextType.TEXT.decodeOperation(TextType.TEXT.encodeOperation(whole)))
        .isEqualTo(whole);
  }

  /** Documents of many leaves, snapshots of which must not move. */
  private static void applyLongHistory(SplittableRandom random) {
    String expected = text(random, random.nextBoolean() ? 40 : 20_000);
    Text text = Text.of(expected);
    TextBuffer buffer = text.toBuffer();
    List<Text> snapshots = new ArrayList<>();
    List<String> contents = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if (random.nextInt(6) == 0) {
        Text frozen = buffer.freeze();
        assertThat(frozen).isEqualTo(text).hasSameHashCodeAs(text);
        snapshots.add(frozen);
        contents.add(expected);
      }
      TextOperation operation = history(random, expected, 1).get(0);
      expected = NaiveOperation.of(operation).applyTo(expected);
      text = operation.applyTo(text);
      operation.applyTo(buffer);
      checkText(random, text, expected);
    }
    assertThat(buffer.toString()).isEqualTo(expected);
    for (int i = 0; i < snapshots.size(); i++) {
      assertThat(snapshots.get(i).toString()).isEqualTo(contents.get(i));
    }
  }

  private static void checkText(SplittableRandom random, Text text, String expected) {
    assertThat(text.length()).isEqualTo(expected.length());
    int from = random.nextInt(expected.length() + 1);
    int to = from + random.nextInt(Math.min(6000, expected.length() - from) + 1);
    assertThat(text.slice(from, to)).isEqualTo(expected.substring(from, to));
    assertThat(text.subSequence(from, to)).isEqualTo(Text.of(expected.substring(from, to)));
    TextPosition position = text.positionAt(from);
    assertThat(text.offsetAt(position)).isEqualTo(from);
    assertThat(position.line())
        .isEqualTo((int) expected.substring(0, from).chars().filter(c -> c == '\n').count());
    assertThat(text.isWellFormed()).isTrue();
    if (random.nextInt(8) == 0) {
      Text fresh = Text.of(expected);
      assertThat(text.toString()).isEqualTo(expected);
      assertThat(text).isEqualTo(fresh).hasSameHashCodeAs(fresh);
      assertThat(text.checksum()).isEqualTo(fresh.checksum());
      assertThat(text.lineCount()).isEqualTo(fresh.lineCount());
    }
  }

  private static void diffTwoTexts(SplittableRandom random) {
    String from = text(random, random.nextInt(5) == 0 ? 3000 : 30);
    String to =
        random.nextInt(3) == 0
            ? text(random, 30)
            : apply(history(random, from, 1 + random.nextInt(6)), from);
    TextOperation difference = TextType.TEXT.diff(Text.of(from), Text.of(to));
    form(difference);
    assertThat(difference.applyTo(from)).isEqualTo(to);
    assertThat(TextScope.cutsAPair(difference, from)).isFalse();
    assertThat(TextType.TEXT.admit(Text.of(from), difference)).isEqualTo(difference);
  }

  private static String apply(List<TextOperation> history, String text) {
    String result = text;
    for (TextOperation operation : history) {
      result = operation.applyTo(result);
    }
    return result;
  }

  /** Consecutive operations: typing and backspacing in one place, or edits all over the text. */
  private static List<TextOperation> history(SplittableRandom random, String text, int length) {
    List<TextOperation> result = new ArrayList<>();
    String current = text;
    int caret = boundary(random, current, random.nextInt(current.length() + 1));
    while (result.size() < length) {
      TextOperation operation;
      if (random.nextInt(3) > 0) {
        caret = boundary(random, current, Math.min(caret, current.length()));
        operation = keystroke(random, current, caret);
        caret += operation.applyTo(current).length() > current.length() ? 1 : -1;
        caret = Math.max(0, caret);
      } else {
        operation = scattered(random, current);
      }
      result.add(operation);
      current = operation.applyTo(current);
    }
    return result;
  }

  private static TextOperation keystroke(SplittableRandom random, String text, int caret) {
    TextOperation.Builder builder = TextOperation.builder();
    if (random.nextInt(3) == 0 && caret > 0) {
      int from = text.offsetByCodePoints(caret, -1);
      return builder.retain(from).delete(caret - from).build();
    }
    return builder.retain(caret).insert(character(random)).build();
  }

  private static TextOperation scattered(SplittableRandom random, String text) {
    TextOperation.Builder builder = TextOperation.builder();
    int edits = random.nextInt(8) == 0 ? 40 : 1 + random.nextInt(5);
    int step = 1 + text.length() / (1 + random.nextInt(edits + 1));
    int position = 0;
    for (int i = 0; i < edits; i++) {
      int kind = random.nextInt(4);
      if (kind == 0) {
        builder.insert(text(random, random.nextInt(12) == 0 ? 300 : 4));
      } else {
        int limit = Math.min(text.length(), position + random.nextInt(step + 1));
        int next = Math.max(position, boundary(random, text, limit));
        if (kind == 1) {
          builder.delete(next - position);
        } else {
          builder.retain(next - position);
        }
        position = next;
      }
    }
    return builder.build();
  }

  /** The position, or one of its neighbours if it lies within a surrogate pair. */
  private static int boundary(SplittableRandom random, String text, int position) {
    boolean inside =
        position > 0
            && position < text.length()
            && Character.isHighSurrogate(text.charAt(position - 1))
            && Character.isLowSurrogate(text.charAt(position));
    return inside ? position + (random.nextBoolean() ? 1 : -1) : position;
  }

  private static String text(SplittableRandom random, int maxCharacters) {
    StringBuilder result = new StringBuilder();
    for (int i = random.nextInt(maxCharacters + 1); i > 0; i--) {
      result.append(character(random));
    }
    return result.toString();
  }

  private static String character(SplittableRandom random) {
    return CHARACTERS[random.nextInt(10) < 3 ? 11 + random.nextInt(3) : random.nextInt(15)];
  }
}
