package dev.collab.benchmarks;

import dev.collab.benchmarks.Contest.Budget;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Measures what the targets T1, T2 and T4 to T7 are about and prints one table. Arguments: trace
 * files, or directories of them, and
 *
 * <ul>
 *   <li>{@code --only=T1,T5}: some of the targets; T1 and T2 go together, and submissions to a
 *       document, which have no target, go with T7;
 *   <li>{@code --rounds=N}: how often each thing is measured, 9 if not given;
 *   <li>{@code --check}: exit with status 1 if a target is missed or was not measured.
 * </ul>
 */
public final class TargetsReport {

  private static final Duration WARM_UP = Duration.ofSeconds(1);
  private static final Duration ROUND = Duration.ofMillis(150);
  private static final Set<String> ALL = Set.of("T1", "T2", "T4", "T5", "T6", "T7");

  private final PrintStream out;
  private final Set<String> missed = new TreeSet<>();
  private final Set<String> measured = new TreeSet<>();

  TargetsReport(PrintStream out) {
    this.out = out;
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws IOException {
    List<Path> traces = new ArrayList<>();
    Set<String> only = ALL;
    int rounds = 9;
    boolean check = false;
    for (String argument : arguments) {
      if (argument.equals("--check")) {
        check = true;
      } else if (argument.startsWith("--only=")) {
        only = Set.of(valueOf(argument).split(","));
      } else if (argument.startsWith("--rounds=")) {
        rounds = Integer.parseInt(valueOf(argument));
      } else if (argument.startsWith("--")) {
        throw new IllegalArgumentException("unknown option " + argument);
      } else {
        traces.addAll(traceFiles(Path.of(argument)));
      }
    }
    TargetsReport report = new TargetsReport(System.out);
    boolean met = report.run(traces, only, new Budget(WARM_UP, ROUND, rounds));
    if (check && !met) {
      System.exit(1);
    }
  }

  /**
   * Measures and prints.
   *
   * @return whether all targets asked for were measured and met
   */
  boolean run(List<Path> traces, Set<String> only, Budget budget) throws IOException {
    printMachine();
    out.println(Row.head());
    Targets targets = new Targets(budget, this::print);
    if (only.contains("T1") || only.contains("T2")) {
      for (Path file : traces) {
        targets.replay(Trace.read(file));
      }
    }
    if (only.contains("T4")) {
      targets.randomEdits(1 << 20, 1_000);
      targets.randomEdits(10 << 20, 3_000);
    }
    if (only.contains("T5")) {
      targets.transform();
    }
    if (only.contains("T6")) {
      targets.compose();
    }
    if (only.contains("T7")) {
      targets.history();
      targets.submissions();
    }
    printLoad();
    Set<String> notMeasured = new TreeSet<>(only);
    notMeasured.removeAll(measured);
    out.println("missed: " + missed + ", not measured: " + notMeasured);
    return missed.isEmpty() && notMeasured.isEmpty();
  }

  private void print(Row row) {
    out.println(row.line());
    if (!row.must().isEmpty()) {
      measured.add(row.target());
      if (!row.met()) {
        missed.add(row.target());
      }
    }
  }

  private void printMachine() {
    out.printf(
        "Java %s, %s, %s, %d processors%n",
        Runtime.version(),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors());
    out.println("JVM options " + ManagementFactory.getRuntimeMXBean().getInputArguments());
    printLoad();
  }

  private void printLoad() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    out.printf(Locale.ROOT, "load average %.1f%n", load);
  }

  private static String valueOf(String option) {
    return option.substring(option.indexOf('=') + 1);
  }

  private static List<Path> traceFiles(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(file -> file.toString().matches(".*\\.json(\\.gz)?")).sorted().toList();
    }
  }
}
