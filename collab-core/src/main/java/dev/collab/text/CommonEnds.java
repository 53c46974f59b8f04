package dev.collab.text;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far two texts agree from their start and from their end. Ropes that were made from each other
 * share nodes; these are passed over without a look inside.
 */
final class CommonEnds {

  private CommonEnds() {}

  /** Returns the length of the common start. */
  static int start(Text one, Text other) {
    return common(one, other, Math.min(one.length(), other.length()), true);
  }

  /** Returns the length of the common end, up to a limit. */
  static int end(Text one, Text other, int limit) {
    return common(one, other, limit, false);
  }

  private static int common(Text one, Text other, int limit, boolean forwards) {
    Walk first = new Walk(one.root(), forwards);
    Walk second = new Walk(other.root(), forwards);
    int common = 0;
    while (common < limit) {
      Node left = first.top();
      Node right = second.top();
      if (left == right && first.isWhole() && second.isWhole()) {
        common += left.length();
        first.pass(left.length());
        second.pass(left.length());
      } else if (left instanceof Branch && left.height() >= right.height()) {
        first.descend();
      } else if (right instanceof Branch) {
        second.descend();
      } else {
        int length = Math.min(first.left(), second.left());
        int same = Walk.sameUnits(first, second, length);
        if (same < length) {
          return Math.min(common + same, limit);
        }
        common += length;
        first.pass(length);
        second.pass(length);
      }
    }
    return limit;
  }

  /** A walk over the nodes of a rope, into which it goes no deeper than asked. */
  private static final class Walk {

    private final boolean forwards;
    private final Deque<Node> ahead = new ArrayDeque<>();

    /** How much of the next node is passed. */
    private int passed;

    Walk(Node root, boolean forwards) {
      this.forwards = forwards;
      ahead.push(root);
    }

    Node top() {
      return ahead.element();
    }

    boolean isWhole() {
      return passed == 0;
    }

    int left() {
      return top().length() - passed;
    }

    void pass(int length) {
      passed += length;
      if (left() == 0) {
        ahead.pop();
        passed = 0;
      }
    }

    void descend() {
      Branch branch = (Branch) ahead.pop();
      int count = branch.childCount();
      for (int i = 0; i < count; i++) {
        ahead.push(branch.child(forwards ? count - 1 - i : i));
      }
    }

    char unit(int distance) {
      Leaf leaf = (Leaf) top();
      return leaf.unitAt(forwards ? passed + distance : leaf.length() - 1 - passed - distance);
    }

    static int sameUnits(Walk first, Walk second, int length) {
      int same = 0;
      while (same < length && first.unit(same) == second.unit(same)) {
        same++;
      }
      return same;
    }
  }
}
