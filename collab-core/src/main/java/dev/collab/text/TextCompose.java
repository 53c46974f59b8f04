package dev.collab.text;

import dev.collab.operation.InvalidOperationException;
import java.util.Arrays;

/** Makes one operation of two consecutive ones. */
final class TextCompose {

  private TextCompose() {}

  static TextOperation compose(TextOperation first, TextOperation second) {
    if (first.isNoop()) {
      return second;
    }
    if (second.isNoop()) {
      return first;
    }
    if (first.isSingle() && second.isSingle()) {
      int start = second.retained();
      long insertEnd = (long) first.retained() + first.insertedLength();
      int end = start + second.deletedLength();
      if (first.retained() <= start && start <= insertEnd) {
        return insideInsert(first, second);
      }
      if (start < first.retained() && end >= insertEnd) {
        // All that the first inserted is deleted again, with text on both sides of it.
        long deleted = (long) first.deletedLength() + end - start - first.insertedLength();
        return TextOperation.single(start, deleted, second.content());
      }
      if (start > insertEnd) {
        return apart(first, (int) (start - insertEnd), second);
      }
      if (end < first.retained()) {
        return apart(second, first.retained() - end, first);
      }
    }
    return merge(first, second);
  }

  static TextOperation merge(TextOperation first, TextOperation second) {
    return new Walk(first, second).run();
  }

  /** The second edit stands inside or at an end of what the first one inserted. */
  private static TextOperation insideInsert(TextOperation first, TextOperation second) {
    String before = first.content();
    int from = second.retained() - first.retained();
    int cancelled = Math.min(second.deletedLength(), before.length() - from);
    long deleted = (long) first.deletedLength() + second.deletedLength() - cancelled;
    int tail = from + cancelled;
    String content;
    if (from == before.length()) {
      content = concat(before, second.content());
    } else {
      checkInserted((long) before.length() - cancelled + second.insertedLength());
      content =
          new StringBuilder(before.length() - cancelled + second.insertedLength())
              .append(before, 0, from)
              .append(second.content())
              .append(before, tail, before.length())
              .toString();
    }
    return TextOperation.single(first.retained(), deleted, content);
  }

  /** Two single edits do not touch: {@code gap} units, at least one, stand between them. */
  private static TextOperation apart(TextOperation left, int gap, TextOperation right) {
    int[] leftEdits = left.packed();
    int[] rightEdits = right.packed();
    int[] edits = Arrays.copyOf(leftEdits, leftEdits.length + rightEdits.length);
    System.arraycopy(rightEdits, 0, edits, leftEdits.length, rightEdits.length);
    edits[leftEdits.length] = gap;
    long retained = (long) left.retained() + gap;
    long deleted = (long) left.deletedLength() + right.deletedLength();
    EditWriter.checkSpan(retained + deleted);
    String content = concat(left.content(), right.content());
    return TextOperation.packed(edits, (int) retained, (int) deleted, content);
  }

  private static String concat(String before, String after) {
    checkInserted((long) before.length() + after.length());
    return before.concat(after);
  }

  private static void checkInserted(long length) {
    if (length > Integer.MAX_VALUE) {
      throw InvalidOperationException.badlyFormed(
          "operation inserts " + length + " units, allowed " + Integer.MAX_VALUE);
    }
  }

  /** One pass over the text between the two operations. */
  private static final class Walk {

    private final TextOperation first;
    private final int[] edits;
    private final TextOperation second;
    private final EditWriter result;
    private final StringBuilder content;

    /** How far away the first operation's next edit is, and what is left of it. */
    private int gap;

    private int edit;
    private int next;
    private int contentAt;

    Walk(TextOperation first, TextOperation second) {
      this.first = first;
      this.edits = first.packed();
      this.second = second;
      checkInserted((long) first.insertedLength() + second.insertedLength());
      int[] secondEdits = second.packed();
      this.result = new EditWriter(edits.length + secondEdits.length);
      this.content = new StringBuilder(first.insertedLength() + second.insertedLength());
    }

    TextOperation run() {
      int[] secondEdits = second.packed();
      int secondContentAt = 0;
      advance();
      for (int j = 0; j < secondEdits.length; j += 2) {
        retain(secondEdits[j]);
        int change = secondEdits[j + 1];
        if (change > 0) {
          result.insert(change);
          content.append(second.content(), secondContentAt, secondContentAt + change);
          secondContentAt += change;
        } else {
          delete(-change);
        }
      }
      if (edit != 0) {
        content.append(first.content(), contentAt, first.insertedLength());
        result.appendRest(gap, edit, edits, next);
      }
      return result.toOperation(content.toString());
    }

    /** Keeps {@code length} units of the text between the two. */
    private void retain(int length) {
      int rest = length;
      while (rest > 0) {
        if (edit == 0 || rest <= gap) {
          result.retain(rest);
          gap -= edit == 0 ? 0 : rest;
          return;
        }
        result.retain(gap);
        rest -= gap;
        gap = 0;
        if (edit > 0) {
          int kept = Math.min(edit, rest);
          result.insert(kept);
          content.append(first.content(), contentAt, contentAt + kept);
          consumeInsert(kept);
          rest -= kept;
        } else {
          result.delete(-edit);
          advance();
        }
      }
    }

    /** Removes {@code length} units of the text between the two. */
    private void delete(int length) {
      int rest = length;
      while (rest > 0) {
        if (edit == 0 || rest <= gap) {
          result.delete(rest);
          gap -= edit == 0 ? 0 : rest;
          return;
        }
        if (gap > 0) {
          result.delete(gap);
          rest -= gap;
          gap = 0;
        }
        if (edit > 0) {
          int cancelled = Math.min(edit, rest);
          consumeInsert(cancelled);
          rest -= cancelled;
        } else {
          result.delete(-edit);
          advance();
        }
      }
    }

    private void consumeInsert(int length) {
      contentAt += length;
      edit -= length;
      if (edit == 0) {
        advance();
      }
    }

    private void advance() {
      if (next == edits.length) {
        gap = 0;
        edit = 0;
      } else {
        gap = edits[next];
        edit = edits[next + 1];
        next += 2;
      }
    }
  }
}
