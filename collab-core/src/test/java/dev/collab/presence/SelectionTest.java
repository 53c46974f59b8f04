package dev.collab.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.text.Text;
import dev.collab.text.TextPosition;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Selections as offsets, as lines and columns, and as part of a value. */
class SelectionTest {

  private static final Text TEXT = Text.of("ab\n\uD83D\uDE00c\n");

  @Test
  void places_ofEachOffset_leadBack() {
    for (int anchor = 0; anchor <= TEXT.length(); anchor++) {
      for (int head = 0; head <= TEXT.length(); head++) {
        Selection selection = new Selection(anchor, head);
        assertThat(Selection.between(TEXT, selection.anchorIn(TEXT), selection.headIn(TEXT)))
            .isEqualTo(selection);
      }
    }
  }

  @Test
  void places_countLinesAndUtf16UnitsFromZero() {
    Selection selection = new Selection(5, 7);
    assertThat(selection.anchorIn(TEXT)).isEqualTo(new TextPosition(1, 2));
    assertThat(selection.headIn(TEXT)).isEqualTo(new TextPosition(2, 0));
    assertThat(Selection.between(TEXT, new TextPosition(0, 2), new TextPosition(0, 0)))
        .isEqualTo(new Selection(2, 0));
  }

  @Test
  void places_outsideTheText_areRefused() {
    assertThatThrownBy(() -> new Selection(0, 8).headIn(TEXT))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> new Selection(8, 0).anchorIn(TEXT))
        .isInstanceOf(IndexOutOfBoundsException.class);
    TextPosition start = new TextPosition(0, 0);
    for (TextPosition outside : List.of(new TextPosition(3, 0), new TextPosition(0, 3))) {
      assertThatThrownBy(() -> Selection.between(TEXT, start, outside))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatThrownBy(() -> new Selection(-1, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void range_ofABackwardSelection_isInTheOrderOfTheText() {
    Selection backward = new Selection(7, 3);
    assertThat(List.of(backward.from(), backward.to())).containsExactly(3, 7);
    assertThat(backward.isCursor()).isFalse();
    assertThat(Selection.cursor(4).isCursor()).isTrue();
  }

  @Test
  void value_keepsAnyNumberOfSelections_andTheApplicationsState() {
    JsonObject state = new JsonObject(Map.of("tool", JsonValue.of("pen")));
    List<Selection> selections =
        List.of(new Selection(1, 5), Selection.cursor(9), new Selection(8, 2));
    JsonObject value = Selection.encode(state, selections);
    assertThat(Selection.decode(value)).isEqualTo(selections);
    assertThat(value.get("tool")).contains(JsonValue.of("pen"));
    assertThat(Selection.decode(state)).isEmpty();
    assertThat(Selection.decode(JsonValue.of(1))).isEmpty();
    assertThat(
            Selection.decode(new JsonObject(Map.of("selections", new JsonArray(List.of(state))))))
        .isEmpty();
  }
}
