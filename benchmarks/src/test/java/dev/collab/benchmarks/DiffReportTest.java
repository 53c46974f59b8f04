package dev.collab.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffReportTest {

  @TempDir Path folder;

  @Test
  void between_changedLines_countsTheirUnits() {
    assertThat(LineDistance.between("", "")).isZero();
    assertThat(LineDistance.between("a\nb\nc\n", "a\nxx\nc\nd")).isEqualTo(2 + 3 + 1);
    assertThat(LineDistance.between("long line\nb\n", "b\nlong line\n")).isEqualTo(4);
  }

  @Test
  void session_tiny_printsSizes() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    DiffReport report = new DiffReport(new PrintStream(printed, true, StandardCharsets.UTF_8));

    report.session(Trace.read(TinyTrace.write(folder)));
    report.hostile(1_000);

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains(", 1 apart: 4 units, by lines at least 32, ratio 0.13, worst ")
        .contains("no word: ");
  }
}
