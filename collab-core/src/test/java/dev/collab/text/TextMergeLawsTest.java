package dev.collab.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.operation.MergeResult;
import dev.collab.operation.Resolution;
import dev.collab.operation.ResolvedConflict;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonNumber;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What every merge of texts keeps to. */
class TextMergeLawsTest {

  private static final List<String> PIECES =
      List.of("a", "b", "foo ", "bar ", " ", "\n", "x\n", "}\n", "\n\n", "😀", "😁", "e\u0301");

  @Provide
  Arbitrary<List<String>> triples() {
    Arbitrary<String> text =
        Arbitraries.of(PIECES).list().ofMaxSize(14).map(pieces -> String.join("", pieces));
    return text.list().ofSize(3);
  }

  @Property(tries = 2_000)
  void merge_unrelatedTexts_keepsTheLaws(@ForAll("triples") List<String> triple) {
    checkOneSided(triple.get(0), triple.get(1));
    check(triple.get(0), triple.get(1), triple.get(2));
  }

  @Provide
  Arbitrary<List<String>> editedTriples() {
    Arbitrary<String> base =
        Arbitraries.of(PIECES).list().ofMinSize(4).ofMaxSize(30).map(p -> String.join("", p));
    return base.flatMap(
        text -> edited(text).flatMap(one -> edited(text).map(two -> List.of(text, one, two))));
  }

  private static Arbitrary<String> edited(String text) {
    int characters = text.codePointCount(0, text.length());
    Arbitrary<Splice> edits =
        Combinators.combine(
                Arbitraries.integers().between(0, characters),
                Arbitraries.integers().between(0, 2),
                Arbitraries.of(PIECES))
            .as(Splice::new);
    return edits.list().ofMaxSize(3).map(list -> apply(text, list));
  }

  /** An edit whose numbers count characters. */
  private record Splice(int place, int removed, String inserted) {}

  private static String apply(String text, List<Splice> edits) {
    StringBuilder result = new StringBuilder(text);
    for (Splice edit : edits) {
      int length = result.codePointCount(0, result.length());
      int place = Math.min(edit.place, length);
      int end = Math.min(place + edit.removed, length);
      result.replace(
          result.offsetByCodePoints(0, place), result.offsetByCodePoints(0, end), edit.inserted);
    }
    return result.toString();
  }

  @Property(tries = 2_000)
  void merge_editedTexts_keepsTheLaws(@ForAll("editedTriples") List<String> triple) {
    checkOneSided(triple.get(0), triple.get(1));
    check(triple.get(0), triple.get(1), triple.get(2));
  }

  /** Each side changes lines of its own, adjacent ones among them. */
  @Property(tries = 2_000)
  void merge_eachLineChangedByOneSide_keepsEveryChange(@ForAll("deeds") List<Integer> deeds) {
    StringBuilder base = new StringBuilder();
    StringBuilder ours = new StringBuilder();
    StringBuilder theirs = new StringBuilder();
    StringBuilder merged = new StringBuilder();
    for (int i = 0; i < deeds.size(); i++) {
      String line = "line number " + i + "\n";
      int deed = deeds.get(i);
      String changed = deed < 4 ? "changed " + i + "\n" : deed < 6 ? "" : line;
      base.append(line);
      ours.append(deed % 2 == 0 ? changed : line);
      theirs.append(deed % 2 == 1 ? changed : line);
      merged.append(changed);
    }

    MergeResult<Text, TextOperation> result =
        merge(base.toString(), ours.toString(), theirs.toString(), Resolution.ours());

    assertThat(result.isClean()).isTrue();
    assertThat(result.state()).hasToString(merged.toString());
  }

  @Provide
  Arbitrary<List<Integer>> deeds() {
    return Arbitraries.integers().between(0, 9).list().ofMinSize(1).ofMaxSize(20);
  }

  @Test
  void merge_everyTripleOfShortTexts_keepsTheLaws() {
    List<String> texts = new ArrayList<>(List.of(""));
    for (int i = 0;
        i < texts.size() && texts.get(i).codePointCount(0, texts.get(i).length()) < 3; ) {
      String text = texts.get(i++);
      for (String next : List.of("a", "\n", "😀")) {
        texts.add(text + next);
      }
    }
    assertThat(texts).hasSize(40);
    TextScope.sum(
        texts,
        base -> {
          for (String ours : texts) {
            checkOneSided(base, ours);
            for (String theirs : texts) {
              check(base, ours, theirs);
            }
          }
          return 1;
        });
  }

  private static MergeResult<Text, TextOperation> merge(
      String base, String ours, String theirs, Resolution<Text> resolution) {
    return TextType.TEXT.merge(Text.of(base), Text.of(ours), Text.of(theirs), resolution);
  }

  private static void check(String base, String ours, String theirs) {
    String form = "<" + base + "> <" + ours + "> <" + theirs + ">";
    MergeResult<Text, TextOperation> result = merge(base, ours, theirs, Resolution.ours());
    MergeResult<Text, TextOperation> mirrored = merge(base, theirs, ours, Resolution.theirs());
    TextScope.checkEqual(mirrored.state(), result.state(), () -> form);
    TextScope.checkEqual(mirrored.conflicts().size(), result.conflicts().size(), () -> form);
    for (Resolution<Text> rule :
        List.of(
            Resolution.<Text>ours(),
            Resolution.<Text>theirs(),
            TextResolutions.both(),
            TextResolutions.markers("ours", "base", "theirs"))) {
      checkResult(merge(base, ours, theirs, rule), ours, theirs, form);
    }
  }

  private static void checkOneSided(String base, String ours) {
    String form = "<" + base + "> <" + ours + ">";
    for (List<String> trivial :
        List.of(List.of(base, ours), List.of(ours, base), List.of(ours, ours))) {
      MergeResult<Text, TextOperation> same =
          merge(base, trivial.get(0), trivial.get(1), Resolution.ours());
      TextScope.checkEqual(same.state().toString(), ours, () -> form);
      TextScope.check(same.isClean(), () -> form);
    }
  }

  private static void checkResult(
      MergeResult<Text, TextOperation> result, String ours, String theirs, String form) {
    String merged = result.state().toString();
    TextScope.check(TextScope.isWellFormed(merged), () -> form);
    TextScope.checkEqual(result.fromOurs().applyTo(ours), merged, () -> form);
    TextScope.checkEqual(result.fromTheirs().applyTo(theirs), merged, () -> form);
    TextScope.form(result.fromOurs());
    TextScope.form(result.fromTheirs());
    TextScope.check(!TextScope.cutsAPair(result.fromOurs(), ours), () -> form);
    TextScope.check(!TextScope.cutsAPair(result.fromTheirs(), theirs), () -> form);
    int at = 0;
    for (ResolvedConflict<Text> resolved : result.conflicts()) {
      int start = place(resolved.inMerged().start());
      int end = place(resolved.inMerged().end());
      TextScope.check(start >= at && end >= start, () -> form);
      TextScope.checkEqual(merged.substring(start, end), resolved.outcome().toString(), () -> form);
      TextScope.check(!resolved.conflict().ours().equals(resolved.conflict().theirs()), () -> form);
      at = end;
    }
  }

  private static int place(JsonValue position) {
    return (int) ((JsonNumber) position).value();
  }
}
