package dev.collab.text;

import dev.collab.operation.Side;
import java.util.List;

/**
 * Rewrites an operation over a concurrent one. What an operation inserts is never lost or
 * reordered, so its content is shared with the result.
 */
final class TextTransform {

  /** What {@link #step} answers when the result is no single edit. */
  private static final long NOT_SINGLE = -1;

  private TextTransform() {}

  static TextOperation transform(TextOperation operation, TextOperation over, Side side) {
    if (operation.isNoop() || over.isNoop()) {
      return operation;
    }
    boolean left = side == Side.LEFT;
    if (operation.isSingle() && over.isSingle()) {
      long moved =
          step(
              operation.retained(),
              operation.insertedLength(),
              operation.deletedLength(),
              over,
              left);
      if (moved >= 0) {
        return operation.movedTo((int) (moved >>> 32), (int) moved);
      }
    }
    return merge(operation, over, left);
  }

  /** The same as {@link #transform} over one operation after the other, without the objects. */
  static TextOperation transformPast(
      TextOperation operation, List<? extends TextOperation> history, Side side) {
    boolean left = side == Side.LEFT;
    TextOperation current = operation;
    // While current is a single edit, these say where it stands now and what it still deletes.
    int position = current.retained();
    int deleted = current.deletedLength();
    for (TextOperation over : history) {
      if (current.isSingle() && over.isSingle()) {
        if ((current.insertedLength() | deleted) == 0) {
          return TextOperation.noop();
        }
        long moved = step(position, current.insertedLength(), deleted, over, left);
        if (moved >= 0) {
          position = (int) (moved >>> 32);
          deleted = (int) moved;
          continue;
        }
      }
      if (current.isSingle()) {
        current = current.movedTo(position, deleted);
      }
      current = transform(current, over, side);
      position = current.retained();
      deleted = current.deletedLength();
    }
    return current.isSingle() ? current.movedTo(position, deleted) : current;
  }

  /**
   * Moves a single edit over a single edit.
   *
   * @return the new position in the upper half, what is still deleted in the lower; negative if the
   *     result is no single edit or spans too much
   */
  private static long step(
      int position, int inserted, int deleted, TextOperation over, boolean left) {
    int end = position + deleted;
    int overStart = over.retained();
    int overEnd = overStart + over.deletedLength();
    int overInserted = over.insertedLength();
    int start = position;
    int rest = deleted;
    if (end < overStart || end == overStart && deleted > 0) {
      return pack(start, rest);
    }
    if (position > overEnd || position == overEnd && overEnd > overStart) {
      start += overInserted - (overEnd - overStart);
    } else if (position > overStart) {
      start = overStart + overInserted;
      rest = Math.max(0, end - overEnd);
    } else {
      rest -= Math.min(end, overEnd) - overStart;
      // What over inserts stands in front of the edit, behind it, or splits what it deletes.
      boolean behind = position < overStart || left && inserted > 0;
      if (!behind) {
        start += overInserted;
      } else if (overInserted > 0 && end > overEnd) {
        return NOT_SINGLE;
      }
    }
    return start + rest < 0 ? NOT_SINGLE : pack(start, rest);
  }

  private static long pack(int start, int rest) {
    return (long) start << 32 | rest;
  }

  /**
   * Walks both operations over the text they share. {@code gap} and {@code overGap} say how far
   * away the next edit of each is; an edit that is done is 0.
   */
  private static TextOperation merge(TextOperation operation, TextOperation over, boolean left) {
    int[] edits = operation.packed();
    int[] overEdits = over.packed();
    EditWriter result = new EditWriter(edits.length);
    int i = 0;
    int j = 0;
    int gap = 0;
    int edit = 0;
    int overGap = 0;
    int overEdit = 0;
    while (true) {
      if (edit == 0) {
        if (i == edits.length) {
          return result.toOperation(operation.content());
        }
        gap = edits[i++];
        edit = edits[i++];
      }
      if (overEdit == 0) {
        if (j == overEdits.length) {
          result.appendRest(gap, edit, edits, i);
          return result.toOperation(operation.content());
        }
        overGap = overEdits[j++];
        overEdit = overEdits[j++];
      }
      if (gap < overGap) { // edits what over retains
        result.retain(gap);
        overGap -= gap;
        gap = 0;
        if (edit > 0) {
          result.insert(edit);
          edit = 0;
        } else {
          int length = Math.min(-edit, overGap);
          result.delete(length);
          overGap -= length;
          edit += length;
        }
      } else if (overGap < gap) { // over edits what is retained
        result.retain(overGap);
        gap -= overGap;
        overGap = 0;
        if (overEdit > 0) {
          result.retain(overEdit);
          overEdit = 0;
        } else {
          int length = Math.min(-overEdit, gap);
          gap -= length;
          overEdit += length;
        }
      } else { // both edit the same place
        result.retain(gap);
        gap = 0;
        overGap = 0;
        if (edit > 0 && (left || overEdit < 0)) {
          result.insert(edit);
          edit = 0;
        } else if (overEdit > 0) {
          result.retain(overEdit);
          overEdit = 0;
        } else {
          int length = Math.min(-edit, -overEdit);
          edit += length;
          overEdit += length;
        }
      }
    }
  }
}
