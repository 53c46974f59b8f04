package dev.collab.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonValueTest {

  @Test
  void kind_eachValue_isItsOwn() {
    assertThat(JsonValue.NULL.kind()).isEqualTo(JsonValue.Kind.NULL);
    assertThat(JsonValue.of(true).kind()).isEqualTo(JsonValue.Kind.BOOLEAN);
    assertThat(JsonValue.of(1).kind()).isEqualTo(JsonValue.Kind.NUMBER);
    assertThat(JsonValue.of("").kind()).isEqualTo(JsonValue.Kind.STRING);
    assertThat(JsonValue.array().kind()).isEqualTo(JsonValue.Kind.ARRAY);
    assertThat(JsonObject.EMPTY.kind()).isEqualTo(JsonValue.Kind.OBJECT);
    assertThat(JsonValue.of(false)).isNotEqualTo(JsonValue.of(true)).isNotEqualTo(JsonValue.NULL);
  }

  @Test
  void number_negativeZero_isZero() {
    assertThat(JsonValue.of(-0.0)).isEqualTo(JsonValue.of(0)).hasSameHashCodeAs(JsonValue.of(0));
    assertThat(1 / JsonValue.of(-0.0).value()).isPositive();
  }

  @Test
  void number_notFinite_throws() {
    for (double number : new double[] {Double.NaN, 1.0 / 0, -1.0 / 0}) {
      assertThatThrownBy(() -> JsonValue.of(number)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(JsonValue.of(Double.MIN_VALUE).value()).isEqualTo(Double.MIN_VALUE);
    assertThat(JsonValue.of(-Double.MAX_VALUE).value()).isEqualTo(-Double.MAX_VALUE);
  }

  @Test
  void isInteger_aroundTheLimits_isWhatJavaScriptCountsToExactly() {
    double greatest = (1L << 53) - 1;
    for (double integer : new double[] {0, 1, -1, greatest, -greatest, -0.0}) {
      assertThat(new JsonNumber(integer).isInteger()).isTrue();
    }
    for (double other : new double[] {0.5, -1e-9, greatest + 1, -greatest - 1, 1e300}) {
      assertThat(new JsonNumber(other).isInteger()).isFalse();
    }
  }

  @Test
  void object_orderOfMembers_doesNotCountButIsKept() {
    Map<String, JsonValue> forth = new LinkedHashMap<>();
    Map<String, JsonValue> back = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      forth.put("m" + i, JsonValue.of(i));
      back.put("m" + (19 - i), JsonValue.of(19 - i));
    }
    JsonObject object = new JsonObject(forth);

    assertThat(object).isEqualTo(new JsonObject(back)).hasSameHashCodeAs(new JsonObject(back));
    assertThat(object.members().keySet()).containsExactlyElementsOf(forth.keySet());
    assertThat(object.get("m7")).contains(JsonValue.of(7));
    assertThat(object.get("m20")).isEmpty();
    assertThat(object).isNotEqualTo(JsonObject.EMPTY);
  }

  @Test
  void array_orderOfElements_counts() {
    JsonValue one = JsonValue.of(1);
    JsonValue two = JsonValue.of("2");

    assertThat(JsonValue.array(one, two)).isEqualTo(new JsonArray(List.of(one, two)));
    assertThat(JsonValue.array(one, two)).isNotEqualTo(JsonValue.array(two, one));
  }

  @Test
  void containers_changedSourceOrView_stay() {
    List<JsonValue> elements = new ArrayList<>(List.of(JsonValue.NULL));
    Map<String, JsonValue> members = new HashMap<>(Map.of("a", JsonValue.NULL));
    JsonArray array = new JsonArray(elements);
    JsonObject object = new JsonObject(members);
    elements.clear();
    members.clear();

    assertThat(array.elements()).hasSize(1);
    assertThat(object).isEqualTo(JsonValue.object("a", JsonValue.NULL));
    assertThatThrownBy(() -> array.elements().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> object.members().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @SuppressWarnings("NullAway")
  void containers_nullInside_throws() {
    Map<String, JsonValue> members = new HashMap<>();
    members.put("a", null);

    assertThatThrownBy(() -> new JsonObject(members)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> JsonValue.array(JsonValue.NULL, null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> JsonValue.of((String) null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void testBytes_nestedValue_readsWhatWasWritten() throws IOException {
    JsonValue value =
        JsonReader.read("[null,true,false,-1.5e3,\"\\ud800 lone\",{\"a\":[],\"b\":{\"\":0}},\"\"]");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonBytes.write(value, new DataOutputStream(bytes));

    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(JsonBytes.read(in)).isEqualTo(value);
    assertThat(in.read()).isEqualTo(-1);
  }
}
