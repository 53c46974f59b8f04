package dev.collab.value;

import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonBoolean;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes JSON values as bytes and reads them, lone surrogates included; for tests. */
public final class JsonBytes {

  private JsonBytes() {}

  public static void write(JsonValue value, DataOutputStream out) throws IOException {
    out.writeByte(value.kind().ordinal());
    if (value instanceof JsonBoolean truth) {
      out.writeBoolean(truth == JsonBoolean.TRUE);
    } else if (value instanceof JsonNumber number) {
      out.writeDouble(number.value());
    } else if (value instanceof JsonString string) {
      writeText(string.value(), out);
    } else if (value instanceof JsonArray array) {
      out.writeInt(array.elements().size());
      for (JsonValue element : array.elements()) {
        write(element, out);
      }
    } else if (value instanceof JsonObject object) {
      out.writeInt(object.members().size());
      for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
        writeText(member.getKey(), out);
        write(member.getValue(), out);
      }
    }
  }

  public static JsonValue read(DataInputStream in) throws IOException {
    return switch (JsonValue.Kind.values()[in.readByte()]) {
      case NULL -> JsonValue.NULL;
      case BOOLEAN -> JsonValue.of(in.readBoolean());
      case NUMBER -> JsonValue.of(in.readDouble());
      case STRING -> JsonValue.of(readText(in));
      case ARRAY -> {
        List<JsonValue> elements = new ArrayList<>();
        for (int i = in.readInt(); i > 0; i--) {
          elements.add(read(in));
        }
        yield new JsonArray(elements);
      }
      case OBJECT -> {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = in.readInt(); i > 0; i--) {
          members.put(readText(in), read(in));
        }
        yield new JsonObject(members);
      }
    };
  }

  private static void writeText(String text, DataOutputStream out) throws IOException {
    out.writeInt(text.length());
    out.writeChars(text);
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(in.readChar());
    }
    return text.toString();
  }
}
