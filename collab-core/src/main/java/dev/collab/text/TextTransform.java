package dev.collab.text;

import dev.collab.operation.Side;

/**
 * Rewrites an operation over a concurrent one. What an operation inserts is never lost or
 * reordered, so its content is shared with the result.
 */
final class TextTransform {

  private TextTransform() {}

  static TextOperation transform(TextOperation operation, TextOperation over, Side side) {
    if (operation.isNoop() || over.isNoop()) {
      return operation;
    }
    if (operation.isSingle() && over.isSingle()) {
      MovingEdit edit = new MovingEdit(operation, side);
      if (edit.moveOver(over)) {
        return edit.toOperation();
      }
    }
    return merge(operation, over, side == Side.LEFT);
  }

  /**
   * Walks both operations over the text they share. {@code gap} and {@code overGap} say how far
   * away the next edit of each is; an edit that is done is 0.
   */
  static TextOperation merge(TextOperation operation, TextOperation over, boolean left) {
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
      int common = Math.min(gap, overGap);
      result.retain(common);
      gap -= common;
      overGap -= common;
      if (edit > 0 && gap == 0 && (overGap > 0 || overEdit < 0 || left)) {
        result.insert(edit);
        edit = 0;
      } else if (overEdit > 0 && overGap == 0) {
        result.retain(overEdit);
        overEdit = 0;
      } else if (overGap > 0) { // deletes what over retains
        int length = Math.min(-edit, overGap);
        result.delete(length);
        edit += length;
        overGap -= length;
      } else if (gap > 0) { // over deletes what is retained
        int length = Math.min(-overEdit, gap);
        overEdit += length;
        gap -= length;
      } else { // both delete
        int length = Math.min(-edit, -overEdit);
        edit += length;
        overEdit += length;
      }
    }
  }
}
