package dev.collab.chat;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonBoolean;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.util.Map;
import java.util.TreeMap;

/** A hash of JSON values: members in the order of their names, numbers as IEEE-754 bits. */
final class Checksum {

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private Checksum() {}

  static long of(JsonValue value) {
    return switch (value.kind()) {
      case NULL -> next(0, 1);
      case BOOLEAN -> next(0, value == JsonBoolean.TRUE ? 2 : 3);
      case NUMBER -> next(4, Double.doubleToLongBits(((JsonNumber) value).value()));
      case STRING -> text(5, ((JsonString) value).value());
      case ARRAY -> {
        long sum = next(6, ((JsonArray) value).elements().size());
        for (JsonValue element : ((JsonArray) value).elements()) {
          sum = next(sum, of(element));
        }
        yield sum;
      }
      case OBJECT -> {
        Map<String, JsonValue> sorted = new TreeMap<>(((JsonObject) value).members());
        long sum = next(7, sorted.size());
        for (Map.Entry<String, JsonValue> member : sorted.entrySet()) {
          sum = next(text(sum, member.getKey()), of(member.getValue()));
        }
        yield sum;
      }
    };
  }

  private static long text(long seed, String text) {
    long sum = next(seed, text.length());
    for (int i = 0; i < text.length(); i++) {
      sum = next(sum, text.charAt(i));
    }
    return sum;
  }

  private static long next(long sum, long value) {
    long mixed = (sum ^ value) * FACTOR;
    return mixed ^ (mixed >>> 29);
  }
}
