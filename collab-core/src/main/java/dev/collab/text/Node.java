package dev.collab.text;

import org.jspecify.annotations.Nullable;

/**
 * A node of the rope, and a whole rope when taken as root: immutable, so that any number of texts
 * share it. All leaves of a rope have the same depth; all nodes but the root are {@link #isFilled
 * filled}.
 */
abstract sealed class Node implements Units permits Leaf, Branch {

  private final int length;
  private final int height;

  /** Computed when first asked for; a race computes the same value twice. */
  private @Nullable Summary summary;

  Node(int length, int height) {
    this.length = length;
    this.height = height;
  }

  @Override
  public final int length() {
    return length;
  }

  /** Returns the number of levels below this one: 0 for a leaf. */
  final int height() {
    return height;
  }

  final Summary summary() {
    Summary known = summary;
    if (known == null) {
      known = summarise();
      summary = known;
    }
    return known;
  }

  /** Returns the unit at a position. */
  final char unit(int position) {
    Node node = this;
    int at = position;
    while (node instanceof Branch branch) {
      int index = branch.childWithUnit(at);
      at -= branch.start(index);
      node = branch.child(index);
    }
    return ((Leaf) node).unitAt(at);
  }

  /** Tells whether this node is large enough to stand below the root. */
  abstract boolean isFilled();

  abstract Summary summarise();

  /** Returns the rope of the first {@code end} units. */
  abstract Node prefix(int end);

  /** Returns the rope of the units from {@code start} on. */
  abstract Node suffix(int start);

  /** Returns the rope in which {@code inserted} stands instead of [from, to). */
  Node replace(int from, int to, Units inserted) {
    return Ropes.join(Ropes.join(prefix(from), Ropes.build(inserted)), suffix(to));
  }

  /** Counts the newlines before a position. */
  abstract int newlinesBefore(int position);

  /** Returns the position behind a newline, given how many newlines there are before it. */
  abstract int behindNewline(int newlinesBefore);

  /** Tells whether the units from {@code at} on begin with [from, to) of {@code leaf}. */
  abstract boolean matches(int at, Leaf leaf, int from, int to);

  /** Tells whether the units of {@code other} from {@code at} on begin with all of this node's. */
  abstract boolean isFoundIn(Node other, int at);

  /** Throws an error unless the subtree is sound; for tests. */
  abstract void check();
}
