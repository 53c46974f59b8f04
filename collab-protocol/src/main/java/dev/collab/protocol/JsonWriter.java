package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.io.NumberOutput;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonBoolean;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes JSON values as text: no white space, members in their order, numbers in ECMAScript's
 * shortest form, and lone surrogates as escapes, so that the text is always well-formed UTF-16. A
 * general JSON generator gives neither of the last two.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class JsonWriter {

  private static final String HEX = "0123456789abcdef";

  private JsonWriter() {}

  /**
   * Writes a value.
   *
   * @param value any value
   * @return its text
   */
  public static String write(JsonValue value) {
    StringBuilder out = new StringBuilder();
    append(out, requireNonNull(value, "value"));
    return out.toString();
  }

  /**
   * Appends a value's text.
   *
   * @param out where to
   * @param value any value
   */
  public static void append(StringBuilder out, JsonValue value) {
    append(out, value, false);
  }

  /**
   * Writes a value with the members of all objects sorted by the UTF-16 code units of their names,
   * so that equal values give equal text.
   *
   * @param value any value
   * @return its text
   */
  public static String writeSorted(JsonValue value) {
    StringBuilder out = new StringBuilder();
    appendSorted(out, requireNonNull(value, "value"));
    return out.toString();
  }

  static void appendSorted(StringBuilder out, JsonValue value) {
    append(out, value, true);
  }

  private static void append(StringBuilder out, JsonValue value, boolean sorted) {
    switch (value.kind()) {
      case NULL -> out.append("null");
      case BOOLEAN -> out.append(value == JsonBoolean.TRUE);
      case NUMBER -> appendNumber(out, ((JsonNumber) value).value());
      case STRING -> appendString(out, ((JsonString) value).value());
      case ARRAY -> appendArray(out, (JsonArray) value, sorted);
      case OBJECT -> appendObject(out, (JsonObject) value, sorted);
    }
  }

  private static void appendArray(StringBuilder out, JsonArray array, boolean sorted) {
    char separator = '[';
    for (JsonValue element : array.elements()) {
      append(out.append(separator), element, sorted);
      separator = ',';
    }
    if (separator == '[') {
      out.append('[');
    }
    out.append(']');
  }

  private static void appendObject(StringBuilder out, JsonObject object, boolean sorted) {
    Map<String, JsonValue> members = sorted ? new TreeMap<>(object.members()) : object.members();
    char separator = '{';
    for (Map.Entry<String, JsonValue> member : members.entrySet()) {
      appendString(out.append(separator), member.getKey());
      append(out.append(':'), member.getValue(), sorted);
      separator = ',';
    }
    if (separator == '{') {
      out.append('{');
    }
    out.append('}');
  }

  /** Appends a string in quotes. */
  static void appendString(StringBuilder out, String text) {
    out.append('"');
    int start = 0; // of the characters that are to be copied as they are
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate(c)) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      out.append(text, start, i);
      appendEscape(out, c);
      start = i + 1;
    }
    out.append(text, start, length).append('"');
  }

  private static void appendEscape(StringBuilder out, char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      default -> {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt(c >> shift & 0xF));
        }
      }
    }
  }

  /** Appends a finite number as ECMAScript's {@code Number::toString} writes it. */
  static void appendNumber(StringBuilder out, double value) {
    long integer = (long) value;
    if (integer == value && Math.abs(integer) < 1L << 53) {
      out.append(integer);
      return;
    }
    if (value < 0) {
      out.append('-');
    }
    Decimal.shortest(Math.abs(value)).appendTo(out);
  }

  /** The decimal 0.DIGITS × 10^point. */
  private record Decimal(String digits, int point) {

    /** The shortest decimal that reads as {@code value}, and the closest of those. */
    static Decimal shortest(double value) {
      // The algorithm behind it is exact, but it never gives fewer than two digits.
      String text = NumberOutput.toString(value, true);
      int exponentAt = text.indexOf('E');
      int exponent = exponentAt < 0 ? 0 : Integer.parseInt(text.substring(exponentAt + 1));
      String mantissa = exponentAt < 0 ? text : text.substring(0, exponentAt);
      int dot = mantissa.indexOf('.');
      String all = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
      int first = 0;
      while (all.charAt(first) == '0') {
        first++;
      }
      int last = all.length();
      while (all.charAt(last - 1) == '0') {
        last--;
      }
      Decimal decimal = new Decimal(all.substring(first, last), dot - first + exponent);
      return decimal.digits.length() == 2 ? decimal.orOneDigit(value) : decimal;
    }

    private Decimal orOneDigit(double value) {
      int rounded = (Integer.parseInt(digits) + 5) / 10;
      Decimal one = rounded == 10 ? new Decimal("1", point + 1) : new Decimal("" + rounded, point);
      return Double.parseDouble("0." + one.digits + "E" + one.point) == value ? one : this;
    }

    void appendTo(StringBuilder out) {
      int count = digits.length();
      if (count <= point && point <= 21) {
        out.append(digits).append("0".repeat(point - count));
      } else if (0 < point && point <= 21) {
        out.append(digits, 0, point).append('.').append(digits, point, count);
      } else if (-6 < point && point <= 0) {
        out.append("0.").append("0".repeat(-point)).append(digits);
      } else {
        out.append(digits.charAt(0));
        if (count > 1) {
          out.append('.').append(digits, 1, count);
        }
        out.append(point > 0 ? "e+" : "e").append(point - 1);
      }
    }
  }
}
