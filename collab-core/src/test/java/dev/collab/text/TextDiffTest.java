package dev.collab.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.text.TextComponent.Delete;
import dev.collab.text.TextComponent.Insert;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDiffTest {

  private static final int MEGABYTE = 1 << 20;

  /** How the operation shows in the text: {@code [-deleted-]} and {@code {+inserted+}}. */
  private static String shown(String from, String to) {
    StringBuilder shown = new StringBuilder();
    int at = 0;
    for (TextComponent component : TextDiff.diff(from, to).components()) {
      if (component instanceof Insert insert) {
        shown.append("{+").append(insert.text()).append("+}");
      } else if (component instanceof Delete) {
        shown.append("[-").append(from, at, at + component.length()).append("-]");
        at += component.length();
      } else {
        shown.append(from, at, at + component.length());
        at += component.length();
      }
    }
    return shown.append(from.substring(at)).toString();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        // words, each as a whole
        "the quick brown fox | the slow brown dog | the {+slow+}[-quick-] brown {+dog+}[-fox-]",
        "version 1.4 is out | version 1.5 is out | version 1.{+5+}[-4-] is out",
        // a letter in a word
        "the colour is | the color is | the colo[-u-]r is",
        "hello | helXlo | hel{+X+}lo",
        // no crumbs between two changes
        "we met, at noon | he left, by one | {+he left, by one+}[-we met, at noon-]",
        // a repeated word is added whole, where a word begins
        "say hello world | say hello hello world | say hello {+hello +}world",
        "so a b a b c | so a b c | so a b [-a b -]c",
        // scripts without spaces go by characters, and marks stay with their letters
        "我喜欢红茶 | 我喜欢绿茶 | 我喜欢{+绿+}[-红-]茶",
        "cafe\u0301 noir | cafe\u0308 noir | caf{+e\u0308+}[-e\u0301-] noir",
        "a😀b | a😁b | a{+😁+}[-😀-]b",
        "👩\u200d💻 | 👩\u200d🔬 | {+👩\u200d🔬+}[-👩\u200d💻-]",
      },
      delimiter = '|')
  void diff_words_readsWell(String from, String to, String expected) {
    assertThat(shown(from, to)).isEqualTo(expected);
  }

  @Test
  void diff_addedFunction_isAddedWholeBehindABlankLine() {
    String from = "void f() {\n  x();\n}\n\nvoid h() {\n  x();\n}\n";
    String to = "void f() {\n  x();\n}\n\nvoid g() {\n  x();\n}\n\nvoid h() {\n  x();\n}\n";

    assertThat(TextDiff.diff(from, to))
        .isEqualTo(TextOperation.insert(21, "void g() {\n  x();\n}\n\n"));
  }

  @Test
  void diff_lineInFrontOfASimilarOne_isAddedAsALine() {
    assertThat(TextDiff.diff("foo(1);\nbar\n", "foo(2);\nfoo(1);\nbar\n"))
        .isEqualTo(TextOperation.insert(0, "foo(2);\n"));
  }

  @Test
  void diff_indentedBlock_addsOnlySpaces() {
    String from = "if (a) {\nb();\nc();\n}\n";
    String to = "if (a) {\n    b();\n    c();\n}\n";

    TextOperation difference = TextDiff.diff(from, to);

    assertThat(difference.insertedLength()).isEqualTo(8);
    assertThat(difference.deletedLength()).isZero();
  }

  @Test
  void diff_equalTexts_isTheOperationThatDoesNothing() {
    Text text = Text.of("some text\n".repeat(1_000));

    assertThat(TextDiff.diff(text, text)).isSameAs(TextOperation.noop());
    assertThat(TextDiff.diff(text, text.toString())).isSameAs(TextOperation.noop());
    assertThat(TextDiff.diff("", "")).isSameAs(TextOperation.noop());
  }

  @Test
  void diff_editsFarApart_areTwoSmallEdits() {
    Text from = Text.of(new Sample(1).lines(MEGABYTE, 1_000));
    Text to = from.replace(1_000, 1_000, "@@").replace(900_000, 900_001, "%%%");

    assertThat(TextDiff.diff(from, to))
        .isEqualTo(
            TextOperation.builder()
                .retain(1_000)
                .insert("@@")
                .retain(898_998)
                .insert("%%%")
                .delete(1)
                .build());
  }

  @Test
  void diff_wholeLoneSurrogates_stillLeadsToTheTarget() {
    String from = "a\ud83d b\ude00";
    String to = "a\ude00 b\ud83d c";

    assertThat(TextDiff.diff(from, to).applyTo(from)).isEqualTo(to);
  }

  @Test
  void diff_megabytesThatAreUnrelated_leadsToTheTarget() {
    for (int words : new int[] {2, 20, 1_000, 100_000}) {
      checkTarget(
          new Sample(1).lines(MEGABYTE, words), new Sample(2).lines(MEGABYTE, words), words);
      checkTarget(
          new Sample(1).lines(MEGABYTE, words).replace('\n', ' '),
          new Sample(2).lines(MEGABYTE, words).replace('\n', ' '),
          words);
    }
  }

  @Test
  void diff_megabytesMadeToBeSlow_leadsToTheTarget() {
    int half = MEGABYTE / 2;
    checkTarget("a".repeat(MEGABYTE), "a".repeat(half), "one unit");
    checkTarget("a\n".repeat(half), "a\n".repeat(half / 2), "one line");
    checkTarget("a\nb\n".repeat(half / 2), "b\na\n".repeat(half / 2), "turned");
    checkTarget("a\nb\n".repeat(half / 2), "a\na\nb\nb\n".repeat(half / 4), "doubled");
    checkTarget("\n".repeat(MEGABYTE), " \n".repeat(half), "blank");
    checkTarget(".,".repeat(half), ",;".repeat(half), "no word");
    checkTarget("😀😁".repeat(half / 2), "😁😂".repeat(half / 2), "astral");
    checkTarget("e\u0301".repeat(half), "e\u0308".repeat(half), "marks");
  }

  @Test
  void diff_stepsSpent_replacesWhatIsLeft() {
    String from = new Sample(1).lines(20_000, 20);
    String to = new Sample(2).lines(20_000, 20);
    Steps steps = new Steps(1_000);

    TextOperation difference = TextDiff.diff(Text.of(from), Text.of(to), steps);

    assertThat(steps.areSpent()).isTrue();
    assertThat(difference.applyTo(from)).isEqualTo(to);
    assertThat(difference.componentCount()).isLessThan(20);
  }

  private static void checkTarget(String from, String to, Object what) {
    TextOperation difference = TextDiff.diff(from, to);
    assertThat(difference.applyTo(from).equals(to)).as("%s", what).isTrue();
    TextScope.form(difference);
    assertThat(TextScope.cutsAPair(difference, from)).as("%s", what).isFalse();
  }

  /** Random lines of one word each. */
  private record Sample(long seed) {

    String lines(int length, int vocabulary) {
      Random random = new Random(seed);
      StringBuilder lines = new StringBuilder(length + 8);
      while (lines.length() < length) {
        lines.append('w').append(random.nextInt(vocabulary)).append('\n');
      }
      return lines.toString();
    }
  }
}
