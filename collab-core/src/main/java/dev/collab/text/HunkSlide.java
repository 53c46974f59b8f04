package dev.collab.text;

/*
 * Where a line is added next to an equal one, it cannot be told which of the two is new: the change
 * may slide over it. A sequence is seen as groups of changed symbols, some of them empty, one between
 * each two unchanged symbols; the other sequence has as many groups, and they belong together. A
 * group that slides over a symbol joins the next group there, and belongs to the next of the other
 * sequence. Each group goes as far down as it can, or, if in some place it belongs to a group that
 * is not empty, to the lowest such place: a replacement reads better than an addition and a removal
 * nearby. GNU diff and git do the same.
 */
/** Moves the changes of one sequence to where they read best. */
final class HunkSlide {

  private final int[] symbols;
  private final Group group;
  private final Group other;
  private final Steps steps;

  HunkSlide(int[] symbols, boolean[] changed, boolean[] otherChanged, Steps steps) {
    this.symbols = symbols;
    this.group = new Group(changed);
    this.other = new Group(otherChanged);
    this.steps = steps;
  }

  void slide() {
    do {
      if (!group.isEmpty()) {
        slideGroup();
      }
      other.next();
    } while (group.next());
  }

  private void slideGroup() {
    int size;
    int highest;
    boolean meets;
    do {
      size = group.size();
      while (up()) {
        other.previous();
      }
      highest = group.end;
      meets = !other.isEmpty();
      while (down()) {
        other.next();
        meets |= !other.isEmpty();
      }
    } while (group.size() != size && !steps.areSpent());
    if (meets && group.end != highest) {
      while (other.isEmpty() && up()) {
        other.previous();
      }
    }
  }

  private boolean up() {
    if (group.start == 0 || symbols[group.start - 1] != symbols[group.end - 1] || !steps.take(1)) {
      return false;
    }
    group.changed[--group.start] = true;
    group.changed[--group.end] = false;
    group.widen();
    return true;
  }

  private boolean down() {
    if (group.end == symbols.length
        || symbols[group.start] != symbols[group.end]
        || !steps.take(1)) {
      return false;
    }
    group.changed[group.start++] = false;
    group.changed[group.end++] = true;
    group.widen();
    return true;
  }

  /** A run of changed symbols, or the empty place between two unchanged ones. */
  private static final class Group {

    private final boolean[] changed;
    private int start;
    private int end;

    Group(boolean[] changed) {
      this.changed = changed;
      widen();
    }

    boolean isEmpty() {
      return start == end;
    }

    int size() {
      return end - start;
    }

    void widen() {
      while (start > 0 && changed[start - 1]) {
        start--;
      }
      while (end < changed.length && changed[end]) {
        end++;
      }
    }

    boolean next() {
      if (end == changed.length) {
        return false;
      }
      start = ++end;
      widen();
      return true;
    }

    void previous() {
      end = --start;
      widen();
    }
  }
}
