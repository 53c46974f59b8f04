package dev.collab.text;

import static dev.collab.text.TextOperations.op;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.collab.operation.Bias;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.Side;
import dev.collab.text.TextComponent.Delete;
import dev.collab.text.TextComponent.Insert;
import dev.collab.text.TextComponent.Retain;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextOperationTest {

  private static final int MAX = Integer.MAX_VALUE;

  @Test
  void builder_neighboursOfOneKind_areMerged() {
    TextOperation built =
        TextOperation.builder()
            .retain(1)
            .retain(1)
            .insert("")
            .delete(0)
            .insert("a")
            .insert("b")
            .delete(1)
            .delete(2)
            .retain(3)
            .build();

    assertThat(built.components()).containsExactly(new Retain(2), new Insert("ab"), new Delete(3));
    assertThat(built.componentCount()).isEqualTo(3);
    assertThat(built).isEqualTo(TextOperation.replace(2, 3, "ab"));
    assertThat(built).hasSameHashCodeAs(TextOperation.replace(2, 3, "ab"));
  }

  @Test
  void builder_deleteThenInsert_isNotReordered() {
    TextOperation deleteFirst = TextOperation.builder().delete(1).insert("x").build();

    assertThat(deleteFirst).isNotEqualTo(TextOperation.replace(0, 1, "x"));
    assertThat(deleteFirst.components()).containsExactly(new Delete(1), new Insert("x"));
    assertThat(deleteFirst.applyTo("abc")).isEqualTo("xbc");
  }

  @Test
  void builder_afterBuild_startsAnewAndLeavesTheOperationAlone() {
    TextOperation.Builder builder = TextOperation.builder();
    for (int i = 0; i < 4; i++) {
      builder.retain(1).delete(1);
    }
    TextOperation first = builder.build();
    String before = first.toString();

    assertThat(builder.retain(1).insert("x").build()).isEqualTo(TextOperation.insert(1, "x"));
    assertThat(first).hasToString(before);
  }

  @Test
  void builder_onlyRetains_isNoop() {
    assertThat(TextOperation.builder().retain(7).build()).isSameAs(TextOperation.noop());
    assertThat(TextOperation.insert(7, "").isNoop()).isTrue();
    assertThat(TextOperation.delete(7, 0)).isEqualTo(TextOperation.noop());
    assertThat(TextOperation.noop().components()).isEmpty();
    assertThat(TextOperation.noop().weight()).isZero();
  }

  @Test
  void figures_operationWithAllKinds_countUnits() {
    TextOperation operation = op("[3,'ab',2,{'d':4},'c']");

    assertThat(operation.minimumBaseLength()).isEqualTo(9);
    assertThat(operation.insertedLength()).isEqualTo(3);
    assertThat(operation.deletedLength()).isEqualTo(4);
    assertThat(operation.weight()).isEqualTo(3 + 5 * 8);
    assertThat(operation).hasToString("retain 3, insert \"ab\", retain 2, delete 4, insert \"c\"");
  }

  @Test
  void toString_awkwardContent_isOneLine() {
    assertThat(TextOperation.noop()).hasToString("noop");
    assertThat(TextOperation.insert(0, "\"\\\n\t\uD83D😀\uDE00"))
        .hasToString("insert \"\\\"\\\\\\n\\u0009\\uD83D😀\\uDE00\"");
  }

  @Test
  void factories_negativeNumbers_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> TextOperation.insert(-1, "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> TextOperation.delete(1, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> TextOperation.builder().retain(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> TextOperation.builder().delete(-1));
  }

  @Test
  void everyVerb_spanBeyondInt_isRefused() {
    TextOperation far = TextOperation.insert(MAX, "x");
    TextOperation all = TextOperation.delete(0, MAX);
    TextOperation many = op("['x'," + (MAX - 3) + ",{'d':1},1,{'d':1}]");

    assertThat(far.minimumBaseLength()).isEqualTo(MAX);
    assertRefused(() -> TextOperation.delete(1, MAX));
    assertRefused(() -> TextOperation.builder().delete(MAX).delete(1).build());
    assertRefused(() -> TextOperation.builder().delete(MAX).retain(1).delete(1).build());
    assertRefused(() -> far.transform(TextOperation.insert(0, "y"), Side.LEFT));
    assertRefused(() -> TextOperation.delete(MAX - 1, 1).transform(op("['yy']"), Side.LEFT));
    assertRefused(() -> many.transform(TextOperation.insert(1, "y"), Side.LEFT));
    assertRefused(() -> all.compose(TextOperation.delete(0, 1)));
    assertRefused(() -> all.compose(op("[1,{'d':1},1,{'d':1}]")));
    assertRefused(() -> far.transformPosition(MAX, Bias.AFTER));
    assertThat(far.transform(op("['y',{'d':1}]"), Side.LEFT)).isEqualTo(far);
    assertThat(far.compose(TextOperation.delete(0, 1)))
        .isEqualTo(op("[{'d':1}," + (MAX - 1) + ",'x']"));
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatExceptionOfType(InvalidOperationException.class).isThrownBy(call);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "['x'] | ['y'] | ['x'] | [1,'x']",
        "[2,'x'] | [{'d':4}] | ['x'] | ['x']",
        "[{'d':4}] | [2,'y'] | [{'d':2},1,{'d':2}] | [{'d':2},1,{'d':2}]",
        "[1,{'d':4}] | [3,{'d':4}] | [1,{'d':2}] | [1,{'d':2}]",
        "[{'d':1},'x'] | ['y'] | [1,{'d':1},'x'] | [1,{'d':1},'x']",
        "['x',{'d':1}] | ['y'] | ['x',1,{'d':1}] | [1,'x',{'d':1}]",
        "[1,'x'] | [{'d':1},'y'] | ['x'] | [1,'x']",
        "[{'d':1},'x'] | [1,'y'] | [{'d':1},'x'] | [{'d':1},1,'x']",
        "[1,'a',1,'b'] | [1,{'d':1},'c'] | [1,'ab'] | [1,'a',1,'b']",
        "[{'d':4}] | [1,{'d':2}] | [{'d':2}] | [{'d':2}]",
        "[1,'y'] | [{'d':1}] | ['y'] | ['y']",
        "['y'] | ['x'] | ['y'] | [1,'y']",
        "[1,'y'] | ['x',{'d':1}] | [1,'y'] | [1,'y']",
        "['x',{'d':2}] | [{'d':2},'y'] | ['x'] | ['x']",
        "[] | ['y'] | [] | []",
        "['y'] | [] | ['y'] | ['y']",
      })
  void transform_table_agrees(String operation, String over, String left, String right) {
    assertThat(op(operation).transform(op(over), Side.LEFT)).isEqualTo(op(left));
    assertThat(op(operation).transform(op(over), Side.RIGHT)).isEqualTo(op(right));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "['abc'] | [1,{'d':1}] | ['ac']",
        "[{'d':1}] | ['x'] | ['x',{'d':1}]",
        "['x'] | [1,{'d':1}] | ['x',{'d':1}]",
        "[1,'x'] | [{'d':1}] | [{'d':1},'x']",
        "[2,{'d':2}] | [1,{'d':3}] | [1,{'d':5}]",
        "['ab'] | [{'d':2}] | []",
        "['ab'] | [1,'X',1,{'d':3}] | ['aXb',{'d':3}]",
        "[3,'ab'] | [5,'c'] | [3,'abc']",
        "[3,'ab'] | [4,'c'] | [3,'acb']",
        "[3,'abc'] | [4,'x',{'d':1}] | [3,'axc']",
        "[3,{'d':1}] | [2,{'d':1}] | [2,{'d':2}]",
        "['a',3,'b'] | [4,{'d':1}] | ['a']",
        "['a'] | [5,'b'] | ['a',4,'b']",
        "[] | ['x'] | ['x']",
        "['x'] | [] | ['x']",
      })
  void compose_table_agrees(String first, String second, String composed) {
    assertThat(op(first).compose(op(second))).isEqualTo(op(composed));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[4,'x']", "[2,{'d':9}]", "['a',1,'b',3,{'d':1}]", "[3,{'d':1}]"})
  void applyTo_operationBeyondTheEnd_isRefusedAndChangesNothing(String json) {
    TextOperation operation = op(json);
    TextBuffer buffer = Text.of("abc").toBuffer();

    assertNotApplied(() -> operation.applyTo("abc"));
    assertNotApplied(() -> operation.applyTo(Text.of("abc")));
    assertNotApplied(() -> operation.applyTo(buffer));
    assertNotApplied(() -> operation.invert(Text.of("abc")));
    assertThat(buffer).hasToString("abc");
  }

  private static void assertNotApplied(ThrowingCallable call) {
    assertThatExceptionOfType(InvalidOperationException.class)
        .isThrownBy(call)
        .extracting(InvalidOperationException::code)
        .isEqualTo(InvalidOperationException.NOT_APPLIED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1,{'d':2}] | [1,'bc']",
        "[1,'x'] | [1,{'d':1}]",
        "['x',{'d':1}] | [{'d':1},'a']",
        "[{'d':1},'x'] | ['a',{'d':1}]",
        "[1,'x',1,{'d':1},'yz'] | [1,{'d':1},1,'c',{'d':2}]",
      })
  void invert_table_agreesAndRestores(String operation, String inverse) {
    Text before = Text.of("abcd");
    TextOperation undo = op(operation).invert(before);

    assertThat(undo).isEqualTo(op(inverse));
    assertThat(undo.applyTo(op(operation).applyTo(before))).isEqualTo(before);
    assertThat(undo.invert(op(operation).applyTo(before))).isEqualTo(op(operation));
  }
}
