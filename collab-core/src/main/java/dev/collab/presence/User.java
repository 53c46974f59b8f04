package dev.collab.presence;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.InvalidOperationException;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A person, or whatever else takes part, as the others are shown it. The id tells people apart and
 * stays; name and colour are for the eye. Lengths count UTF-16 code units.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class User {

  /** The greatest length of an id: 256. */
  public static final int MAX_ID_LENGTH = 256;

  /** The greatest length of a name: 64. */
  public static final int MAX_NAME_LENGTH = 64;

  private static final Pattern COLOR = Pattern.compile("#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})");

  private final String id;
  private final String name;
  private final @Nullable String color;

  private User(String id, String name, @Nullable String color) {
    this.id = checkText("id", id, MAX_ID_LENGTH);
    this.name = checkText("name", name, MAX_NAME_LENGTH);
    this.color = color == null ? null : checkColor(color);
  }

  /**
   * Returns a user without a colour.
   *
   * @param id what tells the user from all others, well-formed UTF-16 of length 1 to 256
   * @param name what the others are shown, well-formed UTF-16 of length 1 to 64
   * @return the user
   * @throws IllegalArgumentException if {@code id} or {@code name} is not of that form
   */
  public static User of(String id, String name) {
    return new User(id, name, null);
  }

  /**
   * Returns this user under another colour.
   *
   * @param value {@code #rgb} or {@code #rrggbb} with hexadecimal digits
   * @return the user with it
   * @throws IllegalArgumentException if {@code value} is not of that form
   */
  public User withColor(String value) {
    return new User(id, name, requireNonNull(value, "value"));
  }

  /**
   * Returns the id.
   *
   * @return what tells the user from all others
   */
  public String id() {
    return id;
  }

  /**
   * Returns the name.
   *
   * @return what the others are shown
   */
  public String name() {
    return name;
  }

  /**
   * Returns the colour.
   *
   * @return {@code #rgb} or {@code #rrggbb}, or empty if the user has none
   */
  public Optional<String> color() {
    return Optional.ofNullable(color);
  }

  /**
   * Returns the JSON form: an object of {@code id}, {@code name} and, if there is one, {@code
   * color}.
   *
   * @return the object
   */
  public JsonObject encode() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("id", JsonValue.of(id));
    members.put("name", JsonValue.of(name));
    if (color != null) {
      members.put("color", JsonValue.of(color));
    }
    return new JsonObject(members);
  }

  /**
   * Reads the form that {@link #encode} writes; members that it does not know do not count.
   *
   * @param value the JSON form
   * @return the user
   * @throws InvalidOperationException if {@code value} is no user
   */
  public static User decode(JsonValue value) {
    if (!(value instanceof JsonObject object)) {
      throw InvalidOperationException.badlyFormed("a user is an object");
    }
    try {
      return new User(
          text(object, "id"),
          text(object, "name"),
          object.get("color").isPresent() ? text(object, "color") : null);
    } catch (IllegalArgumentException e) {
      throw InvalidOperationException.badlyFormed(String.valueOf(e.getMessage()));
    }
  }

  private static String text(JsonObject object, String member) {
    if (object.get(member).orElse(JsonValue.NULL) instanceof JsonString string) {
      return string.value();
    }
    throw new IllegalArgumentException(member + " of a user is not a string");
  }

  private static String checkText(String what, String text, int limit) {
    requireNonNull(text, what);
    if (text.isEmpty() || text.length() > limit) {
      throw new IllegalArgumentException(
          "length " + text.length() + " of a user's " + what + " is outside 1.." + limit);
    }
    if (text.codePoints().anyMatch(unit -> unit >= 0xD800 && unit <= 0xDFFF)) {
      throw new IllegalArgumentException("a user's " + what + " has a lone surrogate");
    }
    return text;
  }

  private static String checkColor(String color) {
    if (!COLOR.matcher(color).matches()) {
      throw new IllegalArgumentException("a user's colour is neither #rgb nor #rrggbb");
    }
    return color;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof User that
        && id.equals(that.id)
        && name.equals(that.name)
        && Objects.equals(color, that.color);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, name, color);
  }

  /** Returns the id: a name belongs into no log. */
  @Override
  public String toString() {
    return id;
  }
}
