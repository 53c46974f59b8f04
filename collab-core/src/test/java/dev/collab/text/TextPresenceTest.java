package dev.collab.text;

import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.operation.Authorship;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.Side;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How cursors and selections move over edits of their owner and of others. */
class TextPresenceTest {

  private static JsonObject selection(JsonValue anchor, JsonValue head) {
    return new JsonObject(Map.of("anchor", anchor, "head", head, "x", JsonValue.of("s")));
  }

  private static JsonObject presence(JsonValue... selections) {
    return new JsonObject(
        Map.of("selections", new JsonArray(List.of(selections)), "color", JsonValue.of("red")));
  }

  private static JsonObject presence(int anchor, int head) {
    return presence(selection(JsonValue.of(anchor), JsonValue.of(head)));
  }

  private static JsonObject first(JsonValue presence) {
    JsonArray selections = (JsonArray) ((JsonObject) presence).get("selections").orElseThrow();
    return (JsonObject) selections.elements().get(0);
  }

  private static List<Integer> ends(JsonValue presence) {
    return List.of(number(first(presence), "anchor"), number(first(presence), "head"));
  }

  private static int number(JsonObject pair, String member) {
    return (int) ((JsonNumber) pair.get(member).orElseThrow()).value();
  }

  private static List<Integer> moved(
      int anchor, int head, TextOperation operation, Authorship authorship) {
    return ends(TEXT.transformPresence(presence(anchor, head), operation, authorship));
  }

  @ParameterizedTest
  @CsvSource({
    // anchor, head, insertion at; own: anchor, head; foreign: anchor, head
    "2,2, 2, 5,5, 2,2",
    "2,2, 1, 5,5, 5,5",
    "2,2, 3, 2,2, 2,2",
    "2,4, 2, 5,7, 5,7",
    "2,4, 4, 2,7, 2,4",
    "4,2, 4, 7,2, 4,2",
    "4,2, 2, 7,5, 7,5",
    "2,4, 3, 2,7, 2,7"
  })
  void insertion_movesByAuthorship(
      int anchor, int head, int at, int ownAnchor, int ownHead, int anchorAfter, int headAfter) {
    TextOperation insertion = TextOperation.insert(at, "xyz");
    assertThat(moved(anchor, head, insertion, Authorship.OWN)).containsExactly(ownAnchor, ownHead);
    assertThat(moved(anchor, head, insertion, Authorship.FOREIGN))
        .containsExactly(anchorAfter, headAfter);
  }

  @Test
  void deletion_aroundTheSelection_collapsesIt() {
    TextOperation deletion = TextOperation.builder().retain(1).delete(5).build();
    assertThat(moved(2, 4, deletion, Authorship.FOREIGN)).containsExactly(1, 1);
    assertThat(moved(4, 2, deletion, Authorship.OWN)).containsExactly(1, 1);
  }

  @Test
  void transform_everySmallCase_keepsDirectionAndStaysInTheText() {
    List<TextOperation> operations = operationsOn(4);
    assertThat(operations).hasSize(15 * 3 + 20 * 3);
    for (TextOperation operation : operations) {
      int length = TEXT.apply(Text.of("abcd"), operation).length();
      for (int anchor = 0; anchor <= 4; anchor++) {
        for (int head = 0; head <= 4; head++) {
          for (Authorship authorship : Authorship.values()) {
            List<Integer> after = moved(anchor, head, operation, authorship);
            assertThat(after).allMatch(position -> position >= 0 && position <= length);
            assertThat(Integer.signum(after.get(1) - after.get(0)))
                .as("%d..%d over %s", anchor, head, operation)
                .isIn(0, Integer.signum(head - anchor));
          }
        }
      }
    }
  }

  /** A character put where the cursor stands ends up between where a foreign and an own one do. */
  @Test
  void transform_cursor_agreesWithAMarkerCharacter() {
    for (TextOperation operation : operationsOn(3)) {
      for (int at = 0; at <= 3; at++) {
        Text marked = Text.of("abc").replace(at, at, "|");
        TextOperation around = TEXT.transform(operation, TextOperation.insert(at, "|"), Side.LEFT);
        int marker = TEXT.apply(marked, around).toString().indexOf('|');
        assertThat(marker)
            .as("%d over %s", at, operation)
            .isBetween(
                moved(at, at, operation, Authorship.FOREIGN).get(0),
                moved(at, at, operation, Authorship.OWN).get(0));
      }
    }
  }

  /** All replacements of a range by up to two characters, with and without an insertion behind. */
  private static List<TextOperation> operationsOn(int length) {
    List<TextOperation> operations = new ArrayList<>();
    for (int from = 0; from <= length; from++) {
      for (int to = from; to <= length; to++) {
        for (String inserted : List.of("", "x", "xy")) {
          operations.add(replacement(from, to, inserted).build());
          for (int more = to + 1; more <= length; more++) {
            operations.add(replacement(from, to, inserted).retain(more - to).insert("z").build());
          }
        }
      }
    }
    return operations;
  }

  private static TextOperation.Builder replacement(int from, int to, String inserted) {
    return TextOperation.builder().retain(from).insert(inserted).delete(to - from);
  }

  @Test
  void transform_otherMembers_stay() {
    JsonObject moved =
        (JsonObject)
            TEXT.transformPresence(
                presence(1, 1), TextOperation.insert(0, "x"), Authorship.FOREIGN);
    assertThat(moved.get("color")).contains(JsonValue.of("red"));
    assertThat(first(moved).get("x")).contains(JsonValue.of("s"));
  }

  @Test
  void transform_withoutSelections_changesNothing() {
    JsonObject typing = new JsonObject(Map.of("typing", JsonValue.of(true)));
    TEXT.checkPresence(typing);
    assertThat(TEXT.transformPresence(typing, TextOperation.insert(0, "x"), Authorship.FOREIGN))
        .isSameAs(typing);
  }

  @Test
  void clamp_positionOutsideOrInsideAPair_movesToWhereACursorMayStand() {
    assertThat(ends(TEXT.clampPresence(presence(9, 1), Text.of("abc")))).containsExactly(3, 1);
    assertThat(ends(TEXT.clampPresence(presence(1, 2), Text.of("\uD83D\uDE00"))))
        .containsExactly(0, 2);
  }

  @Test
  void check_otherForms_areRefused() {
    for (JsonValue bad :
        List.of(
            JsonValue.of("text"),
            JsonValue.of(1),
            new JsonArray(List.of()),
            new JsonObject(Map.of("selections", JsonValue.of(1))),
            presence(JsonValue.of(1)),
            presence(new JsonObject(Map.of("anchor", JsonValue.of(1)))),
            presence(selection(JsonValue.of(-1), JsonValue.of(0))),
            presence(selection(JsonValue.of(1.5), JsonValue.of(0))),
            presence(selection(JsonValue.of(2147483648.0), JsonValue.of(0))))) {
      assertThatThrownBy(() -> TEXT.checkPresence(bad))
          .as("%s", bad)
          .isInstanceOf(InvalidOperationException.class);
    }
    TEXT.checkPresence(presence());
    TEXT.checkPresence(presence(selection(JsonValue.of(2147483647.0), JsonValue.of(0))));
  }
}
