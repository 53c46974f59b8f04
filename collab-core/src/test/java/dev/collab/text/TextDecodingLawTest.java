package dev.collab.text;

import static dev.collab.text.TextScope.form;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.operation.InvalidOperationException;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever JSON arrives is decoded to a canonical operation or refused as badly formed. */
class TextDecodingLawTest {

  private static final List<JsonValue> GOOD =
      List.of(
          JsonValue.of(1),
          JsonValue.of(7),
          JsonValue.of("a"),
          JsonValue.of("😀b"),
          JsonValue.of("\uD83D"),
          JsonValue.object("d", JsonValue.of(1)),
          JsonValue.object("d", JsonValue.of(3)));

  private static final List<JsonValue> BAD =
      List.of(
          JsonValue.NULL,
          JsonValue.of(true),
          JsonValue.of(0),
          JsonValue.of(-0.0),
          JsonValue.of(-2),
          JsonValue.of(1.5),
          JsonValue.of(0x1p31),
          JsonValue.of(1e300),
          JsonValue.of(Double.MIN_VALUE),
          JsonValue.of(""),
          JsonObject.EMPTY,
          JsonValue.array(),
          JsonValue.array(JsonValue.of("a")),
          JsonValue.object("d", JsonValue.of(0)),
          JsonValue.object("d", JsonValue.of(-1)),
          JsonValue.object("d", JsonValue.of("a")),
          JsonValue.object("d", JsonValue.NULL),
          JsonValue.object("i", JsonValue.of("a")),
          new JsonObject(Map.of("d", JsonValue.of(1), "i", JsonValue.of("a"))));

  @Provide
  Arbitrary<List<JsonValue>> elements() {
    return Arbitraries.frequencyOf(
            Tuple.of(60, Arbitraries.of(GOOD)), Tuple.of(1, Arbitraries.of(BAD)))
        .list()
        .ofMaxSize(12);
  }

  @Property(tries = 3000)
  void decodeOperation_anyElements_isCanonicalOrRefused(
      @ForAll("elements") List<JsonValue> elements) {
    JsonValue form = new JsonArray(elements);
    if (!isValid(elements)) {
      assertThatThrownBy(() -> TextType.TEXT.decodeOperation(form))
          .isInstanceOfSatisfying(
              InvalidOperationException.class,
              refused -> assertThat(refused.code()).isEqualTo("ERR_OT_OP_BADLY_FORMED"));
      return;
    }
    TextOperation decoded = TextType.TEXT.decodeOperation(form);
    assertThat(form(decoded)).isEqualTo(NaiveOperation.of(decoded).toString());
    String document = "klmnopq".repeat(12);
    assertThat(decoded.applyTo(document)).isEqualTo(applied(elements, document));
    JsonValue encoded = TextType.TEXT.encodeOperation(decoded);
    assertThat(TextType.TEXT.decodeOperation(encoded)).isEqualTo(decoded);
    if (isCanonical(elements)) {
      assertThat(encoded).isEqualTo(form);
    }
  }

  @Property(tries = 50)
  void decodeOperation_noArray_isRefused(@ForAll("elements") List<JsonValue> elements) {
    elements.stream()
        .filter(element -> !(element instanceof JsonArray))
        .forEach(
            element ->
                assertThatThrownBy(() -> TextType.TEXT.decodeOperation(element))
                    .isInstanceOf(InvalidOperationException.class));
  }

  private static boolean isValid(List<JsonValue> elements) {
    boolean afterRetain = false;
    for (JsonValue element : elements) {
      boolean retain = element instanceof JsonNumber;
      if (BAD.contains(element) || (retain && afterRetain)) {
        return false;
      }
      afterRetain = retain;
    }
    return !afterRetain;
  }

  private static boolean isCanonical(List<JsonValue> elements) {
    for (int i = 1; i < elements.size(); i++) {
      if (elements.get(i).kind() == elements.get(i - 1).kind()) {
        return false;
      }
    }
    return true;
  }

  private static String applied(List<JsonValue> elements, String document) {
    StringBuilder result = new StringBuilder(document);
    int at = 0;
    for (JsonValue element : elements) {
      if (element instanceof JsonNumber number) {
        at += (int) number.value();
      } else if (element instanceof JsonString text) {
        result.insert(at, text.value());
        at += text.value().length();
      } else if (element instanceof JsonObject object
          && object.members().get("d") instanceof JsonNumber number) {
        result.delete(at, at + (int) number.value());
      }
    }
    return result.toString();
  }
}
