package dev.collab.chat;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.util.Map;

/**
 * What JSON values weigh against limits: the length of all strings and member names in UTF-16 code
 * units, and one for every value.
 */
final class Weight {

  private Weight() {}

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
