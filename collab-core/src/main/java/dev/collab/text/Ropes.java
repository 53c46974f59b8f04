package dev.collab.text;

import java.util.Arrays;

/*
 * The rope is a B-tree without keys. Two operations make all others: `join` puts two ropes of any
 * heights together along the seam, and `prefix`/`suffix` cut one and join the pieces of the cut
 * path. Each joins nodes of one height and hands the outcome one level up, where it stands for one
 * child or for two; so a join costs the difference of the heights, and because the pieces of a cut
 * grow in height along the path, a cut costs one walk down. An edit inside one leaf that leaves the
 * leaf within its limits copies the path to it and nothing else.
 *
 * A rope handed around is sound as a root: all nodes below it are filled, itself it need not be.
 * After H.-J. Boehm, R. Atkinson, M. Plass, "Ropes: an alternative to strings" (1995), with B-tree
 * nodes instead of binary ones.
 */
/** How ropes are built and joined. */
final class Ropes {

  /** How full bulk loading makes nodes: room for some edits, little waste. */
  private static final int LEAF_LOAD = Leaf.MAX_LENGTH * 3 / 4;

  private static final int BRANCH_LOAD = Branch.MAX_CHILDREN * 3 / 4;

  private Ropes() {}

  /** Returns the rope of one rope's units and then another's. */
  static Node join(Node left, Node right) {
    if (left.length() == 0 || right.length() == 0) {
      return left.length() == 0 ? right : left;
    }
    if (left instanceof Branch branch && left.height() >= right.height()) {
      return right instanceof Branch other && other.height() == branch.height()
          ? Branch.join(branch, other)
          : branch.withLast(join(branch.last(), right));
    }
    if (right instanceof Branch branch) {
      return branch.withFirst(join(left, branch.first()));
    }
    return Leaf.join((Leaf) left, (Leaf) right);
  }

  /** Returns the rope of the source's units. */
  static Node build(Units source) {
    int length = source.length();
    if (length <= Leaf.MAX_LENGTH) {
      return length == 0 ? Leaf.EMPTY : Leaf.of(source, 0, length);
    }
    Node[] level = new Node[groups(length, LEAF_LOAD)];
    for (int i = 0; i < level.length; i++) {
      level[i] = Leaf.of(source, cut(length, level.length, i), cut(length, level.length, i + 1));
    }
    while (level.length > Branch.MAX_CHILDREN) {
      level = parents(level);
    }
    return Branch.of(level);
  }

  private static Node[] parents(Node[] level) {
    Node[] parents = new Node[groups(level.length, BRANCH_LOAD)];
    for (int i = 0; i < parents.length; i++) {
      int from = cut(level.length, parents.length, i);
      int to = cut(level.length, parents.length, i + 1);
      parents[i] = Branch.of(Arrays.copyOfRange(level, from, to));
    }
    return parents;
  }

  private static int groups(int count, int load) {
    return (int) (((long) count + load - 1) / load);
  }

  /** Returns where part {@code index} begins when {@code count} is cut into even parts. */
  private static int cut(int count, int parts, int index) {
    return (int) ((long) count * index / parts);
  }
}
