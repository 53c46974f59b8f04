package dev.collab.chat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Messages sorted by id, and what they weigh together. Immutable. */
final class Messages {

  static final Messages NONE = new Messages(SortedTree.empty(), 0);

  private final SortedTree<Long, ChatMessage> tree;
  private final long weight;

  private Messages(SortedTree<Long, ChatMessage> tree, long weight) {
    this.tree = tree;
    this.weight = weight;
  }

  static Messages of(List<ChatMessage> messages) {
    Messages all = NONE;
    for (ChatMessage message : messages) {
      all = all.put(message);
    }
    return all;
  }

  int size() {
    return tree.size();
  }

  long weight() {
    return weight;
  }

  Optional<ChatMessage> get(long id) {
    return tree.get(id);
  }

  Optional<ChatMessage> oldest() {
    return size() == 0 ? Optional.empty() : Optional.of(tree.values().get(0));
  }

  Messages put(ChatMessage message) {
    long without = weight - weightOf(get(message.id()));
    return new Messages(tree.put(message.id(), message), without + message.content().weight());
  }

  Messages remove(long id) {
    Optional<ChatMessage> before = get(id);
    return before.isEmpty() ? this : new Messages(tree.remove(id), weight - weightOf(before));
  }

  /** Removes all messages with ids below {@code first}. */
  Messages from(long first) {
    Messages rest = this;
    for (ChatMessage gone : page(0, tree.countBelow(first))) {
      rest = rest.remove(gone.id());
    }
    return rest;
  }

  /** Counts the nodes that this version does not share with another; for tests. */
  int nodesNotIn(Messages other) {
    return tree.nodesNotIn(other.tree);
  }

  /** Checks the tree and the weight; for tests. */
  void checkInvariants() {
    tree.checkInvariants();
    long sum = list().stream().mapToLong(message -> message.content().weight()).sum();
    if (sum != weight) {
      throw new IllegalStateException("weight " + weight + " instead of " + sum);
    }
  }

  int countBelow(long id) {
    return tree.countBelow(id);
  }

  List<ChatMessage> list() {
    return tree.values();
  }

  List<ChatMessage> page(int from, int to) {
    return tree.values(from, to);
  }

  private static long weightOf(Optional<ChatMessage> message) {
    return message.map(found -> found.content().weight()).orElse(0L);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Messages that && tree.equals(that.tree);
  }

  @Override
  public int hashCode() {
    return tree.hashCode();
  }
}
