package dev.collab.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A change of one place: the inserts and deletes of an operation with nothing kept in between.
 *
 * <p>Immutable.
 *
 * @param start where it starts in the text before
 * @param end where it ends there; what lies between is deleted
 * @param steps the inserts and deletes, in order
 */
record TextChange(int start, int end, List<Step> steps) {

  /** An insert or a delete; the other number is 0. */
  record Step(int inserted, int deleted) {}

  /** Returns the changes of an operation, in the order of the text. */
  static List<TextChange> of(TextOperation operation) {
    List<TextChange> changes = new ArrayList<>();
    int[] edits = operation.packed();
    int at = 0;
    int i = 0;
    while (i < edits.length) {
      at += edits[i];
      int start = at;
      List<Step> steps = new ArrayList<>();
      do {
        int edit = edits[i + 1];
        steps.add(new Step(Math.max(edit, 0), Math.max(-edit, 0)));
        at += Math.max(-edit, 0);
        i += 2;
      } while (i < edits.length && edits[i] == 0);
      changes.add(new TextChange(start, at, List.copyOf(steps)));
    }
    return changes;
  }

  /**
   * Tells whether a concurrent change touches this one: what they delete overlaps, or one inserts
   * inside of what the other deletes, or both insert at the same point.
   */
  boolean touches(TextChange other) {
    return Math.max(start, other.start) < Math.min(end, other.end)
        || insertsInside(other)
        || other.insertsInside(this)
        || insertsWhere(other);
  }

  private boolean insertsInside(TextChange other) {
    return insertionPoints().stream().anyMatch(point -> other.start < point && point < other.end);
  }

  private boolean insertsWhere(TextChange other) {
    List<Integer> points = insertionPoints();
    List<Integer> others = other.insertionPoints();
    int i = 0;
    int j = 0;
    while (i < points.size() && j < others.size()) {
      int order = points.get(i).compareTo(others.get(j));
      if (order == 0) {
        return true;
      } else if (order < 0) {
        i++;
      } else {
        j++;
      }
    }
    return false;
  }

  /** Tells whether one of some changes, in the order of the text, touches this one. O(log n). */
  boolean touchesOneOf(List<TextChange> changes) {
    int low = 0;
    int high = changes.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (changes.get(middle).end < start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int i = low; i < changes.size() && changes.get(i).start <= end; i++) {
      if (touches(changes.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Returns where it inserts in the text before, in order. */
  List<Integer> insertionPoints() {
    List<Integer> points = new ArrayList<>();
    int at = start;
    for (Step step : steps) {
      if (step.inserted() > 0) {
        points.add(at);
      }
      at += step.deleted();
    }
    return points;
  }
}
