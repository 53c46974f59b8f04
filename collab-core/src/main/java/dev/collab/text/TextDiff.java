package dev.collab.text;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes an operation out of two texts, for whoever knows only whole texts: a form, a file, a
 * language model.
 *
 * <p>The common start and end are found first; ropes made from each other share most of themselves
 * and are not read there. What is between is compared line by line, and lines that were replaced
 * word by word. The result is meant for people and for merging: changes next to each other are
 * joined where only crumbs lie between them, an addition or removal that may stand in several
 * places stands where a line or a word begins, and no surrogate pair is cut.
 *
 * <p>The work is bounded: where two texts are too different to be compared in some 10 million
 * steps, the parts that are left are replaced as a whole. Time grows with the length of the texts
 * beyond that. The outcome depends on the two texts alone.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class TextDiff {

  /** What work one comparison may be, in steps. */
  static final long STEPS = 10_000_000;

  private final String from;
  private final String to;
  private final Steps steps;
  private final List<Hunk> edits = new ArrayList<>();

  private TextDiff(String from, String to, Steps steps) {
    this.from = from;
    this.to = to;
    this.steps = steps;
  }

  /**
   * Returns an operation that leads from one text to another.
   *
   * @param from the text before
   * @param to the text after
   * @return an operation {@code d} with {@code d.applyTo(from)} equal to {@code to}; the one that
   *     does nothing if the texts are equal
   */
  public static TextOperation diff(CharSequence from, CharSequence to) {
    return diff(
        Text.of(requireNonNull(from, "from")), Text.of(requireNonNull(to, "to")), new Steps(STEPS));
  }

  /** Does the same within what work is left. */
  static TextOperation diff(Text from, Text to, Steps steps) {
    int start = CommonEnds.start(from, to);
    if (start == from.length() && start == to.length()) {
      return TextOperation.noop();
    }
    if (TextAdmission.cutsPair(from, start) || TextAdmission.cutsPair(to, start)) {
      start--;
    }
    int end = CommonEnds.end(from, to, Math.min(from.length(), to.length()) - start);
    if (TextAdmission.cutsPair(from, from.length() - end)
        || TextAdmission.cutsPair(to, to.length() - end)) {
      end--;
    }
    int margin = EdgeSlide.REACH + 1;
    int windowStart = Math.max(0, start - margin);
    int windowEnd = Math.max(0, end - margin);
    if (TextAdmission.cutsPair(from, windowStart)) {
      windowStart--;
    }
    if (TextAdmission.cutsPair(from, from.length() - windowEnd)) {
      windowEnd--;
    }
    TextDiff diff =
        new TextDiff(
            from.slice(windowStart, from.length() - windowEnd),
            to.slice(windowStart, to.length() - windowEnd),
            steps);
    diff.compare(start - windowStart, end - windowEnd);
    diff.slide(windowStart > 0 ? 1 : 0, windowEnd > 0 ? 1 : 0);
    return diff.operation(windowStart);
  }

  /** Compares what lies between a common start and a common end. */
  private void compare(int commonStart, int commonEnd) {
    int oldEnd = from.length() - commonEnd;
    int newEnd = to.length() - commonEnd;
    if (commonStart == oldEnd || commonStart == newEnd) {
      edits.add(new Hunk(commonStart, oldEnd, commonStart, newEnd));
      return;
    }
    int start = from.lastIndexOf('\n', commonStart - 1) + 1;
    int newline = from.indexOf('\n', oldEnd);
    int end = newline < 0 ? 0 : from.length() - newline - 1;
    Tokens oldLines = Tokens.lines(from.substring(start, from.length() - end));
    Tokens newLines = Tokens.lines(to.substring(start, to.length() - end));
    Map<String, Integer> numbers = new HashMap<>();
    int[] oldSymbols = oldLines.symbols(numbers);
    for (Hunk hunk : SequenceDiff.diff(oldSymbols, newLines.symbols(numbers), steps)) {
      compareWords(
          new Hunk(
              start + oldLines.start(hunk.fromStart()),
              start + oldLines.start(hunk.fromEnd()),
              start + newLines.start(hunk.toStart()),
              start + newLines.start(hunk.toEnd())));
    }
  }

  private void compareWords(Hunk lines) {
    if (lines.isPure() || steps.areSpent()) {
      edits.add(lines);
      return;
    }
    String oldText = from.substring(lines.fromStart(), lines.fromEnd());
    String newText = to.substring(lines.toStart(), lines.toEnd());
    for (Hunk words : WordDiff.diff(oldText, newText, steps)) {
      edits.add(words.moved(lines.fromStart(), lines.toStart()));
    }
  }

  private void slide(int marginAtStart, int marginAtEnd) {
    for (int i = 0; i < edits.size(); i++) {
      Hunk edit = edits.get(i);
      if (!edit.isPure()) {
        continue;
      }
      boolean adds = edit.removed() == 0;
      int low = marginAtStart;
      if (i > 0) {
        low = (adds ? edits.get(i - 1).toEnd() : edits.get(i - 1).fromEnd()) + 1;
      }
      int high = (adds ? to : from).length() - marginAtEnd;
      if (i + 1 < edits.size()) {
        high = (adds ? edits.get(i + 1).toStart() : edits.get(i + 1).fromStart()) - 1;
      }
      int moved =
          adds
              ? EdgeSlide.distance(to, edit.toStart(), edit.toEnd(), low, high)
              : EdgeSlide.distance(from, edit.fromStart(), edit.fromEnd(), low, high);
      edits.set(i, edit.moved(moved, moved));
    }
  }

  private TextOperation operation(int offset) {
    TextOperation.Builder operation = TextOperation.builder().retain(offset);
    int at = 0;
    for (Hunk edit : edits) {
      operation
          .retain(edit.fromStart() - at)
          .insert(to, edit.toStart(), edit.toEnd())
          .delete(edit.removed());
      at = edit.fromEnd();
    }
    return operation.build();
  }
}
