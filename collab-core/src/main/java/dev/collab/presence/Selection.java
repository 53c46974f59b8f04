package dev.collab.presence;

import dev.collab.text.Text;
import dev.collab.text.TextPosition;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A selected range of a text, or a cursor if nothing is selected.
 *
 * <p>Immutable.
 *
 * @param anchor where the selection began, in UTF-16 code units, at least 0
 * @param head where it ends and the cursor blinks; may stand before {@code anchor}
 * @since 0.1
 */
public record Selection(int anchor, int head) {

  private static final String SELECTIONS = "selections";

  /**
   * Checks the ranges.
   *
   * @param anchor where the selection began
   * @param head where it ends
   * @throws IllegalArgumentException if one of them is negative
   */
  public Selection {
    if (anchor < 0 || head < 0) {
      throw new IllegalArgumentException("selection " + anchor + ".." + head + " is negative");
    }
  }

  /**
   * Returns a selection of nothing.
   *
   * @param position where the cursor stands
   * @return the cursor
   * @throws IllegalArgumentException if {@code position} is negative
   */
  public static Selection cursor(int position) {
    return new Selection(position, position);
  }

  /**
   * Tells whether nothing is selected.
   *
   * @return whether both ends are at the same position
   */
  public boolean isCursor() {
    return anchor == head;
  }

  /**
   * Returns the first position of the range.
   *
   * @return the lower of the two ends
   */
  public int from() {
    return Math.min(anchor, head);
  }

  /**
   * Returns the position behind the range.
   *
   * @return the higher of the two ends
   */
  public int to() {
    return Math.max(anchor, head);
  }

  /**
   * Returns the selection between two places in a text. Takes O(log n) in the text's length.
   *
   * @param text the text
   * @param anchor where the selection began, as line and column from 0
   * @param head where it ends
   * @return the selection
   * @throws IndexOutOfBoundsException if one of the places is not in {@code text}
   */
  public static Selection between(Text text, TextPosition anchor, TextPosition head) {
    return new Selection(text.offsetAt(anchor), text.offsetAt(head));
  }

  /**
   * Returns where the selection began, as line and column from 0. Takes O(log n) in the text's
   * length.
   *
   * @param text the text that the selection is in
   * @return the place
   * @throws IndexOutOfBoundsException if it is behind the end of {@code text}
   */
  public TextPosition anchorIn(Text text) {
    return text.positionAt(anchor);
  }

  /**
   * Returns where the selection ends and the cursor blinks, as line and column from 0. Takes O(log
   * n) in the text's length.
   *
   * @param text the text that the selection is in
   * @return the place
   * @throws IndexOutOfBoundsException if it is behind the end of {@code text}
   */
  public TextPosition headIn(Text text) {
    return text.positionAt(head);
  }

  /**
   * Returns a presence value with selections in it, as documents of type {@code text} move it.
   *
   * @param state what else the application shows; a member {@code selections} is replaced
   * @param selections the selections, the main one first
   * @return the value
   */
  public static JsonObject encode(JsonObject state, List<Selection> selections) {
    Map<String, JsonValue> members = new LinkedHashMap<>(state.members());
    members.put(
        SELECTIONS, new JsonArray(selections.stream().<JsonValue>map(Selection::encode).toList()));
    return new JsonObject(members);
  }

  private JsonObject encode() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("anchor", JsonValue.of(anchor));
    members.put("head", JsonValue.of(head));
    return new JsonObject(members);
  }

  /**
   * Returns the selections in a presence value. What is not a selection is passed over.
   *
   * @param value a presence value of any form
   * @return the selections, the main one first; unmodifiable
   */
  public static List<Selection> decode(JsonValue value) {
    if (!(value instanceof JsonObject object)
        || !(object.get(SELECTIONS).orElse(JsonValue.NULL) instanceof JsonArray array)) {
      return List.of();
    }
    List<Selection> selections = new ArrayList<>();
    for (JsonValue element : array.elements()) {
      if (element instanceof JsonObject pair) {
        int anchor = position(pair, "anchor");
        int head = position(pair, "head");
        if (anchor >= 0 && head >= 0) {
          selections.add(new Selection(anchor, head));
        }
      }
    }
    return List.copyOf(selections);
  }

  private static int position(JsonObject pair, String member) {
    return pair.get(member).orElse(JsonValue.NULL) instanceof JsonNumber number
            && number.isInteger()
            && number.value() >= 0
            && number.value() <= Integer.MAX_VALUE
        ? (int) number.value()
        : -1;
  }
}
