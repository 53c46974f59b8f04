package dev.collab.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.operation.Side;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The law that does not hold: transforming over a composed history may differ from transforming
 * over one operation after the other. A composed operation no longer tells on which side of a
 * deleted unit something was inserted. The library promises the result operation by operation, so
 * it never composes what somebody may still transform over.
 */
class ComposeAgainstTransformTest {

  private static final TextOperation DELETE_FIRST = TextOperation.builder().delete(1).build();

  @Test
  void transform_overComposedHistory_putsLeftElsewhere() {
    TextOperation insertX = TextOperation.builder().insert("x").build();
    TextOperation appendY = TextOperation.builder().retain(1).insert("y").build();
    TextOperation composed = DELETE_FIRST.compose(insertX);
    assertThat(composed).isEqualTo(TextOperation.builder().insert("x").delete(1).build());

    TextOperation frontY = TextOperation.builder().insert("y").build();
    assertThat(oneByOne(appendY, Side.LEFT, DELETE_FIRST, insertX)).isEqualTo(frontY);
    assertThat(oneByOne(appendY, Side.RIGHT, DELETE_FIRST, insertX)).isEqualTo(appendY);
    assertThat(appendY.transform(composed, Side.LEFT)).isEqualTo(appendY);
    assertThat(appendY.transform(composed, Side.RIGHT)).isEqualTo(appendY);
  }

  @Test
  void merge_typingBesideADeletedLetter_isAbOneByOneAndBaComposed() {
    TextOperation typeA = TextOperation.builder().retain(1).insert("a").build();
    TextOperation typeB = TextOperation.builder().insert("b").build();
    TextOperation composed = DELETE_FIRST.compose(typeB);
    assertThat(composed.applyTo("x")).isEqualTo("b");

    assertThat(oneByOne(typeA, Side.LEFT, DELETE_FIRST, typeB).applyTo("b")).isEqualTo("ab");
    assertThat(typeA.transform(composed, Side.LEFT).applyTo("b")).isEqualTo("ba");
  }

  @Test
  void merge_eitherWay_convergesByItself() {
    TextOperation typeA = TextOperation.builder().retain(1).insert("a").build();
    TextOperation typeB = TextOperation.builder().insert("b").build();
    TextOperation composed = DELETE_FIRST.compose(typeB);
    TextOperation overDeleted = typeA.transform(DELETE_FIRST, Side.LEFT);
    TextOperation deleteLater = DELETE_FIRST.transform(typeA, Side.RIGHT);
    TextOperation typeLater = typeB.transform(overDeleted, Side.RIGHT);
    assertThat(typeLater.applyTo(deleteLater.applyTo("xa"))).isEqualTo("ab");
    assertThat(composed.transform(typeA, Side.RIGHT).applyTo("xa")).isEqualTo("ba");
  }

  private static TextOperation oneByOne(
      TextOperation operation, Side side, TextOperation... history) {
    TextOperation past = TextType.TEXT.transformPast(operation, List.of(history), side);
    TextOperation result = operation;
    for (TextOperation over : history) {
      result = result.transform(over, side);
    }
    assertThat(past).isEqualTo(result);
    return result;
  }
}
