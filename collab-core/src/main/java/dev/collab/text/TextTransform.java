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
