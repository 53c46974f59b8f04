package dev.collab.protocol;

import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonBoolean;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules for what clients want to happen in chat rooms. What passes has the members that the
 * protocol knows and no others, so that nothing unchecked is ever stored.
 */
final class ChatEvents {

  private ChatEvents() {}

  /** Returns the event with those of its members that count. */
  static JsonObject check(JsonValue event, WireLimits limits) {
    if (!(event instanceof JsonObject object) || object.members().size() != 1) {
      throw badlyFormed("member e is not an object of one member");
    }
    Map.Entry<String, JsonValue> only = object.members().entrySet().iterator().next();
    return new JsonObject(Map.of(only.getKey(), content(only.getKey(), only.getValue(), limits)));
  }

  private static JsonValue content(String name, JsonValue value, WireLimits limits) {
    if (name.equals("join") || name.equals("leave")) {
      if (value != JsonBoolean.TRUE) {
        throw badlyFormed("event " + name + " is not true");
      }
      return value;
    }
    if (!(value instanceof JsonObject object)) {
      throw badlyFormed("the event is unknown or not an object");
    }
    Map<String, JsonValue> members = object.members();
    Map<String, JsonValue> checked = new LinkedHashMap<>();
    switch (name) {
      case "post" -> {
        checked.put("text", text(members, limits));
        addData(members, checked, limits);
        addInteger(members, "replyTo", checked);
      }
      case "edit" -> {
        checked.put("id", positive(members, "id"));
        checked.put("text", text(members, limits));
        addData(members, checked, limits);
      }
      case "delete", "erase" -> checked.put("id", positive(members, "id"));
      case "retain" -> {
        addInteger(members, "messages", checked);
        addInteger(members, "age", checked);
      }
      case "remove" -> checked.put("user", userId(members));
      default -> throw badlyFormed("the event is unknown or not an object");
    }
    return new JsonObject(checked);
  }

  private static JsonValue text(Map<String, JsonValue> members, WireLimits limits) {
    if (!(member(members, "text") instanceof JsonString text)
        || Members.hasLoneSurrogate(text.value())) {
      throw badlyFormed("text is not a well-formed string");
    }
    if (text.value().length() > limits.chat()) {
      throw JsonReader.tooLarge(
          ErrorCodes.CHAT_TEXT_TOO_LONG, "length of text", text.value().length(), limits.chat());
    }
    return text;
  }

  private static void addData(
      Map<String, JsonValue> members, Map<String, JsonValue> checked, WireLimits limits) {
    JsonValue data = member(members, "data");
    if (data == JsonValue.NULL) {
      return;
    }
    if (!(data instanceof JsonObject)) {
      throw badlyFormed("data is not an object");
    }
    long weight = JsonWeight.of(data);
    if (weight > limits.chat()) {
      throw JsonReader.tooLarge(
          ErrorCodes.CHAT_TEXT_TOO_LONG, "weight of data", weight, limits.chat());
    }
    checked.put("data", data);
  }

  private static void addInteger(
      Map<String, JsonValue> members, String name, Map<String, JsonValue> checked) {
    if (member(members, name) != JsonValue.NULL) {
      checked.put(name, positive(members, name));
    }
  }

  private static JsonValue positive(Map<String, JsonValue> members, String name) {
    JsonValue value = member(members, name);
    if (value instanceof JsonValue.JsonNumber number
        && number.isInteger()
        && number.value() >= 1
        && number.value() <= Members.MAX_INTEGER) {
      return value;
    }
    throw badlyFormed(name + " is not an integer from 1 to 2^53 - 1");
  }

  private static JsonValue userId(Map<String, JsonValue> members) {
    if (member(members, "user") instanceof JsonString id
        && !id.value().isEmpty()
        && id.value().length() <= User.MAX_ID_LENGTH
        && !Members.hasLoneSurrogate(id.value())) {
      return id;
    }
    throw badlyFormed("user is no id of a user");
  }

  /** Null is the same as absence. */
  private static JsonValue member(Map<String, JsonValue> members, String name) {
    return members.getOrDefault(name, JsonValue.NULL);
  }

  private static ProtocolException badlyFormed(String message) {
    return new ProtocolException(ErrorCodes.CHAT_BADLY_FORMED, message);
  }
}
