package dev.collab.benchmarks;

import dev.collab.benchmarks.Contest.Budget;
import dev.collab.benchmarks.Contest.Samples;
import dev.collab.operation.Side;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The targets for speed. The figures to compare with were measured once, on another machine, with
 * the fastest peer of each discipline; {@code docs/performance.md} has them all.
 */
final class Targets {

  /** The trace that T1 is about. */
  static final String PAPER = "automerge-paper";

  private static final double DIAMOND_TYPES_EDIT = 438;

  private static final int[] SITES = {1, 10, 100, 1000};
  private static final String[] FASTEST = {"json-joy", "ot.js", "ot.js", "ot.js"};
  private static final double[] TRANSFORM = {278, 1_821, 13_814, 142_116};
  private static final double[] COMPOSE = {312, 2_084, 22_998, 207_574};

  private static final int[] HISTORIES = {1_000, 10_000, 100_000};
  private static final double JSON_JOY_PAST_EDIT = 238;

  private final Budget budget;
  private final Consumer<Row> out;

  /** Creates them; lines go to {@code out} as soon as they are known. */
  Targets(Budget budget, Consumer<Row> out) {
    this.budget = budget;
    this.out = out;
  }

  /** Types a session again: T1 and T2. */
  void replay(Trace trace) {
    trace.check(Replay.operationsOnBuffer(trace).toString());
    trace.check(Replay.editsOnBuffer(trace).toString());
    trace.check(Replay.operationsOnText(trace).toString());
    trace.check(Replay.editsOnStringBuilder(trace).toString());
    int edits = trace.edits().size();
    List<Samples> samples =
        new Contest(budget)
            .add(edits, () -> Replay.operationsOnBuffer(trace))
            .add(edits, () -> Replay.editsOnStringBuilder(trace))
            .add(edits, () -> Replay.editsOnBuffer(trace))
            .add(edits, () -> Replay.operationsOnText(trace))
            .run();
    Samples operations = samples.get(0);
    Samples baseline = samples.get(1);
    String name = trace.name();
    boolean isPaper = name.equals(PAPER);
    if (isPaper) {
      out.accept(
          Row.against(
              "T1", name + ", operations", operations, "diamond-types", DIAMOND_TYPES_EDIT, 5));
      out.accept(
          Row.against(
              "", "  on immutable Text", samples.get(3), "diamond-types", DIAMOND_TYPES_EDIT, 0));
    }
    out.accept(
        Row.against("T2", name + ", operations", operations, baseline, isPaper ? 6 : 1 / 1.5));
    out.accept(Row.against("", "  edits without operations", samples.get(2), baseline, 0));
    out.accept(Row.against("", "  operations on immutable Text", samples.get(3), baseline, 0));
  }

  /** Edits long texts at random places: T4. */
  void randomEdits(int length, double mustNanos) {
    RandomEdits edits = new RandomEdits(length);
    List<Samples> samples =
        new Contest(budget)
            .add(RandomEdits.EDITS, edits::editBuffer)
            .add(RandomEdits.EDITS, edits::editText)
            .add(RandomEdits.EDITS, edits::editStringBuilder)
            .run();
    String where = String.format(Locale.ROOT, "%,d units, random places, ", length);
    Samples baseline = samples.get(2);
    out.accept(Row.against("T4", where + "buffer", samples.get(0), baseline, 0).atMost(mustNanos));
    out.accept(Row.against("T4", where + "text", samples.get(1), baseline, 0).atMost(mustNanos));
  }

  /** Transforms: T5. */
  void transform() {
    for (int i = 0; i < SITES.length; i++) {
      Pairs pairs = new Pairs(SITES[i]);
      for (Side side : Side.values()) {
        Samples samples = new Contest(budget).add(1, () -> pairs.transform(side)).run().get(0);
        String what = "transform " + side + ", k = " + SITES[i];
        out.accept(Row.against("T5", what, samples, FASTEST[i], TRANSFORM[i], 2));
      }
    }
  }

  /** Composes: T6. */
  void compose() {
    for (int i = 0; i < SITES.length; i++) {
      Pairs pairs = new Pairs(SITES[i]);
      Samples samples = new Contest(budget).add(1, pairs::compose).run().get(0);
      out.accept(Row.against("T6", "compose, k = " + SITES[i], samples, FASTEST[i], COMPOSE[i], 2));
    }
  }

  /** Brings one operation past long histories: T7. */
  void history() {
    for (int edits : HISTORIES) {
      Past past = new Past(edits);
      List<Samples> samples =
          new Contest(budget).add(edits, past::transform).add(edits, past::prepare).run();
      String what = String.format(Locale.ROOT, "past %,d edits, each", edits);
      out.accept(
          Row.against("T7", what, samples.get(0), "json-joy", JSON_JOY_PAST_EDIT, 0).atMost(25));
      out.accept(
          Row.against(
              "", "  decided by a document", samples.get(1), "json-joy", JSON_JOY_PAST_EDIT, 0));
    }
  }

  /** Decides about submissions to a document. There is no target for it yet. */
  void submissions() {
    for (int authors : new int[] {1, 10}) {
      Editing editing = new Editing(authors);
      Samples samples = new Contest(budget).add(Editing.SUBMISSIONS, editing::edit).run().get(0);
      out.accept(Row.alone("submission decided, encoded; authors = " + authors, samples));
    }
  }
}
