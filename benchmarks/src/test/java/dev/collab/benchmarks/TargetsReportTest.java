package dev.collab.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.benchmarks.Contest.Budget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetsReportTest {

  private static final Budget NEXT_TO_NOTHING = new Budget(Duration.ZERO, Duration.ZERO, 2);

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final TargetsReport report =
      new TargetsReport(new PrintStream(printed, true, StandardCharsets.UTF_8));

  @TempDir Path folder;

  @Test
  void run_tinyBudget_printsALineForEveryTarget() throws IOException {
    Path trace = TinyTrace.write(folder);

    report.run(List.of(trace), Set.of("T1", "T2", "T4", "T5", "T6", "T7"), NEXT_TO_NOTHING);

    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).filteredOn(line -> line.matches("T\\d .*(ok|MISSED)")).hasSize(21);
    assertThat(lines.get(lines.size() - 1)).endsWith("not measured: []");
  }

  @Test
  void run_noTrace_isNotMet() throws IOException {
    boolean met = report.run(List.of(), Set.of("T1"), NEXT_TO_NOTHING);

    assertThat(met).isFalse();
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("not measured: [T1]");
  }
}
