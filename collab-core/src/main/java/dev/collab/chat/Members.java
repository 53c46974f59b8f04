package dev.collab.chat;

import dev.collab.presence.User;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members of a room, sorted by the id of the user. Immutable. */
final class Members {

  static final Members NONE = new Members(SortedTree.empty());

  private final SortedTree<String, ChatMember> tree;

  private Members(SortedTree<String, ChatMember> tree) {
    this.tree = tree;
  }

  static Members of(List<ChatMember> members) {
    SortedTree<String, ChatMember> tree = SortedTree.empty();
    for (ChatMember member : members) {
      tree = tree.put(member.user().id(), member);
    }
    return new Members(tree);
  }

  int size() {
    return tree.size();
  }

  Optional<ChatMember> get(String user) {
    return tree.get(user);
  }

  List<ChatMember> list() {
    return tree.values();
  }

  /** A member who joins again is shown as the user is now, and remains one since the first time. */
  Members joined(User user, Instant at) {
    Optional<ChatMember> before = tree.get(user.id());
    return before.isPresent()
        ? with(before.get(), before.get().withUser(user))
        : new Members(tree.put(user.id(), ChatMember.joined(user, at)));
  }

  Members left(String user) {
    return get(user).isPresent() ? new Members(tree.remove(user)) : this;
  }

  /** Marks of others than members are not kept. */
  Members read(String user, long id) {
    return get(user).map(member -> with(member, member.withRead(id))).orElse(this);
  }

  private Members with(ChatMember before, ChatMember after) {
    return after.equals(before) ? this : new Members(tree.put(after.user().id(), after));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Members that && tree.equals(that.tree);
  }

  @Override
  public int hashCode() {
    return tree.hashCode();
  }
}
