package dev.collab.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.text.Edits.Edit;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What every difference between two texts keeps to. */
class TextDiffLawsTest {

  private static final List<String> WORDS =
      List.of(
          "a", "foo", "bar ", " ", "\n", "x\n", "\r\n", ".", "😀", "😁", "e\u0301", "茶", "\u200d");

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(WORDS).list().ofMaxSize(30).map(words -> String.join("", words));
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    return Edits.edits();
  }

  @Property(tries = 5_000)
  void diff_wellFormedTexts_leadsToTheTargetAndCutsNoPair(
      @ForAll("texts") String from, @ForAll("texts") String to) {
    check(from, to);
  }

  @Property(tries = 1_000)
  void diff_editedText_leadsToTheTarget(@ForAll("edits") List<Edit> edits) {
    Text text = Text.of("line\n".repeat(1_000));
    for (Edit edit : edits) {
      Text edited = text.replace(edit.from(text.length()), edit.to(text.length()), edit.inserted());
      TextOperation difference = TextDiff.diff(text, edited);
      TextScope.form(difference);
      assertThat(difference.applyTo(text)).isEqualTo(edited);
      assertThat(TextDiff.diff(text.toString(), edited.toString())).isEqualTo(difference);
      text = edited;
    }
  }

  @Property(tries = 1_000)
  void commonEnds_editedRope_areThoseOfTheStrings(@ForAll("edits") List<Edit> edits) {
    Text text = Text.of("line\n".repeat(2_000));
    for (Edit edit : edits) {
      Text edited = text.replace(edit.from(text.length()), edit.to(text.length()), edit.inserted());
      int start = CommonEnds.start(text, edited);
      assertThat(start).isEqualTo(commonStart(text.toString(), edited.toString()));
      int limit = Math.min(text.length(), edited.length()) - start;
      String backwards = new StringBuilder(text.toString()).reverse().toString();
      String editedBackwards = new StringBuilder(edited.toString()).reverse().toString();
      if (text.isWellFormed() && edited.isWellFormed() && noPairs(backwards + editedBackwards)) {
        assertThat(CommonEnds.end(text, edited, limit))
            .isEqualTo(Math.min(limit, commonStart(backwards, editedBackwards)));
      }
      text = edited;
    }
  }

  @Property(tries = 2_000)
  void sequences_noSymbolOften_haveAShortestDifference(
      @ForAll("sequences") List<Integer> from, @ForAll("sequences") List<Integer> to) {
    List<Hunk> hunks = SequenceDiff.diff(symbols(from), symbols(to), new Steps(TextDiff.STEPS));
    int size = 0;
    int fromAt = 0;
    int toAt = 0;
    for (Hunk hunk : hunks) {
      assertThat(from.subList(fromAt, hunk.fromStart()))
          .isEqualTo(to.subList(toAt, hunk.toStart()));
      size += hunk.removed() + hunk.added();
      fromAt = hunk.fromEnd();
      toAt = hunk.toEnd();
    }
    assertThat(from.subList(fromAt, from.size())).isEqualTo(to.subList(toAt, to.size()));
    assertThat(size).isEqualTo(shortest(from, to));
  }

  @Provide
  Arbitrary<List<Integer>> sequences() {
    // with fewer than 8 symbols, none can be common enough to be left out
    return Arbitraries.integers().between(0, 4).list().ofMaxSize(7);
  }

  @Test
  void diff_everyPairOfShortTexts_leadsToTheTargetAndCutsNoPair() {
    List<String> texts = new ArrayList<>(List.of(""));
    for (int i = 0;
        i < texts.size() && texts.get(i).codePointCount(0, texts.get(i).length()) < 4; ) {
      String text = texts.get(i++);
      for (String next : List.of("a", " ", "\n", "😀", "😁")) {
        texts.add(text + next);
      }
    }
    assertThat(texts).hasSize(781);
    for (String from : texts) {
      for (String to : texts) {
        check(from, to);
      }
    }
  }

  private static void check(String from, String to) {
    TextOperation difference = TextDiff.diff(from, to);
    TextScope.form(difference);
    TextScope.checkEqual(difference.applyTo(from), to, () -> difference + " on " + from);
    TextScope.check(!TextScope.cutsAPair(difference, from), () -> difference + " on " + from);
    TextScope.check(difference.isNoop() == from.equals(to), () -> difference + " on " + from);
    Text state = Text.of(from);
    TextScope.checkEqual(TextType.TEXT.admit(state, difference), difference, () -> from);
  }

  private static boolean noPairs(String text) {
    return text.chars().noneMatch(unit -> Character.isSurrogate((char) unit));
  }

  private static int commonStart(String one, String other) {
    int start = 0;
    while (start < Math.min(one.length(), other.length())
        && one.charAt(start) == other.charAt(start)) {
      start++;
    }
    return start;
  }

  private static int[] symbols(List<Integer> symbols) {
    return symbols.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The length of the shortest difference, by the table that everybody knows. */
  private static int shortest(List<Integer> from, List<Integer> to) {
    int[][] lengths = new int[from.size() + 1][to.size() + 1];
    for (int i = 0; i <= from.size(); i++) {
      for (int j = 0; j <= to.size(); j++) {
        if (i == 0 || j == 0) {
          lengths[i][j] = i + j;
        } else if (from.get(i - 1).equals(to.get(j - 1))) {
          lengths[i][j] = lengths[i - 1][j - 1];
        } else {
          lengths[i][j] = 1 + Math.min(lengths[i - 1][j], lengths[i][j - 1]);
        }
      }
    }
    return lengths[from.size()][to.size()];
  }
}
