package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.util.Map;

/** The weight of JSON values, as {@link WireLimits} defines it. */
final class JsonWeight {

  private JsonWeight() {}

  static long of(JsonValue value) {
    return switch (value.kind()) {
      case NULL, BOOLEAN, NUMBER -> 1;
      case STRING -> 1L + ((JsonString) value).value().length();
      case ARRAY -> {
        long sum = 1;
        for (JsonValue element : ((JsonArray) value).elements()) {
          sum += of(element);
        }
        yield sum;
      }
      case OBJECT -> {
        long sum = 1;
        for (Map.Entry<String, JsonValue> member : ((JsonObject) value).members().entrySet()) {
          sum += member.getKey().length() + of(member.getValue());
        }
        yield sum;
      }
    };
  }
}
