package dev.collab.text;

import static dev.collab.text.TextScope.checkEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.operation.Bias;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.Side;
import dev.collab.text.TextScope.Case;
import dev.collab.value.JsonValue;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Lengths at the end of what an int holds: a right result or a refusal, never a wrong number. */
class TextLimitsTest {

  private static final int MAX = Integer.MAX_VALUE;
  private static final TextOperation AT_THE_END = TextOperation.insert(MAX, "x");

  @Test
  void compose_editFarBehindInsert_isNotTakenForItsDeletion() {
    TextOperation composed = AT_THE_END.compose(TextOperation.delete(0, 1));
    assertThat(composed)
        .isEqualTo(TextOperation.builder().delete(1).retain(MAX - 1).insert("x").build());
  }

  @Test
  void compose_insertsAtTheEnd_spansNoMoreThanAllowed() {
    assertThat(AT_THE_END.compose(TextOperation.insert(MAX, "y")))
        .isEqualTo(TextOperation.insert(MAX, "yx"));
    assertRefused(() -> TextOperation.delete(0, 2).compose(TextOperation.delete(MAX - 1, 1)));
    assertRefused(() -> TextOperation.delete(0, MAX).compose(TextOperation.delete(0, MAX)));
  }

  @Test
  void transform_pushedBehindTheEnd_isRefused() {
    TextOperation over = TextOperation.replace(0, 1, "yyy");
    for (Side side : Side.values()) {
      assertRefused(() -> AT_THE_END.transform(over, side));
      assertRefused(() -> TextType.TEXT.transformPast(AT_THE_END, List.of(over), side));
      assertRefused(() -> TextOperation.delete(1, MAX - 1).transform(over, side));
      assertThat(over.transform(AT_THE_END, side)).isEqualTo(over);
    }
  }

  @Test
  void transformPosition_behindTheEnd_isRefused() {
    TextOperation insert = TextOperation.insert(0, "x");
    assertThat(insert.transformPosition(MAX - 1, Bias.BEFORE)).isEqualTo(MAX);
    assertRefused(() -> insert.transformPosition(MAX, Bias.BEFORE));
    assertRefused(() -> AT_THE_END.transformPosition(MAX, Bias.AFTER));
    assertThat(AT_THE_END.transformPosition(MAX, Bias.BEFORE)).isEqualTo(MAX);
  }

  @Test
  void builder_tooMuchSpanned_isRefused() {
    TextOperation whole = TextOperation.builder().retain(MAX).insert("x").build();
    assertThat(whole).isEqualTo(AT_THE_END);
    assertThat(TextOperation.builder().retain(MAX).retain(MAX).retain(3).build().isNoop()).isTrue();
    assertRefused(() -> TextOperation.builder().retain(MAX).retain(MAX).insert("x").build());
    assertRefused(
        () -> TextOperation.builder().retain(MAX).retain(MAX).retain(3).delete(1).build());
    assertRefused(() -> TextOperation.builder().delete(MAX).delete(MAX).delete(2).build());
    assertRefused(() -> TextOperation.builder().delete(MAX).insert("x").delete(1).build());
    assertRefused(() -> TextOperation.replace(MAX, 1, "x"));
    assertThat(TextOperation.replace(MAX, 0, "").isNoop()).isTrue();
  }

  @Test
  void decode_tooMuchSpanned_isRefused() {
    JsonValue max = JsonValue.of(MAX);
    JsonValue text = JsonValue.of("x");
    JsonValue deleted = JsonValue.object("d", max);
    assertThat(TextType.TEXT.decodeOperation(JsonValue.array(max, text))).isEqualTo(AT_THE_END);
    assertRefused(() -> decode(max, text, JsonValue.of(1), text));
    assertRefused(() -> decode(deleted, deleted, JsonValue.object("d", JsonValue.of(2))));
    assertRefused(() -> decode(JsonValue.of(0x1p31), text));
    assertRefused(() -> decode(JsonValue.of(0x1p53), text));
    assertRefused(() -> decode(JsonValue.of(-1), text));
    assertRefused(() -> decode(JsonValue.of(0.5), text));
    assertRefused(() -> decode(JsonValue.object("d", JsonValue.of(0x1p32 + 1))));
  }

  /** The small scope again, as far from the start of the text as it goes: nothing else changes. */
  @Test
  void verbs_allSmallOperationsNearTheLimit_areThoseFurtherInFrontOrRefused() {
    List<Case> firsts = TextScope.operations(2, "a", "A");
    List<Case> seconds = TextScope.operations(2, "b", "B");
    for (int distance = MAX - 6; distance < MAX; distance++) {
      int by = distance;
      for (Case first : firsts) {
        for (Case second : seconds) {
          if (fits(first.operation(), by) && fits(second.operation(), by)) {
            checkMoved(first.operation(), second.operation(), by);
          }
        }
      }
    }
  }

  private static void checkMoved(TextOperation first, TextOperation second, int by) {
    TextOperation farFirst = moved(first, by);
    TextOperation farSecond = moved(second, by);
    for (Side side : Side.values()) {
      TextOperation near = first.transform(second, side);
      checkMoved(near, () -> farFirst.transform(farSecond, side), by);
      checkMoved(near, () -> TextType.TEXT.transformPast(farFirst, List.of(farSecond), side), by);
    }
    checkMoved(first.compose(second), () -> farFirst.compose(farSecond), by);
    for (Bias bias : Bias.values()) {
      for (int position = 0; position <= Math.min(2, MAX - by); position++) {
        int from = by + position;
        long near = first.transformPosition(position, bias);
        if (near + by <= MAX) {
          checkEqual(
              farFirst.transformPosition(from, bias),
              (int) near + by,
              () -> from + " over " + farFirst);
        } else {
          assertRefused(() -> farFirst.transformPosition(from, bias));
        }
      }
    }
  }

  private static void checkMoved(TextOperation near, Supplier<TextOperation> far, int by) {
    if (fits(near, by)) {
      checkEqual(far.get(), moved(near, by), () -> near + " moved by " + by);
    } else {
      assertRefused(far::get);
    }
  }

  private static boolean fits(TextOperation operation, int distance) {
    return operation.minimumBaseLength() <= MAX - distance;
  }

  /** Returns the same edits, further from the start of the text. */
  private static TextOperation moved(TextOperation operation, int by) {
    TextOperation.Builder builder = TextOperation.builder().retain(by);
    for (TextComponent component : operation.components()) {
      switch (component.kind()) {
        case RETAIN -> builder.retain(component.length());
        case INSERT -> builder.insert(((TextComponent.Insert) component).text());
        case DELETE -> builder.delete(component.length());
      }
    }
    return builder.build();
  }

  private static TextOperation decode(JsonValue... elements) {
    return TextType.TEXT.decodeOperation(JsonValue.array(elements));
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(InvalidOperationException.class);
  }
}
