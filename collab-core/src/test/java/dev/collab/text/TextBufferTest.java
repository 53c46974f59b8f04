package dev.collab.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextBufferTest {

  @Test
  void edits_ofAnEmptyBuffer_areAppliedInPlace() {
    TextBuffer buffer = new TextBuffer();
    buffer.insert(0, "hello");
    buffer.insert(5, " world");
    buffer.delete(0, 1);
    buffer.replace(0, 4, "J\u00e4llo");
    assertThat(buffer).hasToString("J\u00e4llo world");
    assertThat(buffer.length()).isEqualTo(11);
    assertThat(buffer.charAt(1)).isEqualTo('\u00e4');
    assertThat(buffer.slice(6, 11)).isEqualTo("world");
  }

  @Test
  void replace_wideUnits_keepsWhatIsOnBothSidesOfTheGap() {
    TextBuffer buffer = new TextBuffer();
    buffer.insert(0, "before\u00ffbehind");
    buffer.insert(7, "-я😀-");
    assertThat(buffer).hasToString("before\u00ff-я😀-behind");
    buffer.delete(7, 12);
    assertThat(buffer.freeze()).isEqualTo(Text.of("before\u00ffbehind"));
  }

  @Test
  void access_outside_namesPositionAndLimitAndChangesNothing() {
    TextBuffer buffer = Text.of("abc").toBuffer();
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> buffer.insert(4, "x"))
        .withMessage("position 4 is outside 0..3");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> buffer.delete(2, 1))
        .withMessage("range end 1 is outside 2..3");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> buffer.charAt(3))
        .withMessage("position 3 is outside 0..2");
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(() -> buffer.slice(-1, 2))
        .withMessage("position -1 is outside 0..3");
    assertThat(buffer).hasToString("abc");
  }

  @Test
  @SuppressWarnings("NullAway")
  void arguments_null_areRefusedByName() {
    TextBuffer buffer = new TextBuffer();
    assertThatNullPointerException().isThrownBy(() -> TextBuffer.of(null)).withMessage("text");
    assertThatNullPointerException()
        .isThrownBy(() -> buffer.insert(0, null))
        .withMessage("inserted");
  }

  @Test
  void freeze_unchangedBuffer_sharesTheText() {
    Text text = Text.of("abc".repeat(10_000));
    TextBuffer buffer = text.toBuffer();
    assertThat(buffer.freeze().root()).isSameAs(text.root());
    buffer.insert(7, "x");
    Text changed = buffer.freeze();
    assertThat(buffer.freeze().root()).isSameAs(changed.root());
  }

  @Test
  void freeze_afterTheWindowGrewOverItsLimit_holdsAll() {
    TextBuffer buffer = new TextBuffer();
    StringBuilder model = new StringBuilder();
    for (int i = 0; i < 150_000; i++) {
      String unit = String.valueOf((char) ('a' + i % 26));
      buffer.insert(i / 2, unit);
      model.insert(i / 2, unit);
    }
    buffer.checkInvariants();
    assertThat(buffer.freeze()).isEqualTo(Text.of(model));
  }

  /**
   * Typing at a place that jumps now and then, near and far, over snapshots that stay as they were.
   */
  @ParameterizedTest
  @CsvSource({"1, 0, 100", "2, 20000, 3000", "3, 300000, 40000", "4, 300000, 300000"})
  void replace_typingThatJumps_equalsStringBuilder(long seed, int length, int jump) {
    Random random = new Random(seed);
    StringBuilder model = new StringBuilder("0123456789".repeat(length / 10));
    TextBuffer buffer = Text.of(model).toBuffer();
    List<Text> frozen = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    int caret = 0;
    for (int i = 0; i < 40_000; i++) {
      if (random.nextInt(20) == 0) {
        caret = caret - jump / 2 + random.nextInt(jump);
      }
      caret = Math.max(0, Math.min(model.length(), caret));
      int from = Math.max(0, caret - random.nextInt(2));
      String inserted = random.nextInt(3) == 0 ? "" : random.nextInt(500) == 0 ? "😀" : "x";
      model.replace(from, caret, inserted);
      buffer.replace(from, caret, inserted);
      caret = from + inserted.length();
      if (i % 2_500 == 0) {
        buffer.checkInvariants();
        frozen.add(buffer.freeze());
        expected.add(model.toString());
      }
    }
    assertThat(buffer.toString().contentEquals(model)).isTrue();
    assertThat(frozen).extracting(Text::toString).isEqualTo(expected);
  }
}
