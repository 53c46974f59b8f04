package dev.collab.protocol;

import dev.collab.operation.InvalidOperationException;
import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonBoolean;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  private static final Duration MAX_DURATION = Duration.ofMillis(MAX_INTEGER);

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

  static boolean hasLoneSurrogate(String text) {
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

  /** An integer from 1 to 2^53 − 1. */
  long positive(String member) {
    long value = integer(member);
    if (value == 0) {
      throw badlyFormed("member " + member + " is 0, the first is 1");
    }
    return value;
  }

  /** A number that a client gives what it sends, from 1 to 2^53 − 2. */
  long sequence(String member) {
    if (required(member) instanceof JsonNumber number && number.value() >= MAX_INTEGER) {
      throw new ProtocolException(
          ErrorCodes.SEQUENCE_OVERFLOW,
          "member " + member + " is at the end of the integers, 2^53 - 1");
    }
    return positive(member);
  }

  /** Checks a sequence number that is to be sent. */
  static long checkSequence(long sequence) {
    if (sequence < 1 || sequence >= MAX_INTEGER) {
      throw new IllegalArgumentException("sequence " + sequence + " is outside 1..2^53 - 2");
    }
    return sequence;
  }

  /** The id of a client; absent if it is null. */
  Optional<String> optionalSource() {
    if (isAbsentOrNull("src")) {
      return Optional.empty();
    }
    String source = string("src");
    if (source.isEmpty()) {
      throw badlyFormed("member src is empty");
    }
    return Optional.of(source);
  }

  /** What proves who a client is. */
  String token() {
    String token = anyString("token");
    if (token.length() > limits.token()) {
      throw JsonReader.tooLarge(
          ErrorCodes.JSON_TOO_LARGE, "length of member token", token.length(), limits.token());
    }
    if (token.isEmpty() || hasLoneSurrogate(token)) {
      throw badlyFormed("member token is no token");
    }
    return token;
  }

  boolean bool(String member) {
    if (required(member) instanceof JsonBoolean bool) {
      return bool == JsonBoolean.TRUE;
    }
    throw badlyFormed("member " + member + " is neither true nor false");
  }

  /** A time span as a number of milliseconds; absent if it is null. */
  Optional<Duration> optionalDuration(String member) {
    OptionalLong millis = optionalInteger(member);
    return millis.isPresent()
        ? Optional.of(Duration.ofMillis(millis.getAsLong()))
        : Optional.empty();
  }

  /** Checks a time span that is to be sent; what is less than a millisecond is cut off. */
  static Duration checkDuration(String what, Duration value) {
    if (value.isNegative() || value.compareTo(MAX_DURATION) > 0) {
      throw new IllegalArgumentException(what + " " + value + " is outside 0.." + MAX_DURATION);
    }
    return Duration.ofMillis(value.toMillis());
  }

  User user(String member) {
    return user(required(member));
  }

  static User user(JsonValue value) {
    try {
      return User.decode(value);
    } catch (InvalidOperationException e) {
      throw badlyFormed(String.valueOf(e.getMessage()));
    }
  }

  /** An array of objects. */
  List<JsonObject> objects(String member) {
    List<JsonObject> objects = new ArrayList<>();
    for (JsonValue element : array(member).elements()) {
      if (!(element instanceof JsonObject object)) {
        throw badlyFormed("an element of " + member + " is not an object");
      }
      objects.add(object);
    }
    return objects;
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
