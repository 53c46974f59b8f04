package dev.collab.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.text.Edits.Edit;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TextBufferPropertiesTest {

  @Provide
  Arbitrary<String> content() {
    return Edits.content();
  }

  @Provide
  Arbitrary<List<Edit>> edits() {
    return Edits.edits();
  }

  @Property(tries = 1_000)
  void replace_anyEditsAndFreezes_equalsStringBuilderAndKeepsTheFrozenTexts(
      @ForAll("content") String first,
      @ForAll("edits") List<Edit> edits,
      @ForAll @IntRange(min = 1, max = 8) int freezeEvery) {
    StringBuilder model = new StringBuilder(first);
    TextBuffer buffer = TextBuffer.of(Text.of(first));
    List<Text> frozen = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    int count = 0;
    for (Edit edit : edits) {
      int from = edit.from(model.length());
      int to = edit.to(model.length());
      model.replace(from, to, edit.inserted());
      buffer.replace(from, to, edit.inserted());
      buffer.checkInvariants();
      assertThat(buffer.length()).isEqualTo(model.length());
      if (++count % freezeEvery == 0) {
        frozen.add(buffer.freeze());
        expected.add(model.toString());
      }
    }
    assertThat(buffer).hasToString(model.toString());
    assertThat(frozen).extracting(Text::toString).isEqualTo(expected);
    for (Text text : frozen) {
      text.root().check();
    }
  }

  @Property(tries = 1_000)
  void reads_betweenEdits_equalStringBuilder(
      @ForAll("content") String first, @ForAll("edits") List<Edit> edits) {
    StringBuilder model = new StringBuilder(first);
    TextBuffer buffer = TextBuffer.of(Text.of(first));
    for (Edit edit : edits) {
      int from = edit.from(model.length());
      int to = edit.to(model.length());
      assertThat(buffer.slice(from, to)).isEqualTo(model.substring(from, to));
      model.replace(from, to, edit.inserted());
      buffer.replace(from, to, edit.inserted());
      int end = Math.min(model.length(), from + 20);
      for (int i = Math.max(0, from - 20); i < end; i++) {
        assertThat(buffer.charAt(i)).isEqualTo(model.charAt(i));
      }
      int middle = model.length() / 2;
      if (middle < model.length()) {
        assertThat(buffer.charAt(middle)).isEqualTo(model.charAt(middle));
      }
    }
  }
}
