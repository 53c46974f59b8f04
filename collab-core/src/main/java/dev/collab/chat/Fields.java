package dev.collab.chat;

import dev.collab.operation.InvalidOperationException;
import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonBoolean;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the members of a JSON object one by one. Null is the same as absence. What is stored is
 * read to the end, so that nothing is lost unnoticed; of what comes over the wire, unknown members
 * do not count.
 */
final class Fields {

  /** The greatest integer that every peer holds exactly. */
  static final long MAX_INTEGER = (1L << 53) - 1;

  private final String what;
  private final JsonObject object;
  private final boolean strict;
  private final Set<String> read = new HashSet<>();

  private Fields(String what, JsonValue value, boolean strict) {
    if (!(value instanceof JsonObject members)) {
      throw ChatRefusal.badlyFormed(what + " is " + value.kind() + ", allowed an object");
    }
    this.what = what;
    this.object = members;
    this.strict = strict;
  }

  /** Reads what comes over the wire. */
  static Fields of(String what, JsonValue value) {
    return new Fields(what, value, false);
  }

  /** Reads what is stored. */
  static Fields stored(String what, JsonValue value) {
    return new Fields(what, value, true);
  }

  /** Reads an object inside this one. */
  Fields inside(String name, JsonValue value) {
    return new Fields(name, value, strict);
  }

  boolean has(String member) {
    return find(member).isPresent();
  }

  Optional<JsonValue> find(String member) {
    if (object.get(member).isPresent()) {
      read.add(member);
    }
    return object.get(member).filter(value -> value != JsonValue.NULL);
  }

  JsonValue required(String member) {
    return find(member).orElseThrow(() -> wrong(member, "is missing"));
  }

  String text(String member) {
    if (required(member) instanceof JsonString string && isWellFormed(string.value())) {
      return string.value();
    }
    throw wrong(member, "is no well-formed string");
  }

  /** The id of a user. */
  String userId(String member) {
    String id = text(member);
    if (id.isEmpty() || id.length() > User.MAX_ID_LENGTH) {
      throw wrong(member, "is no id of a user: length " + id.length());
    }
    return id;
  }

  boolean flag(String member) {
    Optional<JsonValue> value = find(member);
    if (value.isPresent() && value.get() != JsonBoolean.TRUE) {
      throw wrong(member, "is not true");
    }
    return value.isPresent();
  }

  /** An integer from {@code least} to 2^53 − 1. */
  long integer(String member, long least) {
    return optionalInteger(member, least)
        .orElseThrow(() -> wrong(member, "is missing, allowed an integer"));
  }

  OptionalLong optionalInteger(String member, long least) {
    Optional<JsonValue> value = find(member);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    if (value.get() instanceof JsonNumber number && number.isInteger() && number.value() >= least) {
      return OptionalLong.of((long) number.value());
    }
    throw wrong(member, "is no integer in " + least + "..2^53 - 1");
  }

  Instant time(String member) {
    return Instant.ofEpochMilli(integer(member, 0));
  }

  Optional<JsonObject> optionalObject(String member) {
    Optional<JsonValue> value = find(member);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof JsonObject found) {
      return Optional.of(found);
    }
    throw wrong(member, "is no object");
  }

  List<JsonValue> array(String member) {
    if (required(member) instanceof JsonArray array) {
      return array.elements();
    }
    throw wrong(member, "is no array");
  }

  User user(String member) {
    User user;
    try {
      user = User.decode(required(member));
    } catch (InvalidOperationException e) {
      throw wrong(member, "is no user: " + e.getMessage());
    }
    if (strict && !user.encode().equals(required(member))) {
      throw wrong(member, "is more than a user");
    }
    return user;
  }

  /** Checks that nothing stored was left unread. */
  void end() {
    int unknown = object.members().size() - read.size();
    if (strict && unknown > 0) {
      throw ChatRefusal.badlyFormed(what + " has " + unknown + " unknown members");
    }
  }

  InvalidOperationException wrong(String member, String problem) {
    return ChatRefusal.badlyFormed("member " + member + " of " + what + " " + problem);
  }

  static boolean isWellFormed(String text) {
    return text.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }

  static JsonNumber number(Instant time) {
    return JsonValue.of((double) time.toEpochMilli());
  }

  static JsonNumber number(long value) {
    return JsonValue.of((double) value);
  }
}
