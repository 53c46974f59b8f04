package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The members of one message, read with the checks that the protocol asks for. Immutable. */
final class Members {

  /** The greatest integer that every peer holds exactly: 2^53 − 1. */
  static final long MAX_INTEGER = (1L << 53) - 1;

  /**
   * What every JavaScript object has; as names of our own they would be found where they are not.
   */
  static final Set<String> DANGEROUS_NAMES =
      Set.of(
          "__defineGetter__",
          "__defineSetter__",
          "__lookupGetter__",
          "__lookupSetter__",
          "__proto__",
          "constructor",
          "hasOwnProperty",
          "isPrototypeOf",
          "propertyIsEnumerable",
          "toLocaleString",
          "toString",
          "valueOf");

  private final Map<String, JsonValue> members;
  private final WireLimits limits;

  Members(JsonObject object, WireLimits limits) {
    this.members = object.members();
    this.limits = limits;
  }

  boolean has(String member) {
    return members.containsKey(member);
  }

  boolean isAbsentOrNull(String member) {
    JsonValue value = members.get(member);
    return value == null || value == JsonValue.NULL;
  }

  Optional<JsonValue> get(String member) {
    return Optional.ofNullable(members.get(member));
  }

  JsonValue required(String member) {
    JsonValue value = members.get(member);
    if (value == null) {
      throw badlyFormed("member " + member + " is missing");
    }
    return value;
  }

  /** A string that is well-formed UTF-16 and not too long. */
  String string(String member) {
    return checkText("member " + member, anyString(member));
  }

  /** Any string. */
  String anyString(String member) {
    if (required(member) instanceof JsonString string) {
      return string.value();
    }
    throw badlyFormed("member " + member + " is not a string");
  }

  /** A string that may also serve as a property name in JavaScript. */
  String name(String member) {
    String name = string(member);
    return checkSafe("member " + member, name);
  }

  void optionalName(String member) {
    if (has(member)) {
      name(member);
    }
  }

  String checkName(String what, String name) {
    return checkSafe(what, checkText(what, name));
  }

  private String checkText(String what, String text) {
    if (text.length() > limits.name()) {
      throw JsonReader.tooLarge(
          ErrorCodes.JSON_TOO_LARGE, "length of " + what, text.length(), limits.name());
    }
    if (hasLoneSurrogate(text)) {
      throw badlyFormed(what + " has a lone surrogate");
    }
    return text;
  }

  private static String checkSafe(String what, String name) {
    if (DANGEROUS_NAMES.contains(name)) {
      throw badlyFormed(what + " is a property of every JavaScript object");
    }
    return name;
  }

  private static boolean hasLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSurrogatePair(
            text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /** An integer from 0 to 2^53 − 1. */
  long integer(String member) {
    return integer("member " + member, required(member));
  }

  static long integer(String what, JsonValue value) {
    if (value instanceof JsonNumber number && number.isInteger() && number.value() >= 0) {
      return (long) number.value();
    }
    throw badlyFormed(what + " is not an integer from 0 to 2^53 - 1");
  }

  /** Checks an integer that is to be sent. */
  static long checkInteger(String what, long value) {
    if (value < 0 || value > MAX_INTEGER) {
      throw new IllegalArgumentException(what + " " + value + " is outside 0..2^53 - 1");
    }
    return value;
  }

  /** Returns an integer that is to be sent as a JSON number. */
  static JsonNumber number(String what, long value) {
    return JsonValue.of((double) checkInteger(what, value));
  }

  OptionalLong optionalInteger(String member) {
    return isAbsentOrNull(member) ? OptionalLong.empty() : OptionalLong.of(integer(member));
  }

  JsonObject object(String member) {
    if (required(member) instanceof JsonObject object) {
      return object;
    }
    throw badlyFormed("member " + member + " is not an object");
  }

  JsonArray array(String member) {
    if (required(member) instanceof JsonArray array) {
      return array;
    }
    throw badlyFormed("member " + member + " is not an array");
  }

  WireLimits limits() {
    return limits;
  }

  static ProtocolException badlyFormed(String message) {
    return new ProtocolException(ErrorCodes.MESSAGE_BADLY_FORMED, message);
  }
}
