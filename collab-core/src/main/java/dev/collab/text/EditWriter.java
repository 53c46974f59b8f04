package dev.collab.text;

import dev.collab.operation.InvalidOperationException;
import java.util.Arrays;

/**
 * Writes the packed edits of a {@link TextOperation} from left to right and keeps them canonical:
 * equal neighbours are merged and a trailing retain is dropped.
 */
final class EditWriter {

  private int[] edits;
  private int size;

  /** What is retained since the last edit. */
  private long gap;

  // Totals are longs, so that an overflow is found at the end and not at every step.
  private long retained;
  private long deleted;

  /**
   * Creates a writer.
   *
   * @param capacity for how many ints there is room at first
   */
  EditWriter(int capacity) {
    edits = new int[capacity];
  }

  /** Checks how much of a text an operation retains and deletes. */
  static void checkSpan(long length) {
    if (length > Integer.MAX_VALUE) {
      throw InvalidOperationException.badlyFormed(
          "operation spans " + length + " units, allowed " + Integer.MAX_VALUE);
    }
  }

  void retain(int length) {
    gap += length;
  }

  void insert(int length) {
    if (gap == 0 && size > 0 && edits[size - 1] > 0) {
      edits[size - 1] += length; // a sum that overflows has no content to go with it
    } else {
      add(length);
    }
  }

  void delete(int length) {
    deleted += length;
    if (gap == 0 && size > 0 && edits[size - 1] < 0) {
      edits[size - 1] -= length; // a sum that overflows is refused in toOperation
    } else {
      add(-length);
    }
  }

  /** Appends one edit after the retained units, then all those from {@code next} on. */
  void appendRest(int gapBefore, int edit, int[] source, int next) {
    retain(gapBefore);
    if (edit > 0) {
      insert(edit);
    } else {
      delete(-edit);
    }
    int count = source.length - next;
    if (edits.length - size < count) {
      edits = Arrays.copyOf(edits, size + count);
    }
    System.arraycopy(source, next, edits, size, count);
    size += count;
    for (int i = next; i < source.length; i += 2) {
      retained += source[i];
      deleted -= Math.min(source[i + 1], 0);
    }
  }

  /** Returns what was written as an operation that inserts {@code content}, and starts anew. */
  TextOperation toOperation(String content) {
    checkSpan(retained + deleted);
    boolean replacement = size == 4 && edits[2] == 0 && edits[1] > 0; // and then a delete
    TextOperation operation;
    if (size <= 2 || replacement) {
      operation = TextOperation.single((int) retained, deleted, content);
    } else {
      int[] packed = size == edits.length ? edits : Arrays.copyOf(edits, size);
      operation = TextOperation.packed(packed, (int) retained, (int) deleted, content);
    }
    edits = TextOperation.SINGLE; // the operation may own the old ones
    size = 0;
    gap = 0;
    retained = 0;
    deleted = 0;
    return operation;
  }

  private void add(int edit) {
    if (size == edits.length) {
      edits = Arrays.copyOf(edits, Math.max(8, size * 2));
    }
    edits[size] = (int) gap;
    edits[size + 1] = edit;
    size += 2;
    retained += gap;
    gap = 0;
  }
}
