package dev.collab.benchmarks;

import dev.collab.conflict.ThreeWayMerge;
import dev.collab.operation.MergeResult;
import dev.collab.operation.Resolution;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Merges what git can merge, too, and compares. Arguments: {@code --branched=FILE}, a history with
 * branches of which all merges of two are made; {@code --sessions=FOLDER}, recorded sessions whose
 * states are edited at random; {@code --triples=N}, how many of these, 1,000 if not given; {@code
 * --seed=N}; {@code --verbose}. The exit status is 1 if there is a merge that git does better.
 */
public final class MergeReport {

  private final PrintStream out;
  private final Git git;
  private final boolean isVerbose;
  private final ThreeWayMerge<Text, TextOperation> merge =
      ThreeWayMerge.of(TextType.TEXT, Resolution.ours());
  private int count;
  private int cleanInGit;
  private int cleanHere;
  private int sameText;
  private int conflictsInGit;
  private int conflictsHere;
  private final List<String> exceptions = new ArrayList<>();

  MergeReport(PrintStream out, Git git, boolean isVerbose) {
    this.out = out;
    this.git = git;
    this.isVerbose = isVerbose;
  }

  /** Merges and prints. */
  public static void main(String[] arguments) throws IOException {
    Path branched = null;
    Path sessions = null;
    int triples = 1_000;
    long seed = 1;
    boolean verbose = false;
    for (String argument : arguments) {
      String value = argument.substring(argument.indexOf('=') + 1);
      switch (argument.split("=", 2)[0]) {
        case "--branched" -> branched = Path.of(value);
        case "--sessions" -> sessions = Path.of(value);
        case "--triples" -> triples = Integer.parseInt(value);
        case "--seed" -> seed = Long.parseLong(value);
        case "--verbose" -> verbose = true;
        default -> throw new IllegalArgumentException("unknown option " + argument);
      }
    }
    Path folder = Files.createTempDirectory("collab-merge");
    System.out.println(Git.version());
    boolean good = true;
    if (branched != null) {
      MergeReport report = new MergeReport(System.out, new Git(folder), verbose);
      report.history(BranchedTrace.read(branched));
      good = report.print("merges of the history");
    }
    if (sessions != null) {
      MergeReport report = new MergeReport(System.out, new Git(folder), verbose);
      report.triples(states(sessions), triples, seed);
      good &= report.print("generated triples");
    }
    System.exit(good ? 0 : 1);
  }

  /** Makes all merges of two branches. */
  void history(BranchedTrace trace) throws IOException {
    History history = History.of(trace);
    for (int i = 0; i < trace.transactions().size(); i++) {
      List<Integer> parents = trace.transactions().get(i).parents();
      if (parents.size() != 2) {
        continue;
      }
      int one = parents.get(0);
      int other = parents.get(1);
      BitSet common = history.common(one, other);
      int heads = history.heads(common);
      if (heads > 1) {
        out.printf("criss-cross: %d merges %d and %d, with %d bases%n", i, one, other, heads);
      }
      compare(
          "merge " + i,
          history.text(common),
          history.text(history.version(one)),
          history.text(history.version(other)));
    }
  }

  /** Edits states at random, for two sides, and merges. */
  void triples(List<String> states, int triples, long seed) throws IOException {
    Random random = new Random(seed);
    SourceEdits edits = new SourceEdits(random);
    for (int i = 0; i < triples; i++) {
      String base = states.get(random.nextInt(states.size()));
      double around = random.nextDouble();
      double spread = random.nextBoolean() ? 1 : 0.05;
      compare(
          "triple " + i,
          base,
          edits.edit(base, 1 + random.nextInt(6), around, spread),
          edits.edit(base, 1 + random.nextInt(6), around, spread));
    }
  }

  private void compare(String name, String base, String ours, String theirs) throws IOException {
    compare(name, base, ours, theirs, git.merge(base, ours, theirs));
  }

  /** Compares a merge with what git made of it. */
  void compare(String name, String base, String ours, String theirs, Git.Merged theirMerge)
      throws IOException {
    MergeResult<Text, TextOperation> ourMerge =
        merge.merge(Text.of(base), Text.of(ours), Text.of(theirs));
    int conflicts = ourMerge.conflicts().size();
    boolean clean = theirMerge.conflicts() == 0;
    count++;
    cleanInGit += clean ? 1 : 0;
    cleanHere += conflicts == 0 ? 1 : 0;
    conflictsInGit += theirMerge.conflicts();
    conflictsHere += conflicts;
    boolean same = ourMerge.state().toString().equals(theirMerge.text());
    if (clean && conflicts == 0 && same) {
      sameText++;
    } else if (clean && conflicts == 0) {
      exception(name + ": another text than git's", base, ours, theirs, ourMerge, theirMerge);
    } else if (conflicts > theirMerge.conflicts()) {
      exception(
          name + ": " + conflicts + " conflicts, in git " + theirMerge.conflicts(),
          base,
          ours,
          theirs,
          ourMerge,
          theirMerge);
    }
    if (isVerbose) {
      out.printf("%s: %d conflicts, in git %d%n", name, conflicts, theirMerge.conflicts());
    }
  }

  private void exception(
      String what,
      String base,
      String ours,
      String theirs,
      MergeResult<Text, TextOperation> ourMerge,
      Git.Merged theirMerge)
      throws IOException {
    exceptions.add(what);
    Path folder = Files.createTempDirectory("collab-merge-exception");
    Files.writeString(folder.resolve("base"), base);
    Files.writeString(folder.resolve("ours"), ours);
    Files.writeString(folder.resolve("theirs"), theirs);
    Files.writeString(folder.resolve("here"), ourMerge.state().toString());
    Files.writeString(folder.resolve("git"), theirMerge.text());
    out.println(what + ": see " + folder);
  }

  boolean print(String what) {
    out.printf(
        "%s: %d; clean in git %d, here %d; of git's clean ones the same text here %d;"
            + " conflicts in git %d, here %d; exceptions %d%n",
        what,
        count,
        cleanInGit,
        cleanHere,
        sameText,
        conflictsInGit,
        conflictsHere,
        exceptions.size());
    return exceptions.isEmpty();
  }

  /** Returns some states of each session. */
  private static List<String> states(Path folder) throws IOException {
    List<String> states = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        states.addAll(DiffReport.states(Trace.read(file), 20));
      }
    }
    return states;
  }
}
