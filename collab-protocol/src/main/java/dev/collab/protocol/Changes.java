package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonBoolean;
import dev.collab.value.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Changes as the members {@code op}, {@code create} and {@code del}, of which at most one is set.
 */
final class Changes {

  private Changes() {}

  /** Reads the change of a message; none if no member is set. */
  static Change read(Members members) {
    int set =
        (members.has("op") ? 1 : 0)
            + (members.has("create") ? 1 : 0)
            + (members.has("del") ? 1 : 0);
    if (set > 1) {
      throw badlyFormed("more than one of op, create and del is set");
    }
    if (members.has("op")) {
      return new Change.Edit(members.required("op"));
    } else if (members.has("create")) {
      return create(members.required("create"), members.limits());
    } else if (members.has("del")) {
      return delete(members.required("del"));
    }
    return Change.None.NONE;
  }

  private static Change create(JsonValue value, WireLimits limits) {
    if (!(value instanceof JsonObject create)) {
      throw badlyFormed("create is not an object");
    }
    Members members = new Members(create, limits);
    if (!(create.members().get("type") instanceof JsonValue.JsonString)) {
      throw badlyFormed("create has no type that is a string");
    }
    return new Change.Create(
        members.string("type"), create.members().getOrDefault("data", JsonValue.NULL));
  }

  private static Change delete(JsonValue value) {
    if (value != JsonBoolean.TRUE) {
      throw badlyFormed("del is not true");
    }
    return Change.Delete.DELETE;
  }

  /** Checks what a client wants to be committed against the limits. */
  static void checkWeight(Change change, WireLimits limits) {
    if (change instanceof Change.Edit edit) {
      checkWeight(
          ErrorCodes.OPERATION_TOO_LARGE, "operation weight", edit.operation(), limits.operation());
    } else if (change instanceof Change.Create create) {
      checkWeight(
          ErrorCodes.DOCUMENT_TOO_LARGE, "document weight", create.data(), limits.document());
    }
  }

  private static void checkWeight(String code, String what, JsonValue value, int limit) {
    long weight = JsonWeight.of(value);
    if (weight > limit) {
      throw JsonReader.tooLarge(code, what, weight, limit);
    }
  }

  /** Adds the change to a message's members. */
  static void addTo(Map<String, JsonValue> members, Change change) {
    switch (change.kind()) {
      case EDIT -> members.put("op", ((Change.Edit) change).operation());
      case CREATE -> {
        Change.Create create = (Change.Create) change;
        Map<String, JsonValue> parts = new LinkedHashMap<>();
        parts.put("type", JsonValue.of(create.type()));
        if (create.data() != JsonValue.NULL) {
          parts.put("data", create.data());
        }
        members.put("create", new JsonObject(parts));
      }
      case DELETE -> members.put("del", JsonValue.of(true));
      case NONE -> {}
    }
  }

  /** Appends the change to a message's text, behind another member. */
  static void append(StringBuilder out, Change change) {
    switch (change.kind()) {
      case EDIT -> JsonWriter.append(out.append(",\"op\":"), ((Change.Edit) change).operation());
      case CREATE -> {
        Change.Create create = (Change.Create) change;
        JsonWriter.appendString(out.append(",\"create\":{\"type\":"), create.type());
        if (create.data() != JsonValue.NULL) {
          JsonWriter.append(out.append(",\"data\":"), create.data());
        }
        out.append('}');
      }
      case DELETE -> out.append(",\"del\":true");
      case NONE -> {}
    }
  }

  private static ProtocolException badlyFormed(String message) {
    return new ProtocolException(ErrorCodes.OPERATION_BADLY_FORMED, message);
  }
}
