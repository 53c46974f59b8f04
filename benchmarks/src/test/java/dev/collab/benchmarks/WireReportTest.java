package dev.collab.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireReportTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir Path folder;

  @Test
  void run_tinyLoads_printsALineForEachSetting() throws Exception {
    WireReport report =
        new WireReport(new PrintStream(printed, true, StandardCharsets.UTF_8), Duration.ZERO);

    report.run(
        List.of(Typing.people(3, 5, 1), Typing.replay(Trace.read(TinyTrace.write(folder)), 100)));

    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines)
        .filteredOn(line -> line.matches(".*\\d ms +(on|off) +\\d+ +\\d+ \\| .*"))
        .hasSize(8)
        .noneMatch(line -> line.contains(" 0.000 "));
  }
}
