package dev.collab.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.chat.ChatType;
import dev.collab.operation.MergeResult;
import dev.collab.operation.Resolution;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreeWayMergeTest {

  @Test
  void merge_differentLines_keepsBoth() {
    ThreeWayMerge<Text, TextOperation> merge = ThreeWayMerge.of(TextType.TEXT, Resolution.ours());

    MergeResult<Text, TextOperation> result =
        merge.merge(Text.of("a\nb\nc\n"), Text.of("A\nb\nc\n"), Text.of("a\nb\nC\n"));

    assertThat(result.state()).hasToString("A\nb\nC\n");
    assertThat(result.isClean()).isTrue();
  }

  @Test
  void merge_rule_decidesAboutConflicts() {
    Text base = Text.of("a\n");
    Text ours = Text.of("b\n");
    Text theirs = Text.of("c\n");

    assertThat(ThreeWayMerge.of(TextType.TEXT, Resolution.ours()).merge(base, ours, theirs).state())
        .isEqualTo(ours);
    assertThat(
            ThreeWayMerge.of(TextType.TEXT, Resolution.theirs()).merge(base, ours, theirs).state())
        .isEqualTo(theirs);
  }

  @Test
  void merge_bothSidesAlike_neverAsks() {
    MergeResult<Text, TextOperation> result =
        ThreeWayMerge.of(
                TextType.TEXT,
                conflict -> {
                  throw new AssertionError("asked");
                })
            .merge(Text.of("a"), Text.of("b"), Text.of("b"));

    assertThat(result)
        .isEqualTo(
            new MergeResult<>(Text.of("b"), TextOperation.noop(), TextOperation.noop(), List.of()));
  }

  @Test
  void find_typeThatCannotMerge_isEmpty() {
    assertThat(ThreeWayMerge.find(TextType.TEXT, Resolution.ours())).isPresent();
    assertThat(ThreeWayMerge.find(ChatType.CHAT, Resolution.ours())).isEmpty();
  }
}
