package dev.collab.text;

import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.MergeResult;
import dev.collab.operation.Resolution;
import dev.collab.text.WordMerge.Sides;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/*
 * Both sides are compared with the base line by line. What one side changed alone is kept, what
 * both changed alike is changed once. Where the lines that they changed touch or overlap, they are
 * settled: changes that only touch are both kept, the others are merged word by word. If words
 * contradict, these lines are a conflict.
 *
 * Conflicts with at most three lines between them, or only such without a letter or digit, are one
 * conflict, as in git: two that end in braces of one block make no sense by themselves. And since the
 * lines that are settled here are those that git calls a conflict before it looks closer, there are
 * never more conflicts than git reports where the comparisons are the same.
 */
/** Merges two texts that were made from a third. */
final class TextMerge {

  /** How many lines may stand between parts of one conflict. */
  private static final int NEAR = 3;

  private final Tokens base;
  private final Tokens ours;
  private final Tokens theirs;
  private final List<MergeRegion> regions;
  private final Steps steps;
  private final MergeWriter writer;

  private TextMerge(String base, String ours, String theirs, Resolution<Text> resolution) {
    this.base = Tokens.lines(base);
    this.ours = Tokens.lines(ours);
    this.theirs = Tokens.lines(theirs);
    this.steps = new Steps(3 * TextDiff.STEPS);
    Map<String, Integer> numbers = new HashMap<>();
    int[] lines = this.base.symbols(numbers);
    this.regions =
        MergeRegion.touching(
            SequenceDiff.diff(lines, this.ours.symbols(numbers), steps),
            SequenceDiff.diff(lines, this.theirs.symbols(numbers), steps));
    this.writer = new MergeWriter(resolution, steps);
  }

  static MergeResult<Text, TextOperation> merge(
      Text base, Text ours, Text theirs, Resolution<Text> resolution) {
    for (Text state : List.of(base, ours, theirs)) {
      if (!state.isWellFormed()) {
        throw InvalidOperationException.badlyFormed(
            "text to merge has half a surrogate pair, allowed well-formed UTF-16");
      }
    }
    TextMerge merge =
        new TextMerge(base.toString(), ours.toString(), theirs.toString(), resolution);
    merge.run();
    return merge.writer.result(ours);
  }

  private void run() {
    Sides[] settled = new Sides[regions.size()];
    for (int i = 0; i < settled.length; i++) {
      settled[i] = settle(regions.get(i));
    }
    int at = 0;
    for (int i = 0; i < settled.length; ) {
      writer.same(base.text(at, regions.get(i).start()));
      int last = settled[i].agree() ? i : lastOfConflict(i, settled);
      Sides sides = settled[i];
      for (int next = i + 1; next <= last; next++) {
        sides = sides.plus(Sides.of(gapBefore(next))).plus(settled[next]);
      }
      write(i, last, sides);
      at = regions.get(last).end();
      i = last + 1;
    }
    writer.same(base.text(at, base.count()));
  }

  private void write(int first, int last, Sides sides) {
    MergeRegion start = regions.get(first);
    MergeRegion end = regions.get(last);
    String before = base.text(start.start(), end.end());
    String our = ours.text(start.ours().toStart(), end.ours().toEnd());
    String their = theirs.text(start.theirs().toStart(), end.theirs().toEnd());
    if (sides.agree()) {
      writer.changed(before, our, their, sides.ours());
    } else {
      writer.conflict(before, our, their, sides);
    }
  }

  /** Returns what a region is in the end, for either side. */
  private Sides settle(MergeRegion region) {
    String our = ourText(region);
    String their = theirText(region);
    if (region.isOneSided()) {
      return Sides.of(region.theirHunks().isEmpty() ? our : their);
    }
    if (our.equals(their)) {
      return Sides.of(our);
    }
    Sides sides = Sides.of("");
    int at = region.start();
    for (MergeRegion part : region.overlapping()) {
      sides = sides.plus(Sides.of(base.text(at, part.start())));
      if (part.isOneSided()) {
        sides = sides.plus(Sides.of(part.theirHunks().isEmpty() ? ourText(part) : theirText(part)));
      } else {
        String before = base.text(part.start(), part.end());
        sides = sides.plus(WordMerge.merge(before, ourText(part), theirText(part), steps));
      }
      at = part.end();
    }
    return sides;
  }

  private String ourText(MergeRegion region) {
    return ours.text(region.ours().toStart(), region.ours().toEnd());
  }

  private String theirText(MergeRegion region) {
    return theirs.text(region.theirs().toStart(), region.theirs().toEnd());
  }

  /** Returns the last region that is part of the conflict that begins with this one. */
  private int lastOfConflict(int first, Sides[] settled) {
    int last = first;
    for (int next = first + 1; next < settled.length && isNear(next); next++) {
      last = settled[next].agree() ? last : next;
    }
    return last;
  }

  /** Tells whether a region and the one before it may be parts of one conflict. */
  private boolean isNear(int index) {
    return isContested(regions.get(index - 1))
        && isContested(regions.get(index))
        && (regions.get(index).start() - regions.get(index - 1).end() <= NEAR
            || gapBefore(index).chars().noneMatch(Character::isLetterOrDigit));
  }

  private boolean isContested(MergeRegion region) {
    return !region.isOneSided() && !ourText(region).equals(theirText(region));
  }

  private String gapBefore(int index) {
    return base.text(regions.get(index - 1).end(), regions.get(index).start());
  }
}
