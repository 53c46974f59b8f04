package dev.collab.text;

import static dev.collab.text.TextOperations.op;
import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.collab.operation.Bias;
import dev.collab.operation.InvalidOperationException;
import dev.collab.value.JsonReader;
import dev.collab.value.JsonValue;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTypeTest {

  @Test
  void names_areThoseOfTheNpmPackage() {
    assertThat(TEXT.name()).isEqualTo("text");
    assertThat(TEXT.uri()).isEqualTo("http://sharejs.org/types/textv1");
    assertThat(TEXT.operationClass()).isEqualTo(TextOperation.class);
  }

  @Test
  void create_stringOrNull_isTheState() {
    assertThat(TEXT.create(JsonValue.NULL)).isEqualTo(Text.empty());
    assertThat(TEXT.create(JsonValue.of("a😀"))).isEqualTo(Text.of("a😀"));
    assertThat(TEXT.encodeState(Text.of("a😀"))).isEqualTo(JsonValue.of("a😀"));
    assertThat(TEXT.size(Text.of("a😀"))).isEqualTo(3);
    assertThat(TEXT.checksum(Text.of("a😀"))).isEqualTo(Text.of("a😀").checksum());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "{}", "[]", "true", "\"\\uD83D\"", "\"a\\uDE00\\uD83D\""})
  void create_noWellFormedString_isRefused(String json) {
    assertBadlyFormed(() -> TEXT.create(JsonReader.read(json)));
  }

  @Test
  void decodeOperation_adjacentInsertsOrDeletes_areMerged() {
    assertThat(op("['a','b',{'d':1},{'d':2}]")).isEqualTo(TextOperation.replace(0, 3, "ab"));
    assertThat(op("[]")).isEqualTo(TextOperation.noop());
    assertThat(TEXT.encodeOperation(op("['a','b',{'d':1},{'d':2}]")))
        .isEqualTo(JsonReader.read("[\"ab\",{\"d\":3}]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "3",
        "\"x\"",
        "{\"ops\":[]}",
        "[1]",
        "[\"x\",1]",
        "[1,1,\"x\"]",
        "[0,\"x\"]",
        "[-1,\"x\"]",
        "[1.5,\"x\"]",
        "[2147483648,\"x\"]",
        "[1e300,\"x\"]",
        "[\"\"]",
        "[{\"d\":0}]",
        "[{\"d\":-1}]",
        "[{\"d\":0.5}]",
        "[{\"d\":\"abc\"}]",
        "[{\"d\":1,\"e\":1}]",
        "[{\"e\":1}]",
        "[{}]",
        "[null]",
        "[true,\"x\"]",
        "[[1]]",
        "[2147483647,\"x\",1,\"y\"]",
        "[{\"d\":2147483647},{\"d\":1}]",
        "[2147483647,{\"d\":2147483647}]",
      })
  void decodeOperation_badForm_isRefused(String json) {
    assertBadlyFormed(() -> TEXT.decodeOperation(JsonReader.read(json)));
  }

  @Test
  void decodeOperation_longestSpan_isRead() {
    assertThat(op("[2147483647,'x']").minimumBaseLength()).isEqualTo(Integer.MAX_VALUE);
    assertThat(op("[{'d':2147483647}]").deletedLength()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void decodeOperation_badContent_isNotInTheMessage() {
    assertThatExceptionOfType(InvalidOperationException.class)
        .isThrownBy(() -> op("['secret',{'secret':'secret'}]"))
        .withMessageNotContaining("secret")
        .withMessageContaining("component 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | ['x'] | 0 | 1",
        "1 | [1,'x'] | 1 | 2",
        "2 | [1,'xy'] | 4 | 4",
        "3 | [1,{'d':4}] | 1 | 1",
        "5 | [1,{'d':4}] | 1 | 1",
        "1 | [1,{'d':4}] | 1 | 1",
        "5 | [1,{'d':2},'zz'] | 5 | 5",
        "2 | [1,{'d':2},'zz'] | 1 | 1",
        "1 | [{'d':1},'ab'] | 0 | 2",
        "2 | [1,'ab',{'d':2}] | 3 | 3",
        "9 | [1,'ab',{'d':2}] | 9 | 9",
        "4 | [] | 4 | 4",
      })
  void transformPosition_table_agrees(int position, String operation, int before, int after) {
    JsonValue from = JsonValue.of(position);
    assertThat(TEXT.transformPosition(from, op(operation), Bias.BEFORE))
        .isEqualTo(JsonValue.of(before));
    assertThat(TEXT.transformPosition(from, op(operation), Bias.AFTER))
        .isEqualTo(JsonValue.of(after));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "0.5", "2147483648", "null", "\"1\"", "[1,2]"})
  void transformPosition_noPosition_isRefused(String json) {
    assertBadlyFormed(
        () -> TEXT.transformPosition(JsonReader.read(json), op("['x']"), Bias.BEFORE));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> op("['x']").transformPosition(-1, Bias.AFTER));
  }

  private static void assertBadlyFormed(ThrowingCallable call) {
    assertThatExceptionOfType(InvalidOperationException.class)
        .isThrownBy(call)
        .extracting(InvalidOperationException::code)
        .isEqualTo(InvalidOperationException.BADLY_FORMED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "abc | abc | []",
        "abc | abxc | [2,'x']",
        "abc | ac | [1,{'d':1}]",
        "aaa | aaaa | [3,'a']",
        "aaaa | aaa | [3,{'d':1}]",
        "abc | xyz | ['xyz',{'d':3}]",
        "a😀b | a😁b | [1,'😁',{'d':2}]",
        "😀 | 🨀 | ['🨀',{'d':2}]",
        "😀 | 😀😀 | [2,'😀']",
      })
  void diff_twoTexts_leadsFromOneToTheOther(String from, String to, String expected) {
    TextOperation diff = TEXT.diff(Text.of(from), Text.of(to));

    assertThat(diff).isEqualTo(op(expected));
    assertThat(diff.applyTo(from)).isEqualTo(to);
    assertThat(TEXT.admit(Text.of(from), diff)).isSameAs(diff);
  }

  @Test
  void split_lightOperation_isLeftAlone() {
    TextOperation operation = TextOperation.insert(3, "x".repeat(48));

    assertThat(operation.weight()).isEqualTo(64);
    assertThat(TEXT.split(operation, 64)).containsExactly(operation);
    assertThatIllegalArgumentException().isThrownBy(() -> TEXT.split(operation, 63));
  }

  @Test
  void split_longInsert_cutsNoPair() {
    TextOperation operation = TextOperation.replace(1, 2, "a" + "😀".repeat(500));

    List<TextOperation> parts = checkSplit(operation, 64);
    assertThat(parts).hasSizeBetween(20, 24);
    for (TextOperation part : parts) {
      assertThat(Text.of(part.content()).isWellFormed()).isTrue();
    }
  }

  @Test
  void split_randomOperations_composesToTheWhole() {
    Random random = new Random(7);
    for (int round = 0; round < 3_000; round++) {
      TextOperation operation = TextOperations.random(random, 200, 60);
      if (random.nextBoolean()) {
        operation = operation.compose(TextOperation.insert(random.nextInt(100), "z".repeat(300)));
      }
      checkSplit(operation, 64 + random.nextInt(100));
    }
  }

  private static List<TextOperation> checkSplit(TextOperation operation, int maxWeight) {
    List<TextOperation> parts = TEXT.split(operation, maxWeight);
    TextOperation whole = TextOperation.noop();
    for (TextOperation part : parts) {
      assertThat(part.weight()).isLessThanOrEqualTo(maxWeight);
      whole = whole.compose(part);
    }
    assertThat(whole).isEqualTo(operation);
    return parts;
  }
}
