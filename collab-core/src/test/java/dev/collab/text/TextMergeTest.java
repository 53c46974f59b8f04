package dev.collab.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.operation.Conflict;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.MergeResult;
import dev.collab.operation.Resolution;
import dev.collab.operation.ResolvedConflict;
import dev.collab.operation.Span;
import dev.collab.value.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextMergeTest {

  private static final String BASE = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n";

  private static MergeResult<Text, TextOperation> merge(String base, String ours, String theirs) {
    return merge(base, ours, theirs, Resolution.ours());
  }

  private static MergeResult<Text, TextOperation> merge(
      String base, String ours, String theirs, Resolution<Text> resolution) {
    MergeResult<Text, TextOperation> result =
        TextType.TEXT.merge(Text.of(base), Text.of(ours), Text.of(theirs), resolution);
    assertThat(result.fromOurs().applyTo(ours)).isEqualTo(result.state().toString());
    assertThat(result.fromTheirs().applyTo(theirs)).isEqualTo(result.state().toString());
    return result;
  }

  private static void assertClean(String base, String ours, String theirs, String merged) {
    for (MergeResult<Text, TextOperation> result :
        List.of(merge(base, ours, theirs), merge(base, theirs, ours))) {
      assertThat(result.state()).hasToString(merged);
      assertThat(result.isClean()).isTrue();
    }
  }

  @Test
  void merge_linesApart_keepsBothChanges() {
    assertClean(
        BASE,
        BASE.replace("one", "ONE"),
        BASE.replace("eight\n", "eight\nnine\n"),
        BASE.replace("one", "ONE") + "nine\n");
  }

  @Test
  void merge_adjacentLines_keepsBothChanges() {
    assertClean(
        BASE,
        BASE.replace("two", "2"),
        BASE.replace("three", "3"),
        BASE.replace("two", "2").replace("three", "3"));
  }

  @Test
  void merge_additionBesideAChangedLine_keepsBoth() {
    assertClean(
        BASE,
        BASE.replace("two\n", "zwei\n"),
        BASE.replace("two\n", "two\nand a half\n"),
        BASE.replace("two\n", "zwei\nand a half\n"));
    assertClean(
        BASE,
        BASE.replace("two\n", ""),
        BASE.replace("two\n", "two\nand a half\n"),
        BASE.replace("two\n", "and a half\n"));
  }

  @Test
  void merge_sameChange_appearsOnce() {
    String both = BASE.replace("two\n", "two\ntwo and a half\n");
    assertClean(BASE, both, both.replace("six", "SIX"), both.replace("six", "SIX"));
  }

  @Test
  void merge_otherWordsOfALine_keepsBothChanges() {
    assertClean(
        "a\nint size = limit(low, high);\nb\n",
        "a\nlong size = limit(low, high);\nb\n",
        "a\nint size = limit(low, highest);\nb\n",
        "a\nlong size = limit(low, highest);\nb\n");
  }

  @Test
  void merge_indentedAndRenamed_keepsBothChanges() {
    assertClean(
        "if (a) {\nrun(one);\nstop(one);\n}\n",
        "if (a) {\n  run(one);\n  stop(one);\n}\n",
        "if (a) {\nrun(two);\nstop(two);\n}\n",
        "if (a) {\n  run(two);\n  stop(two);\n}\n");
  }

  @Test
  void merge_sameWordChangedDifferently_isAConflictOfThatLine() {
    String ours = BASE.replace("three", "drei");
    String theirs = BASE.replace("three", "trois").replace("eight", "huit");

    MergeResult<Text, TextOperation> result = merge(BASE, ours, theirs);

    assertThat(result.state()).hasToString(ours.replace("eight", "huit"));
    assertThat(result.conflicts())
        .containsExactly(
            new ResolvedConflict<>(
                new Conflict<>(
                    Text.of("three\n"),
                    Text.of("drei\n"),
                    Text.of("trois\n"),
                    span(8, 14),
                    span(8, 13),
                    span(8, 14)),
                Text.of("drei\n"),
                span(8, 13)));
  }

  @Test
  void merge_conflictInALineWithOtherChanges_losesOnlyWhatContradicts() {
    MergeResult<Text, TextOperation> result =
        merge(
            "the quick brown fox jumps over the lazy dog",
            "the slow brown fox jumps over the happy dog",
            "the fast brown fox leaps over the lazy dog");

    assertThat(result.conflicts()).hasSize(1);
    assertThat(result.state()).hasToString("the slow brown fox leaps over the happy dog");
    assertThat(result.conflicts().get(0).conflict().theirs())
        .hasToString("the fast brown fox leaps over the happy dog");
  }

  @Test
  void merge_lineRewrittenBySideAndChangedByTheOther_isNotMixed() {
    MergeResult<Text, TextOperation> result =
        merge(
            "a\nthe quick brown fox\nb\n",
            "a\nsome entirely different sentence\nb\n",
            "a\nthe quick brown fox jumps high\nb\n");

    assertThat(result.state()).hasToString("a\nsome entirely different sentence\nb\n");
    assertThat(result.conflicts().get(0).conflict().theirs())
        .hasToString("the quick brown fox jumps high\n");
  }

  @Test
  void merge_lineDeletedAndChanged_isAConflict() {
    MergeResult<Text, TextOperation> result =
        merge(BASE, BASE.replace("two\n", ""), BASE.replace("two", "2"), Resolution.theirs());

    assertThat(result.state()).hasToString(BASE.replace("two", "2"));
    assertThat(result.conflicts().get(0).conflict().ours()).hasToString("");
  }

  @Test
  void merge_additionsAtOnePlace_areAConflictOfWhatDiffers() {
    MergeResult<Text, TextOperation> result =
        merge(
            BASE,
            BASE + "shared\nmine\nend\n",
            BASE + "shared\nyours\nend\n",
            TextResolutions.both());

    assertThat(result.state()).hasToString(BASE + "shared\nmine\nyours\nend\n");
    assertThat(result.conflicts()).hasSize(1);
  }

  @Test
  void merge_conflictsNearEachOther_areOne() {
    String ours = BASE.replace("two", "zwei").replace("five", "fünf");
    String theirs = BASE.replace("two", "deux").replace("five", "cinq");

    MergeResult<Text, TextOperation> result = merge(BASE, ours, theirs);

    assertThat(result.conflicts()).hasSize(1);
    assertThat(result.conflicts().get(0).conflict().theirs())
        .hasToString("deux\nthree\nfour\ncinq\n");
    assertThat(result.state()).hasToString(ours);
  }

  @Test
  void merge_conflictsWithAChangeOfOneSideBetween_areTwo() {
    String ours = BASE.replace("two", "zwei").replace("four", "vier").replace("six", "sechs");
    String theirs = BASE.replace("two", "deux").replace("six", "SIX");

    MergeResult<Text, TextOperation> result = merge(BASE, ours, theirs, Resolution.theirs());

    assertThat(result.conflicts()).hasSize(2);
    assertThat(result.state()).hasToString(theirs.replace("four", "vier"));
  }

  @Test
  void merge_conflictsFarApart_areTwoInTheirOrder() {
    MergeResult<Text, TextOperation> result =
        merge(
            BASE,
            BASE.replace("one", "eins").replace("eight", "acht"),
            BASE.replace("one", "un").replace("eight", "huit"));

    assertThat(result.conflicts())
        .extracting(resolved -> resolved.conflict().base().toString())
        .containsExactly("one\n", "eight\n");
    assertThat(result.conflicts().get(1).inMerged()).isEqualTo(span(35, 40));
  }

  @Test
  void merge_callback_isAskedOnceForEachConflict() {
    StringBuilder asked = new StringBuilder();

    MergeResult<Text, TextOperation> result =
        merge(
            BASE,
            BASE.replace("one", "eins").replace("eight", "acht"),
            BASE.replace("one", "un").replace("eight", "huit"),
            conflict -> {
              asked.append(conflict.base());
              return Text.of("?\n");
            });

    assertThat(asked).hasToString("one\neight\n");
    assertThat(result.state()).hasToString(BASE.replace("one", "?").replace("eight", "?"));
    assertThat(result.conflicts())
        .allMatch(resolved -> resolved.outcome().toString().equals("?\n"));
  }

  @Test
  void merge_callbackAnswersHalfAPair_throws() {
    assertThatThrownBy(() -> merge("a", "b", "c", conflict -> Text.of("\ud83d")))
        .isInstanceOf(InvalidOperationException.class)
        .hasFieldOrPropertyWithValue("code", InvalidOperationException.NOT_APPLIED);
  }

  @Test
  void merge_stateWithHalfAPair_throws() {
    for (List<String> states :
        List.of(
            List.of("\ud83d", "a", "b"),
            List.of("a", "\ud83d", "b"),
            List.of("a", "b", "\ude00"))) {
      assertThatThrownBy(() -> merge(states.get(0), states.get(1), states.get(2)))
          .isInstanceOf(InvalidOperationException.class)
          .hasFieldOrPropertyWithValue("code", InvalidOperationException.BADLY_FORMED);
    }
  }

  @Test
  void merge_astralCharactersWithACommonHalf_staysWellFormed() {
    MergeResult<Text, TextOperation> result = merge("a😀b", "a😁b", "a😂b");

    assertThat(result.state()).hasToString("a😁b");
    assertThat(result.conflicts()).hasSize(1);
  }

  @Test
  void merge_lastLineWithoutNewline_isALineLikeOthers() {
    assertClean("a\nb\nc", "a\nb\nC", "A\nb\nc", "A\nb\nC");
    assertThat(merge("", "mine", "yours", TextResolutions.both()).state())
        .hasToString("mine\nyours");
  }

  @Test
  void merge_megabytesThatAreUnrelated_isOneConflict() {
    String base = "word in base\n".repeat(80_000);
    String ours = "ours,\n;".repeat(150_000);
    String theirs = ";theirs.\n,".repeat(110_000);

    MergeResult<Text, TextOperation> result = merge(base, ours, theirs);

    assertThat(result.conflicts()).hasSize(1);
    assertThat(result.state().equals(Text.of(ours))).isTrue();
  }

  @Test
  void markers_conflict_areThoseOfGit() {
    String ours = BASE.replace("three", "drei");
    String theirs = BASE.replace("three", "trois");

    assertThat(merge(BASE, ours, theirs, TextResolutions.markers("mine", "yours")).state())
        .hasToString(
            BASE.replace("three\n", "<<<<<<< mine\ndrei\n=======\ntrois\n>>>>>>> yours\n"));
    assertThat(merge(BASE, ours, theirs, TextResolutions.markers("mine", "old", "yours")).state())
        .hasToString(
            BASE.replace(
                "three\n",
                "<<<<<<< mine\ndrei\n||||||| old\nthree\n=======\ntrois\n>>>>>>> yours\n"));
    assertThat(merge("a", "b", "", TextResolutions.markers("", "")).state())
        .hasToString("<<<<<<<\nb\n=======\n>>>>>>>\n");
  }

  @Test
  void markers_textThatHasSome_areLonger() {
    assertThat(merge("a", "b\n=======\n", "c", TextResolutions.markers("x", "y")).state())
        .hasToString("<<<<<<<< x\nb\n=======\n========\nc\n>>>>>>>> y\n");
  }

  @Test
  void markers_nameWithLineBreak_throws() {
    assertThatThrownBy(() -> TextResolutions.markers("a\nb", "c"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TextResolutions.markers("a", "b\r", "c"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Span span(int start, int end) {
    return new Span(JsonValue.of(start), JsonValue.of(end));
  }
}
