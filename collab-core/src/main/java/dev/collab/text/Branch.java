package dev.collab.text;

import java.util.Arrays;

/** An inner node: at least two children of one height and where each of them ends. */
final class Branch extends Node {

  /** The most children of a branch. */
  static final int MAX_CHILDREN = 32;

  /** The fewest children of a branch below the root. */
  static final int MIN_CHILDREN = MAX_CHILDREN / 4;

  private final Node[] children;

  /** The position behind each child. */
  private final int[] ends;

  private Branch(Node[] children, int[] ends) {
    super(ends[ends.length - 1], children[0].height() + 1);
    this.children = children;
    this.ends = ends;
  }

  /** Returns a branch that takes over the array, which holds 2 to {@link #MAX_CHILDREN} nodes. */
  static Branch of(Node... children) {
    int[] ends = new int[children.length];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += children[i].length();
      ends[i] = end;
    }
    return new Branch(children, ends);
  }

  /** Joins two branches of one height: to one if one of them needs it, else to two. */
  static Node join(Branch left, Branch right) {
    if (left.isFilled() && right.isFilled()) {
      return of(left, right);
    }
    int count = left.children.length;
    Node[] all = Arrays.copyOf(left.children, count + right.children.length);
    System.arraycopy(right.children, 0, all, count, right.children.length);
    return ofMany(all);
  }

  /** Returns a rope over at most twice {@link #MAX_CHILDREN} nodes. */
  private static Node ofMany(Node[] nodes) {
    if (nodes.length <= MAX_CHILDREN) {
      return of(nodes);
    }
    int half = nodes.length / 2;
    return of(
        of(Arrays.copyOfRange(nodes, 0, half)), of(Arrays.copyOfRange(nodes, half, nodes.length)));
  }

  int childCount() {
    return children.length;
  }

  Node child(int index) {
    return children[index];
  }

  Node first() {
    return children[0];
  }

  Node last() {
    return children[children.length - 1];
  }

  Node withFirst(Node rope) {
    return withChild(0, rope);
  }

  Node withLast(Node rope) {
    return withChild(children.length - 1, rope);
  }

  /** Returns where a child starts. */
  int start(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /** Returns the child that holds the unit at a position. */
  int childWithUnit(int position) {
    int index = 0;
    while (ends[index] <= position) {
      index++;
    }
    return index;
  }

  /** Returns the child in which, or at the end of which, a position lies. */
  private int childReaching(int position) {
    int index = 0;
    while (ends[index] < position) {
      index++;
    }
    return index;
  }

  @Override
  boolean isFilled() {
    return children.length >= MIN_CHILDREN;
  }

  @Override
  Summary summarise() {
    Summary summary = children[0].summary();
    for (int i = 1; i < children.length; i++) {
      summary = summary.plus(children[i].summary());
    }
    return summary;
  }

  @Override
  Node prefix(int end) {
    if (end == 0 || end == length()) {
      return end == 0 ? Leaf.EMPTY : this;
    }
    int index = childReaching(end);
    return Ropes.join(part(0, index), children[index].prefix(end - start(index)));
  }

  @Override
  Node suffix(int start) {
    if (start == 0 || start == length()) {
      return start == 0 ? this : Leaf.EMPTY;
    }
    int index = childWithUnit(start);
    return Ropes.join(
        children[index].suffix(start - start(index)), part(index + 1, children.length));
  }

  @Override
  Node replace(int from, int to, Units inserted) {
    int index = from == to ? childReaching(from) : childWithUnit(from);
    if (to > ends[index]) {
      return super.replace(from, to, inserted);
    }
    int start = start(index);
    return withChild(index, children[index].replace(from - start, to - start, inserted));
  }

  /** Returns the rope in which another rope, of any height, stands instead of a child. */
  private Node withChild(int index, Node rope) {
    if (rope.height() == height() - 1 && rope.isFilled()) {
      return withSoundChild(index, rope);
    }
    if (rope.height() == height()) {
      return withChildren(index, ((Branch) rope).children);
    }
    return Ropes.join(Ropes.join(part(0, index), rope), part(index + 1, children.length));
  }

  private Branch withSoundChild(int index, Node child) {
    Node[] newChildren = children.clone();
    newChildren[index] = child;
    int grown = child.length() - children[index].length();
    int[] newEnds = ends.clone();
    for (int i = index; i < newEnds.length; i++) {
      newEnds[i] += grown;
    }
    return new Branch(newChildren, newEnds);
  }

  private Node withChildren(int index, Node[] nodes) {
    int behind = children.length - index - 1;
    Node[] all = Arrays.copyOf(children, index + nodes.length + behind);
    System.arraycopy(nodes, 0, all, index, nodes.length);
    System.arraycopy(children, index + 1, all, index + nodes.length, behind);
    return ofMany(all);
  }

  /** Returns the rope of some of the children. */
  private Node part(int from, int to) {
    return switch (to - from) {
      case 0 -> Leaf.EMPTY;
      case 1 -> children[from];
      default -> of(Arrays.copyOfRange(children, from, to));
    };
  }

  @Override
  public boolean isLatin(int from, int to) {
    int at = from;
    for (int i = at < to ? childWithUnit(at) : 0; at < to; i++) {
      int end = Math.min(to, ends[i]);
      if (!children[i].isLatin(at - start(i), end - start(i))) {
        return false;
      }
      at = end;
    }
    return true;
  }

  @Override
  public void copy(int from, int to, byte[] target, int at) {
    int next = from;
    for (int i = next < to ? childWithUnit(next) : 0; next < to; i++) {
      int end = Math.min(to, ends[i]);
      children[i].copy(next - start(i), end - start(i), target, at + next - from);
      next = end;
    }
  }

  @Override
  public void copy(int from, int to, char[] target, int at) {
    int next = from;
    for (int i = next < to ? childWithUnit(next) : 0; next < to; i++) {
      int end = Math.min(to, ends[i]);
      children[i].copy(next - start(i), end - start(i), target, at + next - from);
      next = end;
    }
  }

  @Override
  int newlinesBefore(int position) {
    int count = 0;
    int index = 0;
    for (; ends[index] < position; index++) {
      count += children[index].summary().newlines();
    }
    return count + children[index].newlinesBefore(position - start(index));
  }

  @Override
  int behindNewline(int newlinesBefore) {
    int left = newlinesBefore;
    int index = 0;
    for (; children[index].summary().newlines() <= left; index++) {
      left -= children[index].summary().newlines();
    }
    return start(index) + children[index].behindNewline(left);
  }

  @Override
  boolean matches(int at, Leaf leaf, int from, int to) {
    int next = from;
    for (int i = childWithUnit(at); next < to; i++) {
      int here = at + next - from - start(i);
      int end = Math.min(to, next + children[i].length() - here);
      if (!children[i].matches(here, leaf, next, end)) {
        return false;
      }
      next = end;
    }
    return true;
  }

  @Override
  boolean isFoundIn(Node other, int at) {
    if (at == 0 && this == other) {
      return true;
    }
    for (int i = 0; i < children.length; i++) {
      if (!children[i].isFoundIn(other, at + start(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  void check() {
    if (children.length < 2 || children.length > MAX_CHILDREN || ends.length != children.length) {
      throw new AssertionError(children.length + " children and " + ends.length + " ends");
    }
    int end = 0;
    for (int i = 0; i < children.length; i++) {
      Node child = children[i];
      end += child.length();
      if (ends[i] != end || child.height() != height() - 1 || !child.isFilled()) {
        throw new AssertionError(
            "child %d of %d: height %d below %d, length %d, end %d, expected %d"
                .formatted(i, ends.length, child.height(), height(), child.length(), ends[i], end));
      }
      child.check();
    }
  }
}
