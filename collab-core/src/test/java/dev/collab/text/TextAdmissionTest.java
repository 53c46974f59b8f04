package dev.collab.text;

import static dev.collab.text.TextOperations.op;
import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.collab.operation.InvalidOperationException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextAdmissionTest {

  // 😀 is D83D DE00, 😁 is D83D DE01, 🨀 is D83E DE00.

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a😀b | [1,'x']",
        "a😀b | [3,'x']",
        "a😀b | [1,{'d':2},'😁']",
        "a😀b | [1,'😁',{'d':2}]",
        "😀😀 | [2,{'d':2},'é']",
        "abc | [{'d':1},'x',{'d':1},'y']",
      })
  void admit_cleanOperation_isTheSameInstance(String text, String json) {
    TextOperation operation = op(json);

    assertThat(TEXT.admit(Text.of(text), operation)).isSameAs(operation);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "😀 | [1,{'d':1},'\\uDE01'] | ['😁',{'d':2}]",
        "😀 | [1,'\\uDE01',{'d':1}] | ['😁',{'d':2}]",
        "😀 | [{'d':1},'\\uD83E'] | ['🨀',{'d':2}]",
        "😀 | [1,'\\uDE01\\uD83E'] | ['😁🨀',{'d':2}]",
        "a😀😁b | [2,{'d':2}] | [1,'😁',{'d':4}]",
        "😀 | [{'d':1},'x',{'d':1}] | ['x',{'d':2}]",
        "ab | ['\\uD83D',{'d':1},'\\uDE00'] | ['😀',{'d':1}]",
        "😀😁 | [1,{'d':1},'\\uDE01',1,{'d':1},'\\uDE00'] | ['😁',{'d':2},'😀',{'d':2}]",
        "😀ab😁 | ['x',2,'y',{'d':1},2,'\\uDE00',{'d':1}] | ['x',2,'y',{'d':1},1,'😀',{'d':2}]",
        "😀😁 | [1,'\\uDE01',{'d':1},1,{'d':1},'\\uDE01'] | ['😁',{'d':2},'😁',{'d':2}]",
      })
  void admit_cutPair_isWidened(String text, String operation, String expected) {
    Text state = Text.of(text);
    TextOperation admitted = TEXT.admit(state, op(operation));

    assertThat(admitted.applyTo(text)).isEqualTo(op(operation).applyTo(text));
    assertCutsNoPair(text, admitted);
    assertThat(admitted).isEqualTo(op(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "😀 | [1,'x']",
        "😀 | [{'d':1}]",
        "😀 | [1,{'d':1}]",
        "ab | ['\\uD83D']",
        "ab | [1,'\\uDE00',{'d':1}]",
        "😀 | [2,'\\uDE00']",
        "abc | [4,'x']",
        "abc | [3,{'d':1}]",
      })
  void admit_resultNotWellFormedOrTooLong_isRefused(String text, String operation) {
    assertThatExceptionOfType(InvalidOperationException.class)
        .isThrownBy(() -> TEXT.admit(Text.of(text), op(operation)))
        .extracting(InvalidOperationException::code)
        .isEqualTo(InvalidOperationException.NOT_APPLIED);
  }

  @Test
  void admit_randomOperations_acceptsWhatLeadsToWellFormedText() {
    Random random = new Random(42);
    int widened = 0;
    for (int round = 0; round < 60_000; round++) {
      StringBuilder builder = new StringBuilder();
      for (int i = random.nextInt(5); i > 0; i--) {
        builder.append(random.nextInt(4) == 0 ? "a" : random.nextBoolean() ? "😀" : "😁");
      }
      String text = builder.toString();
      TextOperation operation = randomUnits(random, text);
      String after = operation.applyTo(text);
      if (Text.of(after).isWellFormed()) {
        TextOperation admitted = TEXT.admit(Text.of(text), operation);
        assertThat(admitted.applyTo(text)).as("%s on %s", operation, text).isEqualTo(after);
        assertCutsNoPair(text, admitted);
        widened += admitted.equals(operation) ? 0 : 1;
        assertThat(TEXT.admit(Text.of(text), admitted)).isSameAs(admitted);
      } else {
        assertThatExceptionOfType(InvalidOperationException.class)
            .isThrownBy(() -> TEXT.admit(Text.of(text), operation));
      }
    }
    assertThat(widened).isGreaterThan(1_000);
  }

  /** Edits units with no regard to pairs, yet likely to leave pairs behind. */
  private static TextOperation randomUnits(Random random, String text) {
    TextOperation.Builder operation = TextOperation.builder();
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      int choice = random.nextInt(8);
      if (choice == 0) {
        operation.delete(1).insert(Character.isLowSurrogate(unit) ? "\uDE01" : "\uD83D");
      } else if (choice == 1) {
        operation.insert(Character.isLowSurrogate(unit) ? "\uDE00\uD83D" : "x").retain(1);
      } else if (choice == 2) {
        operation.insert("\uD83D").delete(1);
      } else if (choice == 3 && at + 1 < text.length()) {
        operation.delete(2);
        at++;
      } else {
        operation.retain(1);
      }
    }
    return operation.build();
  }

  /** Checks each place that the operation touches, and each of its inserts. */
  private static void assertCutsNoPair(String text, TextOperation operation) {
    int at = 0;
    for (TextComponent component : operation.components()) {
      assertThat(TextAdmission.cutsPair(text, at)).as("%s on %s", operation, text).isFalse();
      if (component instanceof TextComponent.Insert insert) {
        assertThat(Text.of(insert.text()).isWellFormed()).as("%s", operation).isTrue();
      } else {
        at += component.length();
      }
    }
    assertThat(TextAdmission.cutsPair(text, at)).as("%s on %s", operation, text).isFalse();
  }
}
