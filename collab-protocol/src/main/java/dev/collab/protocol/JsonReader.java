package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON values from text, strictly (RFC 8259) and within limits. Refused beyond the grammar: a
 * member name that occurs twice, a number too large for a double, anything behind the value. A lone
 * surrogate, written as an escape, is kept.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class JsonReader {

  /** Deeper than any limit, and shallow enough for the stack. */
  static final int MAX_DEPTH = 1000;

  /** How much of a frame that was refused is searched for whom it came from. */
  private static final int SKIM_LENGTH = 1 << 16;

  /**
   * Makes parsers that share nothing: names are neither interned nor kept in a table that strangers
   * could fill, and no buffers are pooled, since a parser over a char array needs hardly any. Our
   * own checks come before those of the parser, whose bounds only keep it from its defaults.
   */
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH + 2)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(1000)
                  .build())
          .build();

  private final WireLimits limits;

  /**
   * Creates a reader.
   *
   * @param limits those of frame, depth, string, name and values count
   */
  public JsonReader(WireLimits limits) {
    this.limits = requireNonNull(limits, "limits");
  }

  /**
   * Reads the one value that a text consists of.
   *
   * @param text the text
   * @return the value
   * @throws ProtocolException if the text is not JSON or exceeds a limit
   */
  public JsonValue read(String text) {
    return read(text, false);
  }

  /**
   * Reads the one value that a text consists of.
   *
   * @param text the text
   * @param batch whether an outermost array is not to count as a level
   * @return the value
   * @throws ProtocolException if the text is not JSON or exceeds a limit
   */
  JsonValue read(String text, boolean batch) {
    if (text.length() > limits.frame()) {
      throw tooLarge(ErrorCodes.FRAME_TOO_LARGE, "frame length", text.length(), limits.frame());
    }
    try (JsonParser parser = FACTORY.createParser(text.toCharArray())) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw badlyFormed("the frame is empty");
      }
      int levels = limits.depth() + (batch && first == JsonToken.START_ARRAY ? 1 : 0);
      JsonValue value = new Pass(parser, levels).value(first);
      if (parser.nextToken() != null) {
        throw badlyFormed("something follows the JSON value");
      }
      return value;
    } catch (IOException e) {
      throw notJson(e);
    }
  }

  /**
   * Reads what it can of an object that {@link #read} has refused: members of the top level that
   * are short strings, numbers, booleans or null, up to the first fault.
   *
   * @param text the text
   * @return those members
   */
  JsonObject skim(String text) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    String part = text.length() <= SKIM_LENGTH ? text : text.substring(0, SKIM_LENGTH);
    try (JsonParser parser = FACTORY.createParser(part.toCharArray())) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        Pass pass = new Pass(parser, 1);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          JsonToken token = parser.nextToken();
          if (token == null) {
            break;
          } else if (token.isStructStart()) {
            parser.skipChildren();
          } else if (token != JsonToken.VALUE_STRING || parser.getTextLength() <= limits.name()) {
            members.putIfAbsent(name, pass.value(token));
          }
        }
      }
    } catch (IOException | ProtocolException e) {
      return new JsonObject(members); // as far as it goes
    }
    return new JsonObject(members);
  }

  /** One reading of one text. */
  private final class Pass {

    private final JsonParser parser;
    private int levelsLeft;
    private int valuesLeft = limits.values();

    Pass(JsonParser parser, int levels) {
      this.parser = parser;
      this.levelsLeft = levels;
    }

    JsonValue value(JsonToken token) throws IOException {
      if (valuesLeft-- == 0) {
        throw tooLarge(
            ErrorCodes.JSON_TOO_LARGE, "number of values", limits.values() + 1L, limits.values());
      }
      return switch (token) {
        case START_OBJECT -> object();
        case START_ARRAY -> array();
        case VALUE_STRING -> JsonValue.of(checkedLength("string length", limits.string()));
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
        case VALUE_TRUE -> JsonValue.of(true);
        case VALUE_FALSE -> JsonValue.of(false);
        case VALUE_NULL -> JsonValue.NULL;
        default -> throw badlyFormed("unexpected " + token);
      };
    }

    private JsonValue object() throws IOException {
      descend();
      Map<String, JsonValue> members = new LinkedHashMap<>();
      while (next() == JsonToken.FIELD_NAME) {
        String name = checkedLength("member name length", limits.name());
        if (members.put(name, value(next())) != null) {
          throw badlyFormed("a member name occurs twice in an object");
        }
      }
      levelsLeft++;
      return members.isEmpty() ? JsonObject.EMPTY : new JsonObject(members);
    }

    private JsonValue array() throws IOException {
      descend();
      List<JsonValue> elements = new ArrayList<>();
      for (JsonToken token = next(); token != JsonToken.END_ARRAY; token = next()) {
        elements.add(value(token));
      }
      levelsLeft++;
      return new JsonArray(elements);
    }

    private JsonValue number(JsonToken token) throws IOException {
      if (token == JsonToken.VALUE_NUMBER_INT
          && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
        return JsonValue.of((double) parser.getLongValue());
      }
      double number = Double.parseDouble(parser.getText());
      if (Double.isInfinite(number)) {
        throw badlyFormed("a number is outside the range of a double");
      }
      return JsonValue.of(number);
    }

    private void descend() {
      if (levelsLeft-- == 0) {
        throw new ProtocolException(
            ErrorCodes.JSON_TOO_DEEP, "nesting is deeper than " + limits.depth() + " levels");
      }
    }

    private JsonToken next() throws IOException {
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw badlyFormed("the JSON value is cut off");
      }
      return token;
    }

    private String checkedLength(String what, int limit) throws IOException {
      int length = parser.getTextLength();
      if (length > limit) {
        throw tooLarge(ErrorCodes.JSON_TOO_LARGE, what, length, limit);
      }
      return parser.getText();
    }
  }

  private static ProtocolException notJson(IOException e) {
    // The parser's own words would quote the content.
    return badlyFormed(
        e instanceof com.fasterxml.jackson.core.JsonProcessingException problem
                && problem.getLocation() != null
            ? "not JSON at position " + problem.getLocation().getCharOffset()
            : "not JSON");
  }

  private static ProtocolException badlyFormed(String message) {
    return new ProtocolException(ErrorCodes.MESSAGE_BADLY_FORMED, message);
  }

  static ProtocolException tooLarge(String code, String what, long got, long limit) {
    return new ProtocolException(code, what + " is " + got + ", allowed are " + limit);
  }
}
