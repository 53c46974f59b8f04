package dev.collab.protocol;

import dev.collab.document.Fate;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonString;

/** The names that fates have on the wire. */
final class Fates {

  private Fates() {}

  static String nameOf(Fate fate) {
    return switch (fate) {
      case COMMITTED -> "committed";
      case NOT_COMMITTED -> "not-committed";
      case UNKNOWN -> "unknown";
    };
  }

  static Fate read(JsonValue name) {
    for (Fate fate : Fate.values()) {
      if (name instanceof JsonString string && string.value().equals(nameOf(fate))) {
        return fate;
      }
    }
    throw Members.badlyFormed("member fate is unknown");
  }
}
