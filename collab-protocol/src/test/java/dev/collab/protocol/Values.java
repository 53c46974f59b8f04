package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonObject;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Arbitrary values for properties. */
final class Values {

  private Values() {}

  /** Strings with everything that could be written wrongly, lone surrogates included. */
  static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("ab\"\\/\n\u0000\u001f\u007f\u2028é€\ud83d\ude00\udbff\udfff")
        .ofMaxLength(12);
  }

  static StringArbitrary names() {
    return Arbitraries.strings().withChars("abcXYZ-_./é€ ").ofMaxLength(8);
  }

  static Arbitrary<Long> integers() {
    return Arbitraries.oneOf(
        Arbitraries.longs().between(0, 1000),
        Arbitraries.longs().between((1L << 53) - 10, (1L << 53) - 1));
  }

  static Arbitrary<JsonValue> json() {
    return Arbitraries.lazyOf(
        () -> Arbitraries.just(JsonValue.NULL),
        () -> Arbitraries.of(true, false).map(JsonValue::of),
        () -> Arbitraries.integers().map(number -> JsonValue.of((double) number)),
        () -> Arbitraries.doubles().map(JsonValue::of),
        () -> texts().map(JsonValue::of),
        () -> json().list().ofMaxSize(3).map(JsonArray::new),
        () -> Arbitraries.maps(texts(), json()).ofMaxSize(3).map(JsonObject::new));
  }

  static Arbitrary<Change> changes() {
    return Arbitraries.oneOf(
        json().map(Change.Edit::new),
        net.jqwik.api.Combinators.combine(names(), json()).as(Change.Create::new),
        Arbitraries.just(Change.Delete.DELETE),
        Arbitraries.just(Change.None.NONE));
  }
}
