package dev.collab.benchmarks;

import dev.collab.text.Text;
import dev.collab.text.TextDiff;
import dev.collab.text.TextOperation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Tells how large the differences between states of recorded sessions are, next to the smallest
 * ones that replace whole lines, and how long hostile texts take. Arguments: folders of traces.
 */
public final class DiffReport {

  /** At how many moments a session is looked at. */
  private static final int MOMENTS = 40;

  private final PrintStream out;
  private double worst;

  DiffReport(PrintStream out) {
    this.out = out;
  }

  /**
   * Compares and prints; the exit status is 1 if a difference is larger than 1.5 times the bound.
   */
  public static void main(String[] arguments) throws IOException {
    DiffReport report = new DiffReport(System.out);
    for (String folder : arguments) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        for (Path file : files.sorted().toList()) {
          report.session(Trace.read(file));
        }
      }
    }
    report.hostile(1 << 20);
    System.exit(report.worst <= 1.5 ? 0 : 1);
  }

  /** Compares states that are near and far from each other. */
  void session(Trace trace) {
    List<String> states = states(trace, MOMENTS);
    for (int distance : new int[] {1, 5}) {
      long units = 0;
      long least = 0;
      double worstHere = 0;
      for (int i = 0; i + distance < states.size(); i++) {
        String from = states.get(i);
        String to = states.get(i + distance);
        TextOperation difference = TextDiff.diff(from, to);
        if (!difference.applyTo(from).equals(to)) {
          throw new IllegalStateException(trace.name() + ": the difference leads elsewhere");
        }
        long size = (long) difference.insertedLength() + difference.deletedLength();
        long bound = LineDistance.between(from, to);
        units += size;
        least += bound;
        worstHere = Math.max(worstHere, ratio(size, bound));
      }
      worst = Math.max(worst, worstHere);
      out.printf(
          Locale.ROOT,
          "%s, %d apart: %d units, by lines at least %d, ratio %.2f, worst %.2f%n",
          trace.name(),
          distance,
          units,
          least,
          ratio(units, least),
          worstHere);
    }
  }

  private static double ratio(long size, long bound) {
    return (double) size / Math.max(1, bound);
  }

  /** Returns the texts at so many moments of a session. */
  static List<String> states(Trace trace, int moments) {
    List<String> states = new ArrayList<>();
    StringBuilder text = new StringBuilder(trace.start());
    int done = 0;
    for (Trace.Edit edit : trace.edits()) {
      text.replace(edit.position(), edit.position() + edit.deleted(), edit.inserted());
      if (++done % Math.max(1, trace.edits().size() / moments) == 0) {
        states.add(text.toString());
      }
    }
    return states;
  }

  /** Measures texts that have nothing, or next to nothing, in common. */
  void hostile(int length) {
    int half = length / 2;
    for (int words : new int[] {2, 20, 1_000, 100_000}) {
      String from = words(1, length, words);
      String to = words(2, length, words);
      measure("unrelated lines, " + words + " words", from, to);
      measure("one line, " + words + " words", from.replace('\n', ' '), to.replace('\n', ' '));
    }
    measure("one letter", "a".repeat(length), "a".repeat(half));
    measure("a b a b and a a b b", "a\nb\n".repeat(half / 2), "a\na\nb\nb\n".repeat(half / 4));
    measure("no word", ".,".repeat(half), ",;".repeat(half));
  }

  private void measure(String what, String from, String to) {
    long best = Long.MAX_VALUE;
    long first = 0;
    for (int round = 0; round < 3; round++) {
      Text before = Text.of(from);
      Text after = Text.of(to);
      long start = System.nanoTime();
      TextOperation difference = TextDiff.diff(before, after);
      long taken = System.nanoTime() - start;
      if (!difference.applyTo(before).equals(after)) {
        throw new IllegalStateException(what + ": the difference leads elsewhere");
      }
      first = round == 0 ? taken : first;
      best = Math.min(best, taken);
    }
    out.printf("%s: %d ms at first, %d ms then%n", what, first / 1_000_000, best / 1_000_000);
  }

  private static String words(long seed, int length, int vocabulary) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder(length + 8);
    while (text.length() < length) {
      text.append('w').append(random.nextInt(vocabulary)).append('\n');
    }
    return text.toString();
  }
}
