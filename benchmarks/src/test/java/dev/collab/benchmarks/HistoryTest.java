package dev.collab.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {

  /** Two branches that merge twice without knowing of the other merge. */
  static final String CRISS_CROSS =
      """
      {"kind": "concurrent", "endContent": "a1\\nb\\nc2!\\n", "numAgents": 2, "txns": [
        {"parents": [], "patches": [[0, 0, "a\\nb\\nc\\n"]]},
        {"parents": [0], "patches": [[1, 0, "1"]]},
        {"parents": [0], "patches": [[5, 0, "2"]]},
        {"parents": [1, 2], "patches": [[7, 0, "?"]]},
        {"parents": [1, 2], "patches": []},
        {"parents": [3, 4], "patches": [[7, 1, "!"]]}]}
      """;

  @TempDir Path folder;

  @Test
  void text_anySetOfTransactions_isWhatTheyMake() throws IOException {
    History history = History.of(BranchedTrace.read(write(folder, CRISS_CROSS)));

    assertThat(history.text(history.version(1))).isEqualTo("a1\nb\nc\n");
    assertThat(history.text(history.version(2))).isEqualTo("a\nb\nc2\n");
    assertThat(history.text(history.common(1, 2))).isEqualTo("a\nb\nc\n");
    assertThat(history.text(history.version(3))).isEqualTo("a1\nb\nc2?\n");
    assertThat(history.heads(history.common(1, 2))).isEqualTo(1);
    assertThat(history.heads(history.common(3, 4))).isEqualTo(2);
  }

  @Test
  void of_historyThatLeadsElsewhere_throws() throws IOException {
    BranchedTrace trace = BranchedTrace.read(write(folder, CRISS_CROSS.replace("c2!", "c2")));

    assertThatThrownBy(() -> History.of(trace)).isInstanceOf(IllegalStateException.class);
  }

  static Path write(Path folder, String json) throws IOException {
    Path file = folder.resolve("branched.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
