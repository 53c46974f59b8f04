package dev.collab.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

  @Test
  void empty_always_hasOneLineAndNothingElse() {
    Text empty = Text.empty();
    assertThat(empty.length()).isZero();
    assertThat(empty.isEmpty()).isTrue();
    assertThat(empty).hasToString("").isEqualTo(Text.of(""));
    assertThat(empty.lineCount()).isEqualTo(1);
    assertThat(empty.lineStart(0)).isZero();
    assertThat(empty.positionAt(0)).isEqualTo(new TextPosition(0, 0));
    assertThat(empty.offsetAt(new TextPosition(0, 0))).isZero();
    assertThat(empty.checksum()).isZero();
    assertThat(empty.isWellFormed()).isTrue();
  }

  @Test
  void of_text_isTheSameText() {
    Text text = Text.of(new StringBuilder("abc"));
    assertThat(text).hasToString("abc");
    assertThat(Text.of(text)).isSameAs(text);
  }

  @Test
  void replace_nothingByNothing_isTheSameText() {
    Text text = Text.of("abc");
    assertThat(text.replace(1, 1, "")).isSameAs(text);
  }

  @Test
  void replace_range_leavesTheOldTextAlone() {
    Text before = Text.of("hello world");
    Text after = before.replace(6, 11, "wörld 😀");
    assertThat(after).hasToString("hello wörld 😀");
    assertThat(before).hasToString("hello world");
    assertThat(after.length()).isEqualTo(14);
  }

  @Test
  void replace_everything_isTheEmptyText() {
    assertThat(Text.of("x".repeat(100_000)).replace(0, 100_000, "")).isEqualTo(Text.empty());
  }

  @Test
  void access_outside_namesPositionAndLimit() {
    Text text = Text.of("ab\ncd\n!");
    assertOutside(() -> text.charAt(7), "position 7 is outside 0..6");
    assertOutside(() -> text.charAt(-1), "position -1 is outside 0..6");
    assertOutside(() -> text.slice(0, 12), "position 12 is outside 0..7");
    assertOutside(() -> text.slice(-2, 3), "position -2 is outside 0..7");
    assertOutside(() -> text.slice(9, 3), "position 9 is outside 0..7");
    assertOutside(() -> text.subSequence(5, 3), "range end 3 is outside 5..7");
    assertOutside(() -> text.replace(8, 8, "x"), "position 8 is outside 0..7");
    assertOutside(() -> text.positionAt(8), "position 8 is outside 0..7");
    assertOutside(() -> text.lineStart(3), "line 3 is outside 0..2");
    assertOutside(() -> text.lineStart(-1), "line -1 is outside 0..2");
    assertOutside(() -> text.offsetAt(new TextPosition(3, 0)), "line 3 is outside 0..2");
    assertOutside(() -> text.offsetAt(new TextPosition(1, 3)), "column 3 is outside 0..2");
    assertOutside(() -> text.offsetAt(new TextPosition(2, 2)), "column 2 is outside 0..1");
  }

  private static void assertOutside(ThrowingCallable call, String message) {
    assertThatExceptionOfType(IndexOutOfBoundsException.class)
        .isThrownBy(call)
        .withMessage(message);
  }

  @Test
  @SuppressWarnings("NullAway")
  void arguments_null_areRefusedByName() {
    Text text = Text.of("a");
    assertThatNullPointerException().isThrownBy(() -> Text.of(null)).withMessage("content");
    assertThatNullPointerException()
        .isThrownBy(() -> text.replace(0, 0, null))
        .withMessage("inserted");
    assertThatNullPointerException().isThrownBy(() -> text.offsetAt(null)).withMessage("position");
  }

  @Test
  void checkGrowth_overTheLimit_namesLengthAndLimit() {
    Bounds.checkGrowth(Integer.MAX_VALUE, 1, 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Bounds.checkGrowth(Integer.MAX_VALUE, 1, 2))
        .withMessage("length 2147483648 is outside 0..2147483647");
  }

  @Test
  void lines_carriageReturns_belongToTheirLine() {
    Text text = Text.of("a\r\nb\n\nc\r");
    assertThat(text.lineCount()).isEqualTo(4);
    assertThat(text.lineStart(1)).isEqualTo(3);
    assertThat(text.positionAt(2)).isEqualTo(new TextPosition(0, 2));
    assertThat(text.positionAt(5)).isEqualTo(new TextPosition(2, 0));
    assertThat(text.offsetAt(new TextPosition(0, 2))).isEqualTo(2);
    assertThat(text.offsetAt(new TextPosition(3, 2))).isEqualTo(8);
  }

  /** Constants, so that implementations in other languages can check themselves. */
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "a, 420906795106",
    "hello world, 7198622171589459441",
    "\u00e9\u044f\ud83d\ude00, -4202021619906121991",
  })
  void checksum_knownText_hasTheDocumentedValue(String content, long expected) {
    assertThat(Text.of(content).checksum()).isEqualTo(expected);
  }

  @Test
  void checksum_zerosAndOrder_matter() {
    assertThat(Text.of("\0").checksum()).isNotEqualTo(Text.of("").checksum());
    assertThat(Text.of("\0\0").checksum()).isNotEqualTo(Text.of("\0").checksum());
    assertThat(Text.of("ab").checksum()).isNotEqualTo(Text.of("ba").checksum());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2046, 2047, 2048, 2049, 4095, 4096, 5000})
  void isWellFormed_pairAcrossAnyLeafBoundary_isTrue(int before) {
    String pair = "😀";
    Text whole = Text.of("я".repeat(before) + pair + "я".repeat(5_000 - before));
    assertThat(whole.isWellFormed()).isTrue();
    assertThat(whole.replace(before, before + 1, "").isWellFormed()).isFalse();
    assertThat(whole.replace(before + 1, before + 2, "").isWellFormed()).isFalse();
    assertThat(whole.replace(before + 1, before + 1, "x").isWellFormed()).isFalse();
    assertThat(whole.replace(before, before + 2, "\ude00\ud83d").isWellFormed()).isFalse();
    assertThat(whole.replace(before, before + 2, "").isWellFormed()).isTrue();
  }

  @Test
  void equals_otherThings_isFalse() {
    assertThat(Text.of("a")).isNotEqualTo("a").isNotEqualTo(Text.of("b")).isNotEqualTo(null);
    assertThat(Text.of("a")).isNotEqualTo(Text.of("aa"));
  }

  @Test
  void toBuffer_edited_leavesTheTextAlone() {
    Text text = Text.of("abc");
    TextBuffer buffer = text.toBuffer();
    buffer.insert(3, "d");
    assertThat(buffer).hasToString("abcd");
    assertThat(text).hasToString("abc");
  }

  @Test
  void textPosition_compared_followsTheText() {
    assertThat(new TextPosition(1, 5)).isLessThan(new TextPosition(2, 0));
    assertThat(new TextPosition(1, 5)).isGreaterThan(new TextPosition(1, 4));
    assertThat(new TextPosition(1, 5)).isEqualByComparingTo(new TextPosition(1, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TextPosition(-1, 0))
        .withMessage("line -1 and column 0 must be 0 or more");
  }
}
