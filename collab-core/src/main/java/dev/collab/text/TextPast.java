package dev.collab.text;

import dev.collab.operation.Side;
import java.util.Iterator;
import java.util.List;

/**
 * Rewrites an operation over a history, as {@link TextTransform} does over one operation, but
 * without an object for each step where the history consists of single edits.
 */
final class TextPast {

  private static final int NONE = -1;

  private TextPast() {}

  static TextOperation transformPast(
      TextOperation operation, List<? extends TextOperation> history, Side side) {
    Iterator<? extends TextOperation> rest = history.iterator();
    TextOperation current = operation;
    while (rest.hasNext()) {
      if (current.isNoop()) {
        return current;
      }
      current = current.isSingle() ? moveEdit(current, rest, side) : moveEdits(current, rest, side);
    }
    return current;
  }

  /** Moves a single edit as far as it stays one, and one operation further. */
  private static TextOperation moveEdit(
      TextOperation operation, Iterator<? extends TextOperation> rest, Side side) {
    MovingEdit edit = new MovingEdit(operation, side);
    while (rest.hasNext()) {
      TextOperation over = rest.next();
      if (!over.isSingle() || !edit.moveOver(over)) {
        return TextTransform.transform(edit.toOperation(), over, side);
      }
    }
    return edit.toOperation();
  }

  /** Moves edits as far as all they need is another gap between them, and one operation further. */
  private static TextOperation moveEdits(
      TextOperation operation, Iterator<? extends TextOperation> rest, Side side) {
    int[] edits = operation.packed().clone();
    int retained = operation.retained();
    while (rest.hasNext()) {
      TextOperation over = rest.next();
      int index = over.isSingle() ? gapAround(edits, over) : NONE;
      int growth = over.insertedLength() - over.deletedLength();
      if (index == NONE || retained + operation.deletedLength() + growth < 0) {
        TextOperation moved =
            TextOperation.packed(edits, retained, operation.deletedLength(), operation.content());
        return TextTransform.transform(moved, over, side);
      }
      if (index < edits.length) {
        edits[index] += growth;
        retained += growth;
      }
    }
    return TextOperation.packed(edits, retained, operation.deletedLength(), operation.content());
  }

  /**
   * Finds the gap in which a single edit stands without touching an edit.
   *
   * @return its index, the length of {@code edits} if it stands behind them all, or {@link #NONE}
   */
  private static int gapAround(int[] edits, TextOperation over) {
    int start = over.retained();
    int end = start + over.deletedLength();
    int from = -1; // the gap in front may be entered at its start
    int to = 0;
    for (int i = 0; i < edits.length; i += 2) {
      to += edits[i];
      if (end < to) {
        return start > from ? i : NONE;
      }
      to -= Math.min(edits[i + 1], 0);
      from = to;
    }
    return start > to ? edits.length : NONE;
  }
}
