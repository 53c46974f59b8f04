package dev.collab.text;

import static dev.collab.text.TextType.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.operation.Side;
import dev.collab.value.JsonReader;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonString;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Results of the npm package ot-text, one array per line: text, a, b, c, a applied, a over b as
 * left, a over b as right, a composed with c; a and b are concurrent, c comes after a.
 */
class TextVectorsTest {

  @Test
  void everyVerb_vectorsOfTheNpmPackage_agrees() throws IOException {
    List<String> lines;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                TextVectorsTest.class.getResourceAsStream("/golden/text/ot-text.jsonl"), UTF_8))) {
      lines = reader.lines().toList();
    }
    assertThat(lines).hasSize(2000);
    for (int i = 0; i < lines.size(); i++) {
      check("line " + (i + 1), ((JsonArray) JsonReader.read(lines.get(i))).elements());
    }
  }

  private static void check(String line, List<JsonValue> row) {
    String text = ((JsonString) row.get(0)).value();
    TextOperation a = TEXT.decodeOperation(row.get(1));
    TextOperation b = TEXT.decodeOperation(row.get(2));
    TextOperation c = TEXT.decodeOperation(row.get(3));
    String after = ((JsonString) row.get(4)).value();

    assertThat(TEXT.encodeOperation(a)).as(line).isEqualTo(row.get(1));
    assertThat(a.applyTo(text)).as(line).isEqualTo(after);
    assertThat(a.applyTo(Text.of(text)).toString()).as(line).isEqualTo(after);
    TextBuffer buffer = Text.of(text).toBuffer();
    a.applyTo(buffer);
    assertThat(buffer.toString()).as(line).isEqualTo(after);
    assertThat(TEXT.encodeOperation(a.transform(b, Side.LEFT))).as(line).isEqualTo(row.get(5));
    assertThat(TEXT.encodeOperation(a.transform(b, Side.RIGHT))).as(line).isEqualTo(row.get(6));
    assertThat(TEXT.encodeOperation(a.compose(c))).as(line).isEqualTo(row.get(7));
  }
}
