package dev.collab.text;

import dev.collab.operation.Authorship;
import dev.collab.operation.Bias;
import dev.collab.operation.InvalidOperationException;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * What users show in texts: an object whose member {@code selections} lists pairs of {@code anchor}
 * and {@code head}. All other members are the application's and stay as they are.
 */
final class TextPresence {

  private static final String SELECTIONS = "selections";
  private static final String ANCHOR = "anchor";
  private static final String HEAD = "head";

  private TextPresence() {}

  static void check(JsonValue presence) {
    for (JsonValue selection : selections(object(presence))) {
      if (!(selection instanceof JsonObject pair)) {
        throw InvalidOperationException.badlyFormed("a selection is no object");
      }
      position(pair, ANCHOR);
      position(pair, HEAD);
    }
  }

  /**
   * Moves all selections. Without a selected range a cursor goes behind what its owner inserts at
   * it and stays in front of what others insert. A range does not grow by what others insert at its
   * edges. Components count one after the other: what is inserted behind a deleted range is
   * inserted where that was.
   */
  static JsonValue transform(JsonValue presence, TextOperation operation, Authorship authorship) {
    if (operation.isNoop()) {
      return presence;
    }
    return each(
        presence,
        (anchor, head) -> {
          int from = Math.min(anchor, head);
          int to = Math.max(anchor, head);
          int end =
              authorship == Authorship.OWN
                  ? TextApply.transformPositionBehind(operation, to)
                  : operation.transformPosition(to, Bias.BEFORE);
          int start =
              from == to ? end : Math.min(end, TextApply.transformPositionBehind(operation, from));
          return anchor <= head ? new int[] {start, end} : new int[] {end, start};
        });
  }

  static JsonValue clamp(JsonValue presence, Text state) {
    IntUnaryOperator clamp = position -> clamp(position, state);
    return each(
        presence, (anchor, head) -> new int[] {clamp.applyAsInt(anchor), clamp.applyAsInt(head)});
  }

  /** A position inside a surrogate pair is in no text that anybody sees. */
  private static int clamp(int position, Text state) {
    int length = state.length();
    if (position >= length) {
      return length;
    }
    boolean splits =
        position > 0
            && Character.isLowSurrogate(state.charAt(position))
            && Character.isHighSurrogate(state.charAt(position - 1));
    return splits ? position - 1 : position;
  }

  private interface Move {

    int[] apply(int anchor, int head);
  }

  private static JsonValue each(JsonValue presence, Move move) {
    JsonObject object = object(presence);
    List<JsonValue> before = selections(object);
    if (before.isEmpty()) {
      return presence;
    }
    List<JsonValue> after = new ArrayList<>(before.size());
    for (JsonValue selection : before) {
      JsonObject pair = (JsonObject) selection;
      int[] moved = move.apply(position(pair, ANCHOR), position(pair, HEAD));
      after.add(with(with(pair, ANCHOR, JsonValue.of(moved[0])), HEAD, JsonValue.of(moved[1])));
    }
    return with(object, SELECTIONS, new JsonArray(after));
  }

  private static JsonObject with(JsonObject object, String name, JsonValue value) {
    Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
    members.put(name, value);
    return new JsonObject(members);
  }

  private static JsonObject object(JsonValue presence) {
    if (presence instanceof JsonObject object) {
      return object;
    }
    throw InvalidOperationException.badlyFormed("a presence in a text is no object");
  }

  private static List<JsonValue> selections(JsonObject presence) {
    JsonValue selections = presence.get(SELECTIONS).orElse(JsonValue.NULL);
    if (selections == JsonValue.NULL) {
      return List.of();
    }
    if (selections instanceof JsonArray array) {
      return array.elements();
    }
    throw InvalidOperationException.badlyFormed("selections is no array");
  }

  private static int position(JsonObject selection, String member) {
    if (selection.get(member).orElse(JsonValue.NULL) instanceof JsonNumber number
        && number.isInteger()
        && number.value() >= 0
        && number.value() <= Integer.MAX_VALUE) {
      return (int) number.value();
    }
    throw InvalidOperationException.badlyFormed(
        member + " of a selection is no position, allowed 0.." + Integer.MAX_VALUE);
  }
}
