package dev.collab.value;

import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the JSON of test data. It trusts its input more than a parser for strangers may. */
public final class JsonReader {

  private final String json;
  private int at;

  private JsonReader(String json) {
    this.json = json;
  }

  /** Reads one value that takes up the whole of {@code json}. */
  public static JsonValue read(String json) {
    JsonReader reader = new JsonReader(json);
    JsonValue value = reader.value();
    if (reader.peek() != '\0') {
      throw new IllegalArgumentException("more JSON at " + reader.at);
    }
    return value;
  }

  private JsonValue value() {
    char first = peek();
    switch (first) {
      case '[':
        return array();
      case '{':
        return object();
      case '"':
        return JsonValue.of(string());
      case 't':
        expect("true");
        return JsonValue.of(true);
      case 'f':
        expect("false");
        return JsonValue.of(false);
      case 'n':
        expect("null");
        return JsonValue.NULL;
      default:
        return number();
    }
  }

  private JsonValue array() {
    List<JsonValue> elements = new ArrayList<>();
    expect("[");
    while (peek() != ']') {
      elements.add(value());
      if (peek() != ']') {
        expect(",");
      }
    }
    expect("]");
    return new JsonArray(elements);
  }

  private JsonValue object() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    expect("{");
    while (peek() != '}') {
      peek();
      String name = string();
      expect(":");
      members.put(name, value());
      if (peek() != '}') {
        expect(",");
      }
    }
    expect("}");
    return new JsonObject(members);
  }

  private String string() {
    StringBuilder text = new StringBuilder();
    expect("\"");
    while (json.charAt(at) != '"') {
      char unit = json.charAt(at++);
      text.append(unit == '\\' ? escaped() : unit);
    }
    at++;
    return text.toString();
  }

  private char escaped() {
    char escape = json.charAt(at++);
    if (escape == 'u') {
      at += 4;
      return (char) Integer.parseInt(json.substring(at - 4, at), 16);
    }
    int known = "bfnrt".indexOf(escape);
    return known < 0 ? escape : "\b\f\n\r\t".charAt(known);
  }

  private JsonValue number() {
    int start = at;
    while (at < json.length() && "+-.eE0123456789".indexOf(json.charAt(at)) >= 0) {
      at++;
    }
    return JsonValue.of(Double.parseDouble(json.substring(start, at)));
  }

  /** Skips white space and returns what follows, or NUL at the end. */
  private char peek() {
    while (at < json.length() && Character.isWhitespace(json.charAt(at))) {
      at++;
    }
    return at == json.length() ? '\0' : json.charAt(at);
  }

  private void expect(String token) {
    peek();
    if (!json.startsWith(token, at)) {
      throw new IllegalArgumentException("no " + token + " at " + at);
    }
    at += token.length();
  }
}
