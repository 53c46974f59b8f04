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

class TraceTest {

  @TempDir Path folder;

  @Test
  void read_gzippedWithCodePointPositions_countsUnits() throws IOException {
    Path file = folder.resolve("tiny.json.gz");
    String json =
        """
        {"kind": {"skipped": [1]}, "startContent": "a\uD83D\uDE00b", "endContent": "ac",
         "txns": [{"time": "now", "patches": [[2, 0, "c"], [1, 1, ""]]}, {"patches": [[2, 1, ""]]}]}
        """;
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    }

    Trace trace = Trace.read(file);

    assertThat(trace.name()).isEqualTo("tiny");
    assertThat(trace.edits())
        .containsExactly(
            new Trace.Edit(3, 0, "c"), new Trace.Edit(1, 2, ""), new Trace.Edit(2, 1, ""));
    trace.check(Replay.operationsOnBuffer(trace).toString());
    trace.check(Replay.editsOnBuffer(trace).toString());
    trace.check(Replay.operationsOnText(trace).toString());
    trace.check(Replay.editsOnStringBuilder(trace).toString());
  }

  @Test
  void read_patchOfOtherShape_throws() throws IOException {
    Path file = folder.resolve("bad.json");
    Files.writeString(file, "{\"txns\": [{\"patches\": [[0, \"x\"]]}]}");

    assertThatThrownBy(() -> Trace.read(file)).isInstanceOf(IOException.class);
  }

  @Test
  void check_otherText_throws() throws IOException {
    Trace trace = Trace.read(TinyTrace.write(folder));

    assertThatThrownBy(() -> trace.check("something else"))
        .isInstanceOf(IllegalStateException.class);
  }
}
