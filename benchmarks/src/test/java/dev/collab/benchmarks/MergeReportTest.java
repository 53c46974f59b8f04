package dev.collab.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the comparison with git; the long one takes recorded histories. */
class MergeReportTest {

  private static final int TRIPLES = Integer.getInteger("collab.merge.triples", 150);

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  /** Skips these tests where git is missing, unless that is an error. */
  @BeforeAll
  static void requireGit() {
    try {
      assertThat(Git.version()).startsWith("git version");
    } catch (IOException e) {
      String message = "git is not installed: apt-get install git";
      if ("true".equals(System.getenv("COLLAB_REQUIRE_TOOLS"))) {
        fail(message, e);
      }
      System.err.println("skipped: " + message);
      abort(message);
    }
  }

  @Test
  void triples_ofSources_mergeAsGitMergesThem() throws IOException {
    MergeReport report = report();
    List<String> states = new ArrayList<>();
    for (int seed = 0; seed < 10; seed++) {
      states.add(source(new Random(seed)));
    }

    report.triples(states, TRIPLES, 1);

    assertThat(report.print("triples")).as(printed.toString(StandardCharsets.UTF_8)).isTrue();
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("triples: " + TRIPLES + ";");
  }

  @Test
  void history_withCrissCross_isListedAndMerged() throws IOException {
    MergeReport report = report();

    report.history(BranchedTrace.read(HistoryTest.write(folder, HistoryTest.CRISS_CROSS)));

    assertThat(report.print("merges")).isTrue();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("criss-cross: 5 merges 3 and 4, with 2 bases")
        .contains("merges: 3; clean in git 3, here 3;");
  }

  @Test
  void print_gitDoesBetter_isFalse() throws IOException {
    MergeReport report = report();

    // what the report calls git knows another base
    report.compare("made up", "a\n", "b\n", "c\n", new Git.Merged("b\n", 0));

    assertThat(report.print("merges")).isFalse();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("made up: 1 conflicts, in git 0")
        .contains("exceptions 1");
  }

  private MergeReport report() {
    return new MergeReport(
        new PrintStream(printed, true, StandardCharsets.UTF_8), new Git(folder), false);
  }

  /** Writes a source with blank lines, braces and statements that repeat. */
  private static String source(Random random) {
    StringBuilder source = new StringBuilder("package sample;\n\nclass Sample {\n");
    for (int method = 0; method < 12; method++) {
      source.append("\n  /** Does thing ").append(method % 5).append(". */\n");
      source.append("  void method").append(method).append("(int value) {\n");
      for (int line = random.nextInt(8); line >= 0; line--) {
        switch (random.nextInt(4)) {
          case 0 -> source.append("    if (value > ").append(random.nextInt(9)).append(") {\n");
          case 1 -> source.append("    run(value);\n");
          case 2 -> source.append("\n");
          default -> source.append("    value += ").append(random.nextInt(9)).append(";\n");
        }
      }
      source.append("    }\n  }\n");
    }
    return source.append("}\n").toString();
  }
}
