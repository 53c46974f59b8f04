package dev.collab.undo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.text.TextComponent;
import dev.collab.text.TextOperation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The histories that every implementation of undo has to agree with, one array per line: the text
 * at first, and what happened, each as name, operation and text behind it. The browser's tests read
 * the same file.
 */
class UndoVectorsTest {

  private static final String NAME = "/golden/undo/histories.jsonl";
  private static final List<String> PIECES = List.of("x", "yz", "\u00e9", "\uD83D\uDE00", "\n");

  @Test
  void histories_areThoseOfThisImplementation() throws IOException {
    Random random = new Random(20_261);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      rows.add(row(random));
    }
    String made = String.join("\n", rows) + "\n";
    String written = System.getProperty("collab.undo.vectors");
    if (written != null) {
      Files.writeString(Path.of(written), made, UTF_8);
    }
    assertThat(stored()).isEqualTo(made);
  }

  private static String stored() throws IOException {
    try (InputStream file = UndoVectorsTest.class.getResourceAsStream(NAME)) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }

  private static String row(Random random) {
    Page page = new Page("ab\uD83D\uDE00cdef");
    List<String> acts = new ArrayList<>();
    String base = page.text();
    for (int i = 0; i < 14; i++) {
      switch (random.nextInt(8)) {
        case 0, 1 -> {
          TextOperation operation = operation(page.text(), random);
          page.edit(operation);
          acts.add(act("edit", operation, page));
        }
        case 2 -> {
          TextOperation operation = operation(page.text(), random);
          page.editOn(operation);
          acts.add(act("join", operation, page));
        }
        case 3, 4 -> {
          TextOperation operation = operation(page.text(), random);
          page.other(operation);
          acts.add(act("other", operation, page));
        }
        case 5 -> acts.add(act("undo", TextOperation.noop(), page.undo()));
        case 6 -> acts.add(act("redo", TextOperation.noop(), page.redo()));
        default -> decision(page, random, acts);
      }
    }
    return "[%s,[%s]]".formatted(quoted(base), String.join(",", acts));
  }

  /** Everything so far is committed; perhaps one edit more is refused. */
  private static void decision(Page page, Random random, List<String> acts) {
    page.undo.submitted(true);
    acts.add(act("submit", TextOperation.noop(), page));
    page.undo.acknowledged();
    acts.add(act("acknowledge", TextOperation.noop(), page));
    if (random.nextBoolean()) {
      TextOperation refused = operation(page.text(), random);
      TextOperation inverse = refused.invert(page.shown());
      page.edit(refused);
      acts.add(act("edit", refused, page));
      page.undo.submitted(true);
      acts.add(act("submit", TextOperation.noop(), page));
      acts.add(act("refuse", inverse, page.refused(inverse)));
    }
  }

  private static TextOperation operation(String text, Random random) {
    TextOperation.Builder operation = TextOperation.builder();
    for (int at = 0; at < text.length(); ) {
      int next = text.offsetByCodePoints(at, 1);
      switch (random.nextInt(8)) {
        case 0 -> operation.delete(next - at);
        case 1 -> operation.insert(PIECES.get(random.nextInt(PIECES.size()))).retain(next - at);
        default -> operation.retain(next - at);
      }
      at = next;
    }
    return operation.build();
  }

  private static String act(String name, TextOperation operation, Page page) {
    String components =
        operation.components().stream()
            .map(UndoVectorsTest::component)
            .collect(Collectors.joining(","));
    return "[\"%s\",[%s],%s]".formatted(name, components, quoted(page.text()));
  }

  private static String component(TextComponent component) {
    if (component instanceof TextComponent.Insert insert) {
      return quoted(insert.text());
    }
    return component instanceof TextComponent.Delete delete
        ? "{\"d\":" + delete.length() + "}"
        : String.valueOf(((TextComponent.Retain) component).length());
  }

  private static String quoted(String text) {
    return '"' + text.replace("\n", "\\n") + '"';
  }
}
