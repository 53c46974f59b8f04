package dev.collab.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonNumber;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTextTest {

  private final JsonReader reader = new JsonReader(WireLimits.DEFAULT);

  @ParameterizedTest
  @CsvSource({
    "1.0, 1",
    "-0.0, 0",
    "-1, -1",
    "0.5, 0.5",
    "-1.25, -1.25",
    "9007199254740991, 9007199254740991",
    "9007199254740992, 9007199254740992",
    "9007199254740993, 9007199254740992",
    "12345678901234567890, 12345678901234567000",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "1.5e21, 1.5e+21",
    "123456789012345678901, 123456789012345680000",
    "1234567890123456789012, 1.2345678901234568e+21",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "0.00000123, 0.00000123",
    "0.000000123, 1.23e-7",
    "2e23, 2e+23",
    "5e-324, 5e-324",
    "1e-323, 1e-323",
    "1.5e-323, 1.5e-323",
    "2.2250738585072014e-308, 2.2250738585072014e-308",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "0.1, 0.1",
    "0.30000000000000004, 0.30000000000000004",
    "123.456, 123.456",
    "2.0000000000000005e-3, 0.0020000000000000005"
  })
  void write_number_isTheShortestOfEcmaScript(double number, String text) {
    assertThat(JsonWriter.write(JsonValue.of(number))).isEqualTo(text);
  }

  @Property(tries = 20_000)
  void write_anyBits_readsBackAndIsNoLongerThanJavasOwn(@ForAll long bits) {
    double number = Double.longBitsToDouble(bits);
    if (Double.isFinite(number)) {
      String text = JsonWriter.write(JsonValue.of(number));

      assertThat(reader.read(text)).isEqualTo(JsonValue.of(number));
      assertThat(digits(text)).isLessThanOrEqualTo(digits(Double.toString(number)));
    }
  }

  private static int digits(String number) {
    String mantissa = number.split("[eE]")[0].replaceAll("[-.]", "");
    return Math.max(1, mantissa.replaceAll("^0+", "").replaceAll("0+$", "").length());
  }

  @Test
  void write_loneSurrogates_areEscaped() {
    assertThat(JsonWriter.write(JsonValue.of("a\ud83d"))).isEqualTo("\"a\\ud83d\"");
    assertThat(JsonWriter.write(JsonValue.of("\ude00b"))).isEqualTo("\"\\ude00b\"");
    assertThat(JsonWriter.write(JsonValue.of("\ude00\ud83d"))).isEqualTo("\"\\ude00\\ud83d\"");
    assertThat(JsonWriter.write(JsonValue.of("\ud83d\ude00"))).isEqualTo("\"\ud83d\ude00\"");
    assertThat(JsonWriter.write(JsonValue.of("\ud83d\ud83d\ude00")))
        .isEqualTo("\"\\ud83d\ud83d\ude00\"");
  }

  @Test
  void write_twoHalvesNextToEachOther_joinOnReadingNever() {
    // A pair that was two escapes is one character again, exactly as it was before writing.
    assertThat(reader.read("\"\\ud83d\\ude00\"")).isEqualTo(JsonValue.of("\ud83d\ude00"));
  }

  @Test
  void write_controlCharacters_areEscaped() {
    assertThat(JsonWriter.write(JsonValue.of("\"\\/\b\f\n\r\t\u0000\u001f\u007f\u2028")))
        .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\u2028\"");
  }

  @Test
  void write_containers_haveNoWhiteSpace() {
    String text = "{\"b\":[1,[],{}],\"a\":{\"x\":null,\"y\":true,\"z\":false}}";

    assertThat(JsonWriter.write(reader.read(text))).isEqualTo(text);
  }

  @Test
  void writeSorted_equalObjects_giveEqualText() {
    JsonValue one = reader.read("{\"b\":{\"d\":1,\"c\":2},\"a\":[{\"y\":1,\"x\":2}]}");
    JsonValue other = reader.read("{\"a\":[{\"x\":2,\"y\":1}],\"b\":{\"c\":2,\"d\":1}}");

    assertThat(JsonWriter.writeSorted(one))
        .isEqualTo(JsonWriter.writeSorted(other))
        .isEqualTo("{\"a\":[{\"x\":2,\"y\":1}],\"b\":{\"c\":2,\"d\":1}}");
  }

  @Test
  void read_whiteSpaceAndEscapes_areUnderstood() {
    assertThat(reader.read(" \t\r\n[ 1 , \"\\u0041\\/\" ] "))
        .isEqualTo(JsonValue.array(JsonValue.of(1), JsonValue.of("A/")));
  }

  @Test
  void read_negativeZero_isZero() {
    assertThat(reader.read("-0")).isEqualTo(JsonValue.of(0));
    assertThat(1 / ((JsonNumber) reader.read("-0.0")).value()).isPositive();
  }
}
