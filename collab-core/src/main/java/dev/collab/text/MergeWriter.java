package dev.collab.text;

import dev.collab.operation.Conflict;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.MergeResult;
import dev.collab.operation.Resolution;
import dev.collab.operation.ResolvedConflict;
import dev.collab.operation.Span;
import dev.collab.text.WordMerge.Sides;
import dev.collab.value.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a merge from its start to its end: the operations that lead from either side to the merged
 * text, and the conflicts.
 *
 * <p>Confined: callers must serialise calls.
 */
final class MergeWriter {

  private final Resolution<Text> resolution;
  private final Steps steps;
  private final TextOperation.Builder fromOurs = TextOperation.builder();
  private final TextOperation.Builder fromTheirs = TextOperation.builder();
  private final List<ResolvedConflict<Text>> conflicts = new ArrayList<>();
  private int inBase;
  private int inOurs;
  private int inTheirs;
  private int inMerged;

  MergeWriter(Resolution<Text> resolution, Steps steps) {
    this.resolution = resolution;
    this.steps = steps;
  }

  /** Writes what all have. */
  void same(String text) {
    changed(text, text, text, text);
  }

  /** Writes what comes of a part that is clear. */
  void changed(String base, String ours, String theirs, String merged) {
    lead(fromOurs, ours, merged);
    lead(fromTheirs, theirs, merged);
    inBase += base.length();
    inOurs += ours.length();
    inTheirs += theirs.length();
    inMerged += merged.length();
  }

  /** Writes what the rule makes of a part that is not. Lines that both sides agree on stay. */
  void conflict(String base, String ours, String theirs, Sides sides) {
    int start = commonStart(sides.ours(), sides.theirs());
    int end = commonEnd(sides.ours(), sides.theirs(), start);
    Conflict<Text> conflict =
        new Conflict<>(
            Text.of(base),
            Text.of(sides.ours().substring(start, sides.ours().length() - end)),
            Text.of(sides.theirs().substring(start, sides.theirs().length() - end)),
            span(inBase, base.length()),
            span(inOurs, ours.length()),
            span(inTheirs, theirs.length()));
    Text outcome = resolution.resolve(conflict);
    if (!outcome.isWellFormed()) {
      throw InvalidOperationException.notApplied(
          "resolution of a conflict has half a surrogate pair, allowed well-formed UTF-16");
    }
    Span place = span(inMerged + start, outcome.length());
    conflicts.add(new ResolvedConflict<>(conflict, outcome, place));
    String merged =
        sides.ours().substring(0, start)
            + outcome
            + sides.ours().substring(sides.ours().length() - end);
    changed(base, ours, theirs, merged);
  }

  MergeResult<Text, TextOperation> result(Text ours) {
    TextOperation difference = fromOurs.build();
    return new MergeResult<>(difference.applyTo(ours), difference, fromTheirs.build(), conflicts);
  }

  private void lead(TextOperation.Builder operation, String from, String to) {
    if (from.equals(to)) {
      operation.retain(from.length());
      return;
    }
    int at = 0;
    for (TextComponent component : TextDiff.diff(Text.of(from), Text.of(to), steps).components()) {
      if (component instanceof TextComponent.Insert insert) {
        operation.insert(insert.text());
      } else {
        at += component.length();
        if (component instanceof TextComponent.Delete) {
          operation.delete(component.length());
        } else {
          operation.retain(component.length());
        }
      }
    }
    operation.retain(from.length() - at);
  }

  private static Span span(int start, int length) {
    return new Span(JsonValue.of(start), JsonValue.of(start + length));
  }

  /** Returns the length of the lines with which both begin. */
  private static int commonStart(String one, String other) {
    int lines = 0;
    for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
      if (one.charAt(i) != other.charAt(i)) {
        break;
      }
      lines = one.charAt(i) == '\n' ? i + 1 : lines;
    }
    return lines;
  }

  /** Returns the length of the lines with which both end, behind those with which they begin. */
  private static int commonEnd(String one, String other, int start) {
    int limit = Math.min(one.length(), other.length()) - start;
    int lines = 0;
    for (int length = 0; length <= limit; length++) {
      if (length > 0
          && one.charAt(one.length() - length) != other.charAt(other.length() - length)) {
        break;
      }
      if (beginsLine(one, one.length() - length, start)
          && beginsLine(other, other.length() - length, start)) {
        lines = length;
      }
    }
    return lines;
  }

  private static boolean beginsLine(String text, int position, int start) {
    return position == start || text.charAt(position - 1) == '\n';
  }
}
