package dev.collab.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.operation.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The ways of a single edit give what the way of any operation gives. */
class TextFastPathTest {

  private static final int LENGTH = 5;

  @Test
  void transform_everyPairOfSingleEdits_equalsTheMerge() {
    for (TextOperation operation : singles(LENGTH, "ab")) {
      for (TextOperation over : singles(LENGTH, "xy")) {
        for (Side side : Side.values()) {
          assertThat(operation.transform(over, side))
              .as("%s over %s, %s", operation, over, side)
              .isEqualTo(TextTransform.merge(operation, over, side == Side.LEFT));
        }
      }
    }
  }

  @Test
  void compose_everyPairOfSingleEdits_equalsTheMerge() {
    for (TextOperation first : singles(LENGTH, "ab")) {
      int length = LENGTH + first.insertedLength() - first.deletedLength();
      for (TextOperation second : singles(length, "xy")) {
        assertThat(first.compose(second))
            .as("%s, then %s", first, second)
            .isEqualTo(TextCompose.merge(first, second));
      }
    }
  }

  @Test
  void transformPast_randomHistories_equalsTheLoop() {
    Random random = new Random(20261122);
    for (int round = 0; round < 20_000; round++) {
      List<TextOperation> history = new ArrayList<>();
      int length = 12;
      TextOperation operation =
          random.nextBoolean()
              ? TextOperations.randomSingle(random, length)
              : TextOperations.random(random, length, 4);
      for (int i = random.nextInt(12); i > 0; i--) {
        TextOperation next =
            random.nextInt(4) > 0
                ? TextOperations.randomSingle(random, length)
                : TextOperations.random(random, length, 3);
        history.add(next);
        length += next.insertedLength() - next.deletedLength();
      }
      for (Side side : Side.values()) {
        TextOperation expected = operation;
        for (TextOperation over : history) {
          expected = expected.transform(over, side);
        }
        assertThat(TextType.TEXT.transformPast(operation, history, side))
            .as("%s past %s, %s", operation, history, side)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void transformPast_changingNothing_returnsTheSameInstance() {
    TextOperation operation = TextOperation.insert(1, "x");

    assertThat(
            TextType.TEXT.transformPast(
                operation, List.of(TextOperation.insert(3, "y")), Side.LEFT))
        .isSameAs(operation);
  }

  private static List<TextOperation> singles(int length, String text) {
    List<TextOperation> singles = new ArrayList<>();
    for (int position = 0; position <= length; position++) {
      for (int deleted = 0; deleted <= length - position; deleted++) {
        for (int inserted = 0; inserted <= text.length(); inserted++) {
          if (inserted + deleted > 0) {
            singles.add(TextOperation.replace(position, deleted, text.substring(0, inserted)));
          }
        }
      }
    }
    return singles;
  }
}
