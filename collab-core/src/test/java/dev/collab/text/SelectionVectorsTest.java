package dev.collab.text;

import static dev.collab.text.TextType.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.operation.Authorship;
import dev.collab.presence.Selection;
import dev.collab.value.JsonReader;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The vectors that every implementation of moving selections has to agree with, one array per line:
 * text, operation, selections as pairs of anchor and head, where they are if the operation is their
 * owner's, and where if it is not. They are made by {@link MarkedText}; the browser's tests read
 * the same file.
 */
class SelectionVectorsTest {

  private static final String NAME = "/golden/selection/move.jsonl";
  private static final String SMILEY = "\uD83D\uDE00";

  @Test
  void vectors_areThoseOfTheOracle() throws IOException {
    String made = String.join("\n", rows()) + "\n";
    String written = System.getProperty("collab.selection.vectors");
    if (written != null) {
      Files.writeString(Path.of(written), made, UTF_8);
    }
    assertThat(stored()).isEqualTo(made);
  }

  private static String stored() throws IOException {
    try (InputStream file = SelectionVectorsTest.class.getResourceAsStream(NAME)) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }

  @Test
  void transform_agreesWithTheVectors_andKeepsDirectionAndPairs() throws IOException {
    List<String> lines = stored().lines().toList();
    assertThat(lines).hasSizeGreaterThan(900);
    for (String line : lines) {
      List<JsonValue> row = ((JsonArray) JsonReader.read(line)).elements();
      String text = ((JsonString) row.get(0)).value();
      TextOperation operation = TEXT.decodeOperation(row.get(1));
      String after = operation.applyTo(text);
      List<Selection> before = selections(row.get(2));
      for (Authorship authorship : Authorship.values()) {
        List<Selection> expected = selections(row.get(authorship == Authorship.OWN ? 3 : 4));
        List<Selection> moved = moved(before, operation, authorship);
        assertThat(moved).as(line).isEqualTo(expected);
        for (int i = 0; i < moved.size(); i++) {
          Selection one = moved.get(i);
          assertThat(isPlace(after, one.anchor()) && isPlace(after, one.head())).as(line).isTrue();
          assertThat(Integer.signum(one.head() - one.anchor()))
              .as(line)
              .isIn(0, Integer.signum(before.get(i).head() - before.get(i).anchor()));
        }
      }
    }
  }

  private static boolean isPlace(String text, int position) {
    return position <= text.length()
        && (position == text.length() || !Character.isLowSurrogate(text.charAt(position)));
  }

  private static List<Selection> moved(
      List<Selection> selections, TextOperation operation, Authorship authorship) {
    JsonValue shown = Selection.encode(JsonObject.EMPTY, selections);
    return Selection.decode(TEXT.transformPresence(shown, operation, authorship));
  }

  private static List<Selection> selections(JsonValue pairs) {
    return ((JsonArray) pairs)
        .elements().stream()
            .map(pair -> ((JsonArray) pair).elements())
            .map(ends -> new Selection(number(ends.get(0)), number(ends.get(1))))
            .toList();
  }

  private static int number(JsonValue value) {
    return (int) ((JsonNumber) value).value();
  }

  // How they are made.

  private static List<String> rows() {
    Set<String> rows = new LinkedHashSet<>();
    for (String text : List.of("", "a", "ab", "a" + SMILEY, SMILEY + "b", "abc")) {
      int[] characters = text.codePoints().toArray();
      int choices = 1 << (2 * characters.length + 1);
      for (int choice = 1; choice < choices; choice++) {
        int bits = choice;
        rows.add(row(text, operation(characters, n -> bits), every(text)));
      }
    }
    Random random = new Random(20_240);
    for (int i = 0; i < 800; i++) {
      String text =
          random
              .ints(random.nextInt(9), 0, 5)
              .mapToObj(n -> List.of("a", "\u00e9", "\u6f22", SMILEY, "\n").get(n))
              .collect(Collectors.joining());
      List<Object> operation = operation(text.codePoints().toArray(), n -> random.nextInt());
      List<Selection> all = every(text);
      List<Selection> some = new ArrayList<>();
      for (int k = 0; k < 5; k++) {
        some.add(all.get(random.nextInt(all.size())));
      }
      if (!operation.isEmpty()) {
        rows.add(row(text, operation, some));
      }
    }
    return List.copyOf(rows);
  }

  /** All selections whose ends stand between characters. */
  private static List<Selection> every(String text) {
    List<Selection> all = new ArrayList<>();
    for (int anchor = 0; anchor <= text.length(); anchor++) {
      for (int head = 0; head <= text.length(); head++) {
        if (isPlace(text, anchor) && isPlace(text, head)) {
          all.add(new Selection(anchor, head));
        }
      }
    }
    return all;
  }

  /** Inserts before each character or not, and keeps it or not; two bits for each. */
  private static List<Object> operation(int[] characters, IntUnaryOperator bits) {
    List<Object> operation = new ArrayList<>();
    for (int i = 0; i <= characters.length; i++) {
      int choice = bits.applyAsInt(i) >>> (2 * i);
      if ((choice & 1) != 0) {
        add(operation, i % 2 == 0 ? "x" + SMILEY : "y");
      }
      if (i < characters.length) {
        int units = Character.charCount(characters[i]);
        add(operation, (choice & 2) != 0 ? -units : units);
      }
    }
    int last = operation.size() - 1;
    if (last >= 0 && operation.get(last) instanceof Integer count && count > 0) {
      operation.remove(last);
    }
    return operation;
  }

  private static void add(List<Object> operation, Object component) {
    int last = operation.size() - 1;
    if (last >= 0
        && component instanceof Integer more
        && operation.get(last) instanceof Integer count
        && (more > 0) == (count > 0)) {
      operation.set(last, count + more);
    } else {
      operation.add(component);
    }
  }

  private static String row(String text, List<Object> operation, List<Selection> selections) {
    return "[%s,%s,%s,%s,%s]"
        .formatted(
            quoted(text),
            operation.stream()
                .map(SelectionVectorsTest::component)
                .collect(Collectors.joining(",", "[", "]")),
            pairs(selections),
            pairs(selections.stream().map(one -> expected(text, operation, one, true)).toList()),
            pairs(selections.stream().map(one -> expected(text, operation, one, false)).toList()));
  }

  private static Selection expected(
      String text, List<Object> operation, Selection one, boolean own) {
    int[] ends = MarkedText.move(text, operation, one.anchor(), one.head(), own);
    return new Selection(ends[0], ends[1]);
  }

  private static String component(Object component) {
    if (component instanceof Integer count) {
      return count > 0 ? "" + count : "{\"d\":" + -count + "}";
    }
    return quoted((String) component);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\n", "\\n") + '"';
  }

  private static String pairs(List<Selection> selections) {
    return selections.stream()
        .map(one -> "[" + one.anchor() + "," + one.head() + "]")
        .collect(Collectors.joining(",", "[", "]"));
  }

  // Compositions.

  /** What only inserts, or only deletes, may be composed: selections come out at the same place. */
  @Test
  void transform_overCompositionsOfOneKind_isThatOverTheParts() {
    for (TextOperation first : insertions(4)) {
      insertions(5).forEach(second -> checkComposition(first, second));
    }
    for (int length = 1; length <= 4; length++) {
      for (TextOperation first : deletions(4, length)) {
        for (int more = 1; more <= 4 - length; more++) {
          deletions(4 - length, more).forEach(second -> checkComposition(first, second));
        }
      }
    }
  }

  private static void checkComposition(TextOperation first, TextOperation second) {
    List<Selection> all = every("abcd");
    for (Authorship authorship : Authorship.values()) {
      assertThat(moved(all, first.compose(second), authorship))
          .as("%s, then %s, %s", first, second, authorship)
          .isEqualTo(moved(moved(all, first, authorship), second, authorship));
    }
  }

  private static List<TextOperation> insertions(int length) {
    return IntStream.rangeClosed(0, length).mapToObj(at -> TextOperation.insert(at, "x")).toList();
  }

  private static List<TextOperation> deletions(int length, int deleted) {
    return IntStream.rangeClosed(0, length - deleted)
        .mapToObj(at -> TextOperation.delete(at, deleted))
        .toList();
  }

  /**
   * Not so if it replaces: others delete the text around a cursor and then insert in its place. The
   * cursor, which is where the insertion comes, stays in front; but the composition inserts before
   * it deletes. So presences are moved entry by entry.
   */
  @Test
  void transform_overAReplacement_mayDifferFromThatOverTheParts() {
    TextOperation deletion = TextOperation.delete(1, 2);
    TextOperation insertion = TextOperation.insert(1, "x");
    List<Selection> cursor = List.of(Selection.cursor(2));
    assertThat(moved(moved(cursor, deletion, Authorship.FOREIGN), insertion, Authorship.FOREIGN))
        .containsExactly(Selection.cursor(1));
    assertThat(moved(cursor, deletion.compose(insertion), Authorship.FOREIGN))
        .containsExactly(Selection.cursor(2));
  }
}
