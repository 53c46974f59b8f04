package dev.collab.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloodReportTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  @Test
  void run_fewEdits_printsALineForEachFlood() throws Exception {
    new FloodReport(out, 1_000, 1, 5).run();

    List<String> lines = printed.toString(StandardCharsets.UTF_8).lines().toList();
    for (Flood kind : Flood.values()) {
      assertThat(lines)
          .filteredOn(line -> line.startsWith(kind.title() + " "))
          .singleElement()
          .asString()
          .matches(".*(\\| +[\\d.]+ +[\\d.]+ ){3}\\| sent [1-9].*");
    }
  }

  @Test
  void rateBelowZero_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FloodReport(out, -1, 1, 5));
  }

  @Test
  void moreEditsThanAreGranted_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new FloodReport(out, 1, 1, 301));
  }
}
