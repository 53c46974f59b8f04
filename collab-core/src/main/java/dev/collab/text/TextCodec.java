package dev.collab.text;

import dev.collab.operation.InvalidOperationException;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;

/** The JSON form of text operations: an array of number, string and {@code {"d":number}}. */
final class TextCodec {

  private static final String DELETE = "d";

  private TextCodec() {}

  static TextOperation decode(JsonValue value) {
    if (!(value instanceof JsonArray array)) {
      throw InvalidOperationException.badlyFormed(
          "operation is " + nameOf(value) + ", allowed an array");
    }
    List<JsonValue> elements = array.elements();
    TextOperation.Builder builder = TextOperation.builder();
    long inserted = 0;
    boolean retained = false; // whether the component before is a retain
    for (int i = 0; i < elements.size(); i++) {
      JsonValue element = elements.get(i);
      if (element instanceof JsonNumber number) {
        if (retained || i == elements.size() - 1) {
          throw badComponent(i, retained ? "retain after a retain" : "retain at the end");
        }
        builder.retain(length(number, i));
      } else if (element instanceof JsonString text) {
        inserted += text.value().length();
        checkInsert(text.value(), inserted, i);
        builder.insert(text.value());
      } else {
        builder.delete(deletedLength(element, i));
      }
      retained = element instanceof JsonNumber;
    }
    return builder.build();
  }

  static JsonValue encode(TextOperation operation) {
    List<JsonValue> elements = new ArrayList<>();
    for (TextComponent component : operation.components()) {
      elements.add(
          switch (component.kind()) {
            case RETAIN -> JsonValue.of(component.length());
            case INSERT -> JsonValue.of(((TextComponent.Insert) component).text());
            case DELETE -> JsonValue.object(DELETE, JsonValue.of(component.length()));
          });
    }
    return new JsonArray(elements);
  }

  private static void checkInsert(String text, long inserted, int index) {
    if (text.isEmpty()) {
      throw badComponent(index, "empty insert");
    }
    if (inserted > Integer.MAX_VALUE) {
      throw badComponent(index, "more than " + Integer.MAX_VALUE + " units inserted");
    }
  }

  private static int deletedLength(JsonValue element, int index) {
    if (element instanceof JsonObject object
        && object.members().size() == 1
        && object.members().get(DELETE) instanceof JsonNumber number) {
      return length(number, index);
    }
    throw badComponent(
        index, nameOf(element) + ", allowed a number, a string or an object {\"d\": number}");
  }

  private static int length(JsonNumber number, int index) {
    double value = number.value();
    if (!number.isInteger() || value < 1 || value > Integer.MAX_VALUE) {
      throw badComponent(index, "length " + value + ", allowed integers 1.." + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  private static InvalidOperationException badComponent(int index, String problem) {
    return InvalidOperationException.badlyFormed("component " + index + ": " + problem);
  }

  private static String nameOf(JsonValue value) {
    return switch (value.kind()) {
      case NULL -> "null";
      case BOOLEAN -> "a boolean";
      case NUMBER -> "a number";
      case STRING -> "a string";
      case ARRAY -> "an array";
      case OBJECT -> "an object of another form";
    };
  }
}
