package dev.collab.chat;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A map sorted by key whose versions share what they have in common: a weight-balanced tree.
 * Looking up, putting, removing and counting take O(log n); a change copies the O(log n) nodes
 * above it and nothing else.
 *
 * <p>A value tells its key: trees are equal if their values are.
 *
 * <p>Neither of two siblings is more than {@value #DELTA} times as heavy as the other, where a
 * subtree's weight is its size plus one; {@value #GAMMA} decides between a single and a double
 * rotation. For these two numbers the balance is proven to hold (Hirai and Yamamoto, Balancing
 * weight-balanced trees, 2011).
 *
 * <p>Immutable.
 *
 * @param <K> the keys, immutable
 * @param <V> the values, immutable
 */
final class SortedTree<K extends Comparable<K>, V> {

  private static final int DELTA = 3;
  private static final int GAMMA = 2;

  private static final SortedTree<?, ?> EMPTY = new SortedTree<String, Object>(null);

  private final @Nullable Node<K, V> root;

  private SortedTree(@Nullable Node<K, V> root) {
    this.root = root;
  }

  @SuppressWarnings("unchecked")
  static <K extends Comparable<K>, V> SortedTree<K, V> empty() {
    return (SortedTree<K, V>) EMPTY;
  }

  int size() {
    return count(root);
  }

  Optional<V> get(K key) {
    Node<K, V> node = root;
    while (node != null) {
      int order = key.compareTo(node.key);
      if (order == 0) {
        return Optional.of(node.value);
      }
      node = order < 0 ? node.left : node.right;
    }
    return Optional.empty();
  }

  /** Returns how many keys are below {@code key}. */
  int countBelow(K key) {
    int count = 0;
    Node<K, V> node = root;
    while (node != null) {
      if (key.compareTo(node.key) <= 0) {
        node = node.left;
      } else {
        count += count(node.left) + 1;
        node = node.right;
      }
    }
    return count;
  }

  SortedTree<K, V> put(K key, V value) {
    return new SortedTree<>(put(root, key, value));
  }

  SortedTree<K, V> remove(K key) {
    return get(key).isEmpty() ? this : new SortedTree<>(remove(root, key));
  }

  /** Returns a view of the values in the order of their keys; reading one takes O(log n). */
  List<V> values() {
    return root == null ? List.of() : new Values<>(root);
  }

  /** Returns the values from one index to another, in O(log n) and their number. */
  List<V> values(int from, int to) {
    List<V> found = new ArrayList<>(to - from);
    collect(root, from, to, found);
    return Collections.unmodifiableList(found);
  }

  /** Collects the values at {@code from..to} of a subtree, leaving out what lies beside. */
  private static <K extends Comparable<K>, V> void collect(
      @Nullable Node<K, V> node, int from, int to, List<V> found) {
    if (node == null || from >= node.size || to <= 0) {
      return;
    }
    int before = count(node.left);
    collect(node.left, from, to, found);
    if (from <= before && before < to) {
      found.add(node.value);
    }
    collect(node.right, from - before - 1, to - before - 1, found);
  }

  private static int count(@Nullable Node<?, ?> node) {
    return node == null ? 0 : node.size;
  }

  private static <K extends Comparable<K>, V> Node<K, V> put(
      @Nullable Node<K, V> node, K key, V value) {
    if (node == null) {
      return new Node<>(null, key, value, null);
    }
    int order = key.compareTo(node.key);
    if (order == 0) {
      return new Node<>(node.left, key, value, node.right);
    }
    return order < 0
        ? balanced(put(node.left, key, value), node.key, node.value, node.right)
        : balanced(node.left, node.key, node.value, put(node.right, key, value));
  }

  /** Removes a key that is there. */
  private static <K extends Comparable<K>, V> @Nullable Node<K, V> remove(
      @Nullable Node<K, V> node, K key) {
    if (node == null) {
      return null;
    }
    int order = key.compareTo(node.key);
    if (order < 0) {
      return balanced(remove(node.left, key), node.key, node.value, node.right);
    } else if (order > 0) {
      return balanced(node.left, node.key, node.value, remove(node.right, key));
    } else if (node.left == null) {
      return node.right;
    } else if (node.right == null) {
      return node.left;
    }
    Node<K, V> next = node.right;
    while (next.left != null) {
      next = next.left;
    }
    return balanced(node.left, next.key, next.value, remove(node.right, next.key));
  }

  /**
   * Joins two subtrees, of which one has got or lost at most one node since they were in balance.
   */
  private static <K extends Comparable<K>, V> Node<K, V> balanced(
      @Nullable Node<K, V> left, K key, V value, @Nullable Node<K, V> right) {
    int leftWeight = count(left) + 1;
    int rightWeight = count(right) + 1;
    if (right != null && rightWeight > DELTA * leftWeight) {
      Node<K, V> inner = right.left;
      return inner == null || count(inner) + 1 < GAMMA * (count(right.right) + 1)
          ? new Node<>(new Node<>(left, key, value, inner), right.key, right.value, right.right)
          : new Node<>(
              new Node<>(left, key, value, inner.left),
              inner.key,
              inner.value,
              new Node<>(inner.right, right.key, right.value, right.right));
    }
    if (left != null && leftWeight > DELTA * rightWeight) {
      Node<K, V> inner = left.right;
      return inner == null || count(inner) + 1 < GAMMA * (count(left.left) + 1)
          ? new Node<>(left.left, left.key, left.value, new Node<>(inner, key, value, right))
          : new Node<>(
              new Node<>(left.left, left.key, left.value, inner.left),
              inner.key,
              inner.value,
              new Node<>(inner.right, key, value, right));
    }
    return new Node<>(left, key, value, right);
  }

  /** Checks order, sizes and balance; for tests. */
  void checkInvariants() {
    check(root, null, null);
  }

  /** Counts the nodes that this version does not share with another; for tests. */
  int nodesNotIn(SortedTree<K, V> other) {
    Set<Node<K, V>> known = Collections.newSetFromMap(new IdentityHashMap<>());
    addAll(other.root, known);
    int shared = known.size();
    addAll(root, known);
    return known.size() - shared;
  }

  private static <K extends Comparable<K>, V> void addAll(
      @Nullable Node<K, V> node, Set<Node<K, V>> nodes) {
    if (node != null && nodes.add(node)) {
      addAll(node.left, nodes);
      addAll(node.right, nodes);
    }
  }

  private static <K extends Comparable<K>, V> void check(
      @Nullable Node<K, V> node, @Nullable K above, @Nullable K below) {
    if (node == null) {
      return;
    }
    int left = count(node.left) + 1;
    int right = count(node.right) + 1;
    boolean ordered =
        (above == null || node.key.compareTo(above) > 0)
            && (below == null || node.key.compareTo(below) < 0);
    if (!ordered || node.size != left + right - 1) {
      throw new IllegalStateException("order or size is wrong at " + node.key);
    }
    if (left > DELTA * right || right > DELTA * left) {
      throw new IllegalStateException("weights " + left + " and " + right + " at " + node.key);
    }
    check(node.left, above, node.key);
    check(node.right, node.key, below);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SortedTree<?, ?> that
        && size() == that.size()
        && values().equals(that.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  private static final class Node<K extends Comparable<K>, V> {

    final @Nullable Node<K, V> left;
    final K key;
    final V value;
    final @Nullable Node<K, V> right;
    final int size;

    Node(@Nullable Node<K, V> left, K key, V value, @Nullable Node<K, V> right) {
      this.left = left;
      this.key = key;
      this.value = value;
      this.right = right;
      this.size = count(left) + 1 + count(right);
    }
  }

  private static final class Values<K extends Comparable<K>, V> extends AbstractList<V>
      implements RandomAccess {

    private final Node<K, V> root;

    Values(Node<K, V> root) {
      this.root = root;
    }

    @Override
    public V get(int index) {
      Node<K, V> node = root;
      int rest = index;
      while (node != null) {
        int before = count(node.left);
        if (rest == before) {
          return node.value;
        }
        if (rest > before) {
          rest -= before + 1;
          node = node.right;
        } else {
          node = node.left;
        }
      }
      throw new IndexOutOfBoundsException("index " + index + " is outside 0.." + (size() - 1));
    }

    @Override
    public int size() {
      return root.size;
    }
  }
}
