package dev.collab.text;

import dev.collab.text.TextComponent.Delete;
import dev.collab.text.TextComponent.Insert;
import dev.collab.text.TextComponent.Retain;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Shows an operation component by component, as views and as a line for people. */
final class TextNotation {

  private TextNotation() {}

  static int componentCount(TextOperation operation) {
    int[] edits = operation.packed();
    int count = edits.length / 2;
    for (int i = 0; i < edits.length; i += 2) {
      count += edits[i] > 0 ? 1 : 0;
    }
    return count;
  }

  static List<TextComponent> components(TextOperation operation) {
    int[] edits = operation.packed();
    List<TextComponent> components = new ArrayList<>(edits.length);
    int contentAt = 0;
    for (int i = 0; i < edits.length; i += 2) {
      if (edits[i] > 0) {
        components.add(new Retain(edits[i]));
      }
      int edit = edits[i + 1];
      if (edit > 0) {
        components.add(new Insert(operation.content().substring(contentAt, contentAt + edit)));
        contentAt += edit;
      } else {
        components.add(new Delete(-edit));
      }
    }
    return Collections.unmodifiableList(components);
  }

  static String write(TextOperation operation) {
    if (operation.isNoop()) {
      return "noop";
    }
    StringBuilder line = new StringBuilder();
    for (TextComponent component : operation.components()) {
      line.append(line.isEmpty() ? "" : ", ");
      if (component instanceof Insert insert) {
        line.append("insert ");
        quote(insert.text(), line);
      } else {
        line.append(component.kind() == TextComponent.Kind.RETAIN ? "retain " : "delete ");
        line.append(component.length());
      }
    }
    return line.toString();
  }

  private static void quote(String text, StringBuilder line) {
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == '"' || unit == '\\') {
        line.append('\\').append(unit);
      } else if (unit == '\n') {
        line.append("\\n");
      } else if (unit < ' ' || (Character.isSurrogate(unit) && !isPaired(text, i))) {
        line.append(String.format("\\u%04X", (int) unit));
      } else {
        line.append(unit);
      }
    }
    line.append('"');
  }

  private static boolean isPaired(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
        : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
  }
}
