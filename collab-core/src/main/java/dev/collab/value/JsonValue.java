package dev.collab.value;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value as RFC 8259 defines it, with numbers as IEEE-754 doubles (what every JavaScript peer
 * holds). Equality is structural; the order of an object's members does not count.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface JsonValue {

  /** The JSON {@code null}. */
  JsonValue NULL = JsonNull.NULL;

  /**
   * Returns which of the six kinds of JSON value this is, for a {@code switch} that the compiler
   * checks.
   *
   * @return the kind
   */
  Kind kind();

  /**
   * Returns the string value.
   *
   * @param text any text; lone surrogates are kept
   * @return the value
   * @throws NullPointerException if {@code text} is null
   */
  static JsonString of(String text) {
    return new JsonString(text);
  }

  /**
   * Returns the number value.
   *
   * @param number a finite number
   * @return the value
   * @throws IllegalArgumentException if {@code number} is infinite or not a number
   */
  static JsonNumber of(double number) {
    return new JsonNumber(number);
  }

  /**
   * Returns the boolean value.
   *
   * @param value either truth value
   * @return the value
   */
  static JsonBoolean of(boolean value) {
    return value ? JsonBoolean.TRUE : JsonBoolean.FALSE;
  }

  /**
   * Returns the array of these elements, in order.
   *
   * @param elements the elements, copied
   * @return the array
   * @throws NullPointerException if an element is null
   */
  static JsonArray array(JsonValue... elements) {
    return new JsonArray(List.of(elements));
  }

  /**
   * Returns an object with one member.
   *
   * @param name the member's name
   * @param value the member's value
   * @return the object
   * @throws NullPointerException if an argument is null
   */
  static JsonObject object(String name, JsonValue value) {
    return new JsonObject(Map.of(name, value));
  }

  /** The six kinds of JSON value. */
  enum Kind {
    /** {@link JsonNull}. */
    NULL,
    /** {@link JsonBoolean}. */
    BOOLEAN,
    /** {@link JsonNumber}. */
    NUMBER,
    /** {@link JsonString}. */
    STRING,
    /** {@link JsonArray}. */
    ARRAY,
    /** {@link JsonObject}. */
    OBJECT
  }

  /** The JSON {@code null}. */
  enum JsonNull implements JsonValue {
    /** The only instance. */
    NULL;

    @Override
    public Kind kind() {
      return Kind.NULL;
    }
  }

  /** A JSON truth value. */
  enum JsonBoolean implements JsonValue {
    /** {@code false}. */
    FALSE,
    /** {@code true}. */
    TRUE;

    @Override
    public Kind kind() {
      return Kind.BOOLEAN;
    }
  }

  /**
   * A JSON number.
   *
   * @param value a finite double; negative zero is stored as zero
   */
  record JsonNumber(double value) implements JsonValue {

    /**
     * Checks and canonicalises the number.
     *
     * @param value a finite double
     * @throws IllegalArgumentException if {@code value} is infinite or not a number
     */
    public JsonNumber {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("not a JSON number: " + value);
      }
      value += 0.0; // -0.0 + 0.0 is 0.0
    }

    /**
     * Tells whether the number is an integer that every JavaScript peer holds exactly.
     *
     * @return whether the value is integral and within ±(2^53 − 1)
     */
    public boolean isInteger() {
      return value == Math.rint(value) && Math.abs(value) <= 0x1p53 - 1;
    }

    @Override
    public Kind kind() {
      return Kind.NUMBER;
    }
  }

  /**
   * A JSON string.
   *
   * @param value its text in UTF-16; lone surrogates are possible
   */
  record JsonString(String value) implements JsonValue {

    /**
     * Checks the text.
     *
     * @param value any text
     * @throws NullPointerException if {@code value} is null
     */
    public JsonString {
      requireNonNull(value, "value");
    }

    @Override
    public Kind kind() {
      return Kind.STRING;
    }
  }

  /**
   * A JSON array.
   *
   * @param elements its elements in order; unmodifiable
   */
  record JsonArray(List<JsonValue> elements) implements JsonValue {

    /**
     * Copies the elements.
     *
     * @param elements its elements in order
     * @throws NullPointerException if an element is null
     */
    public JsonArray {
      elements = List.copyOf(elements);
    }

    @Override
    public Kind kind() {
      return Kind.ARRAY;
    }
  }

  /**
   * A JSON object.
   *
   * @param members its members in the order given; unmodifiable
   */
  record JsonObject(Map<String, JsonValue> members) implements JsonValue {

    /** The object without members. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    /**
     * Copies the members.
     *
     * @param members its members in order
     * @throws NullPointerException if a name or value is null
     */
    public JsonObject {
      Map<String, JsonValue> copy = new LinkedHashMap<>();
      members.forEach(
          (name, value) -> copy.put(requireNonNull(name, "name"), requireNonNull(value, "value")));
      members = Collections.unmodifiableMap(copy);
    }

    /**
     * Returns a member's value.
     *
     * @param name the member's name
     * @return its value, or empty if there is no such member
     */
    public Optional<JsonValue> get(String name) {
      return Optional.ofNullable(members.get(name));
    }

    @Override
    public Kind kind() {
      return Kind.OBJECT;
    }
  }
}
