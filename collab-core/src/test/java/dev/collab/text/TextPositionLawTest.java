package dev.collab.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.operation.Bias;
import dev.collab.operation.Side;
import org.junit.jupiter.api.Test;

/** A position moves as an insertion made there by somebody else would. */
class TextPositionLawTest {

  private static final TextOperation DELETE_THEN_INSERT =
      TextOperation.builder().delete(2).insert("xy").build();

  @Test
  void transformPosition_startOfRangeDeletedBeforeInsert_staysInFrontOfIt() {
    assertMoves(DELETE_THEN_INSERT, 0, Bias.AFTER, 0);
  }

  @Test
  void transformPosition_insideRangeDeletedBeforeInsert_staysInFrontOfIt() {
    assertMoves(DELETE_THEN_INSERT, 1, Bias.AFTER, 0);
  }

  @Test
  void transformPosition_endOfRangeDeletedBeforeInsert_followsTheBias() {
    assertMoves(DELETE_THEN_INSERT, 2, Bias.BEFORE, 0);
    assertMoves(DELETE_THEN_INSERT, 2, Bias.AFTER, 2);
  }

  @Test
  void transformPosition_rangeDeletedBehindInsert_staysBehindIt() {
    TextOperation replace = TextOperation.replace(0, 2, "xy");
    assertMoves(replace, 0, Bias.BEFORE, 0);
    assertMoves(replace, 0, Bias.AFTER, 2);
    assertMoves(replace, 1, Bias.BEFORE, 2);
    assertMoves(replace, 2, Bias.BEFORE, 2);
  }

  private static void assertMoves(TextOperation over, int position, Bias bias, int expected) {
    Side side = bias == Bias.BEFORE ? Side.LEFT : Side.RIGHT;
    TextOperation marker = TextOperation.insert(position, "|").transform(over, side);
    assertThat(marker).isEqualTo(TextOperation.insert(expected, "|"));
    assertThat(over.transformPosition(position, bias)).isEqualTo(expected);
  }
}
