package dev.collab.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.text.Edits.Edit;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TextPropertiesTest {

  @Provide
  Arbitrary<String> content() {
    return Edits.content();
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    return Edits.edits();
  }

  @Property(tries = 1_000)
  void replace_anyEdits_equalsStringBuilderAndKeepsOldTexts(@ForAll("edits") List<Edit> edits) {
    StringBuilder model = new StringBuilder();
    Text text = Text.empty();
    List<Text> texts = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (Edit edit : edits) {
      int from = edit.from(model.length());
      int to = edit.to(model.length());
      model.replace(from, to, edit.inserted());
      text = text.replace(from, to, edit.inserted());
      text.root().check();
      texts.add(text);
      expected.add(model.toString());
    }
    assertThat(texts).extracting(Text::toString).isEqualTo(expected);
  }

  @Property(tries = 1_000)
  void summary_anyEdits_equalsTheNaiveOne(@ForAll("edits") List<Edit> edits) {
    Text text = Text.empty();
    for (Edit edit : edits) {
      text = text.replace(edit.from(text.length()), edit.to(text.length()), edit.inserted());
      String content = text.toString();
      assertThat(text.checksum()).isEqualTo(NaiveText.checksum(content));
      assertThat(text.isWellFormed()).isEqualTo(NaiveText.isWellFormed(content));
      assertThat(text.lineCount()).isEqualTo(NaiveText.lines(content).length);
    }
  }

  @Property(tries = 1_000)
  void equals_sameContentMadeDifferently_isTrue(
      @ForAll("edits") List<Edit> edits, @ForAll("content") String last) {
    Text edited = Text.of(last);
    for (Edit edit : edits) {
      edited =
          edited.replace(edit.from(edited.length()), edit.to(edited.length()), edit.inserted());
    }
    Text loaded = Text.of(edited.toString());
    assertThat(edited).isEqualTo(loaded);
    assertThat(loaded).isEqualTo(edited);
    assertThat(edited.hashCode()).isEqualTo(loaded.hashCode());
    assertThat(edited.checksum()).isEqualTo(loaded.checksum());
    if (edited.length() > 0) {
      int at = edited.length() / 2;
      Text other = edited.replace(at, at + 1, edited.charAt(at) == 'x' ? "y" : "x");
      assertThat(other).isNotEqualTo(loaded);
      assertThat(loaded).isNotEqualTo(other);
    }
  }

  @Property(tries = 1_000)
  void slices_anyRange_equalSubstring(
      @ForAll("content") String first,
      @ForAll("content") String second,
      @ForAll("edits") List<Edit> ranges) {
    String content = first + second + first;
    Text text = Text.of(first).replace(first.length(), first.length(), second + first);
    for (Edit range : ranges) {
      int from = range.from(content.length());
      int to = range.to(content.length());
      String expected = content.substring(from, to);
      assertThat(text.slice(from, to)).isEqualTo(expected);
      Text part = text.subSequence(from, to);
      part.root().check();
      assertThat(part).hasToString(expected);
      assertThat(part).isEqualTo(Text.of(expected));
      if (from < content.length()) {
        assertThat(text.charAt(from)).isEqualTo(content.charAt(from));
      }
    }
  }

  @Property(tries = 1_000)
  void lines_anyText_agreeWithTheNaiveOnes(
      @ForAll("content") String first, @ForAll("edits") List<Edit> places) {
    String content = first;
    for (Edit place : places) {
      content = content + place.inserted();
    }
    Text text = Text.of(content);
    String[] lines = NaiveText.lines(content);
    assertThat(text.lineCount()).isEqualTo(lines.length);
    for (Edit place : places) {
      int offset = place.from(content.length());
      TextPosition expected = NaiveText.positionAt(content, offset);
      assertThat(text.positionAt(offset)).isEqualTo(expected);
      assertThat(text.offsetAt(expected)).isEqualTo(offset);
      assertThat(text.lineStart(expected.line())).isEqualTo(offset - expected.column());
      int end = offset - expected.column() + lines[expected.line()].length();
      assertThat(text.offsetAt(new TextPosition(expected.line(), lines[expected.line()].length())))
          .isEqualTo(end);
    }
  }
}
