package dev.collab.text;

import dev.collab.operation.InvalidOperationException;

/** Applies operations to texts and positions, and undoes them. */
final class TextApply {

  private TextApply() {}

  static String apply(TextOperation operation, String before) {
    int length = checkFits(operation, before.length());
    StringBuilder after = new StringBuilder(length);
    int[] edits = operation.packed();
    int at = 0;
    int contentAt = 0;
    for (int i = 0; i < edits.length; i += 2) {
      after.append(before, at, at + edits[i]);
      at += edits[i];
      int edit = edits[i + 1];
      if (edit > 0) {
        after.append(operation.content(), contentAt, contentAt + edit);
        contentAt += edit;
      } else {
        at -= edit;
      }
    }
    return after.append(before, at, before.length()).toString();
  }

  static Text apply(TextOperation operation, Text before) {
    checkFits(operation, before.length());
    if (operation.isNoop()) {
      return before;
    }
    if (operation.isSingle()) {
      int position = operation.retained();
      return before.replace(position, position + operation.deletedLength(), operation.content());
    }
    TextBuffer buffer = before.toBuffer();
    edit(operation, buffer);
    return buffer.freeze();
  }

  static void apply(TextOperation operation, TextBuffer buffer) {
    checkFits(operation, buffer.length());
    if (operation.isSingle()) {
      int position = operation.retained();
      buffer.replace(position, position + operation.deletedLength(), operation.content());
    } else {
      edit(operation, buffer);
    }
  }

  private static void edit(TextOperation operation, TextBuffer buffer) {
    int[] edits = operation.packed();
    int at = 0;
    int contentAt = 0;
    for (int i = 0; i < edits.length; i += 2) {
      at += edits[i];
      int edit = edits[i + 1];
      if (edit > 0) {
        buffer.insert(at, operation.content().substring(contentAt, contentAt + edit));
        contentAt += edit;
        at += edit;
      } else {
        buffer.delete(at, at - edit);
      }
    }
  }

  static TextOperation invert(TextOperation operation, Text before) {
    checkFits(operation, before.length());
    TextOperation.Builder inverse = TextOperation.builder();
    int[] edits = operation.packed();
    int at = 0;
    for (int i = 0; i < edits.length; i += 2) {
      inverse.retain(edits[i]);
      at += edits[i];
      int edit = edits[i + 1];
      if (edit > 0) {
        inverse.delete(edit);
      } else {
        inverse.insert(before.slice(at, at - edit));
        at -= edit;
      }
    }
    return inverse.build();
  }

  /** Moves a position; one exactly at an insert moves only if {@code moveAtInsert}. */
  static int transformPosition(TextOperation operation, int position, boolean moveAtInsert) {
    int[] edits = operation.packed();
    long moved = position;
    int at = 0; // in the text before, as is the position that it is compared with
    for (int i = 0; i < edits.length; i += 2) {
      at += edits[i];
      int edit = edits[i + 1];
      if (at > position || (at == position && (edit < 0 || !moveAtInsert))) {
        break; // an insert behind a deleted range is behind the positions inside it, too
      }
      if (edit > 0) {
        moved += edit;
      } else {
        moved -= Math.min(-edit, position - at);
        at -= edit;
      }
    }
    return checkMoved(moved);
  }

  /**
   * Moves a position behind whatever is inserted at it, component by component: what is inserted
   * behind a deleted range is inserted at each position inside that range, since they are one by
   * then.
   */
  static int transformPositionBehind(TextOperation operation, int position) {
    int[] edits = operation.packed();
    long moved = position;
    long at = 0; // in the text after, as is the position that it is compared with
    for (int i = 0; i < edits.length; i += 2) {
      at += edits[i];
      int edit = edits[i + 1];
      if (at > moved) {
        break;
      }
      if (edit > 0) {
        moved += edit;
        at += edit;
      } else {
        moved -= Math.min(-edit, moved - at);
      }
    }
    return checkMoved(moved);
  }

  private static int checkMoved(long moved) {
    if (moved > Integer.MAX_VALUE) {
      throw InvalidOperationException.notApplied(
          "position moves to " + moved + ", allowed " + Integer.MAX_VALUE);
    }
    return (int) moved;
  }

  /** Checks that the operation fits a text of that length, and returns the length after. */
  static int checkFits(TextOperation operation, int length) {
    if (operation.minimumBaseLength() > length) {
      throw InvalidOperationException.notApplied(
          "operation spans " + operation.minimumBaseLength() + " units, text has " + length);
    }
    long after = (long) length + operation.insertedLength() - operation.deletedLength();
    if (after > Integer.MAX_VALUE) {
      throw InvalidOperationException.notApplied(
          "text after would have " + after + " units, allowed " + Integer.MAX_VALUE);
    }
    return (int) after;
  }
}
