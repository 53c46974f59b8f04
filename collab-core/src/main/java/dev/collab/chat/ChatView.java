package dev.collab.chat;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client knows of a room: all members, and the newest messages, without a hole. Events are
 * taken in one after the other; older messages are added page by page. At the version of the server
 * a view has what the server's {@link ChatRoom} has, from the oldest message known on.
 *
 * <p>A page may have been made before or after events that came ahead of it. It never takes back
 * what an event said: what was heard of a message whose page was not there yet is kept.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatView {

  private final long version;
  private final Messages messages;

  /** Erased messages below {@code known}, which a page may still show. */
  private final SortedTree<Long, Long> erased;

  private final Members members;
  private final ChatRetention retention;

  /** All messages from this one on are known; of those before, some may be. */
  private final long known;

  private final long first;
  private final long last;

  private ChatView(
      long version,
      Messages messages,
      SortedTree<Long, Long> erased,
      Members members,
      ChatRetention retention,
      long known,
      long first,
      long last) {
    this.version = version;
    this.messages = messages;
    this.erased = erased;
    this.members = members;
    this.retention = retention;
    this.known = known;
    this.first = first;
    this.last = last;
  }

  /**
   * Returns what a client knows that was sent a room's state.
   *
   * @param version the version of the room
   * @param room the room
   * @param newest the page of its newest messages
   * @return the view
   */
  public static ChatView of(long version, ChatRoom room, ChatPage newest) {
    return of(
        version, newest.messages(), room.members(), room.retention(), room.first(), room.last());
  }

  static ChatView of(
      long version,
      List<ChatMessage> newest,
      List<ChatMember> members,
      ChatRetention retention,
      long first,
      long last) {
    return new ChatView(
        version,
        Messages.of(newest),
        SortedTree.empty(),
        Members.of(members),
        retention,
        newest.isEmpty() ? last + 1 : newest.get(0).id(),
        first,
        last);
  }

  /**
   * Takes in an event.
   *
   * @param at the version that it leads on from; the wire calls it {@code v}
   * @param entry what changed
   * @return the view behind it, or why it is not taken in
   */
  public ChatUpdate receive(long at, ChatChanges entry) {
    requireNonNull(entry, "entry");
    if (at < version) {
      return new ChatUpdate.Ignored();
    }
    if (at > version) {
      return new ChatUpdate.Gap(version);
    }
    ChatView next = this;
    for (ChatChange change : entry.changes()) {
      next = next.with(change);
    }
    return new ChatUpdate.Changed(next.at(version + 1).without(entry.first()));
  }

  private ChatView with(ChatChange change) {
    return switch (change.kind()) {
      case POST -> {
        ChatMessage message = ((ChatChange.Posted) change).message();
        yield put(message)
            .with(members.joined(message.author(), message.postedAt()))
            .withLast(message.id());
      }
      case EDIT -> put(((ChatChange.Edited) change).message());
      case DELETE -> put(((ChatChange.Deleted) change).message());
      case ERASE -> {
        long id = ((ChatChange.Erased) change).id();
        boolean mayStillBeShown = id >= first && id < known;
        yield with(messages.remove(id)).with(mayStillBeShown ? erased.put(id, id) : erased);
      }
      case JOIN -> {
        ChatChange.Joined joined = (ChatChange.Joined) change;
        yield with(members.joined(joined.user(), joined.joinedAt()));
      }
      case LEAVE -> with(members.left(((ChatChange.Left) change).user()));
      case REMOVE -> with(members.left(((ChatChange.Removed) change).user()));
      case RETAIN -> with(((ChatChange.Retained) change).retention());
      case READ -> {
        ChatChange.Read read = (ChatChange.Read) change;
        yield with(members.read(read.user(), read.id()));
      }
    };
  }

  /**
   * Takes in a page of older messages.
   *
   * @param before the message that the page was asked for by
   * @param page the messages right before it; {@code more} tells of still older ones
   * @return the view with them; this one if the page does not reach up to {@link #oldestKnown()}
   */
  public ChatView older(long before, ChatPage page) {
    if (before < known || (page.more() && page.messages().isEmpty())) {
      return this;
    }
    Messages all = messages;
    for (ChatMessage message : page.messages()) {
      if (message.id() < known
          && message.id() >= first
          && all.get(message.id()).isEmpty()
          && erased.get(message.id()).isEmpty()) {
        all = all.put(message);
      }
    }
    long reached = page.more() ? page.messages().get(0).id() : first;
    // a page made before the oldest messages went may reach below what is there now
    return with(all).knownFrom(Math.min(known, Math.max(first, reached))).withoutErasedKnown();
  }

  /**
   * Forgets all but the newest messages, and what was heard of others. They can be asked for again;
   * a page that was asked for before is not to be taken in any more, since it may be older than
   * what is forgotten.
   *
   * @param limit how many stay, at least 1
   * @return the view with as many
   * @throws IllegalArgumentException if {@code limit} is below 1
   */
  public ChatView newest(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is below 1");
    }
    int size = messages().size();
    if (size <= limit) {
      return this;
    }
    long oldest = messages().get(size - limit).id();
    return with(messages.from(oldest)).with(SortedTree.empty()).knownFrom(oldest);
  }

  /** What is told after a longer absence may be gone already. */
  private ChatView put(ChatMessage message) {
    return message.id() < first ? this : with(messages.put(message));
  }

  private ChatView with(Messages next) {
    return new ChatView(version, next, erased, members, retention, known, first, last);
  }

  private ChatView with(SortedTree<Long, Long> next) {
    return new ChatView(version, messages, next, members, retention, known, first, last);
  }

  private ChatView with(Members next) {
    return new ChatView(version, messages, erased, next, retention, known, first, last);
  }

  private ChatView with(ChatRetention next) {
    return new ChatView(version, messages, erased, members, next, known, first, last);
  }

  private ChatView withLast(long id) {
    return new ChatView(
        version, messages, erased, members, retention, known, first, Math.max(last, id));
  }

  private ChatView knownFrom(long id) {
    return new ChatView(version, messages, erased, members, retention, id, first, last);
  }

  private ChatView at(long next) {
    return new ChatView(next, messages, erased, members, retention, known, first, last);
  }

  /** Forgets which messages are erased where no page is to come any more. */
  private ChatView withoutErasedKnown() {
    SortedTree<Long, Long> rest = erased;
    for (long gone : erased.values(erased.countBelow(known), erased.size())) {
      rest = rest.remove(gone);
    }
    return with(rest);
  }

  /** Forgets the messages before one. */
  private ChatView without(long id) {
    if (id <= first) {
      return this;
    }
    SortedTree<Long, Long> rest = erased;
    for (long gone : erased.values(0, erased.countBelow(id))) {
      rest = rest.remove(gone);
    }
    return new ChatView(
        version, messages.from(id), rest, members, retention, Math.max(known, id), id, last);
  }

  /**
   * Returns the version.
   *
   * @return how many entries of the room's log are known
   */
  public long version() {
    return version;
  }

  /**
   * Returns the newest messages.
   *
   * @return all messages that are there from {@link #oldestKnown()} on, oldest first; unmodifiable,
   *     O(log n) each
   */
  public List<ChatMessage> messages() {
    List<ChatMessage> all = messages.list();
    return all.subList(messages.countBelow(known), all.size());
  }

  /**
   * Finds a message among {@link #messages()}.
   *
   * @param id its id
   * @return the message, or empty if it is not there or not known
   */
  public Optional<ChatMessage> message(long id) {
    return id < known ? Optional.empty() : messages.get(id);
  }

  /**
   * Returns from where on all messages are known. A page of older ones is asked for by it.
   *
   * @return the id of a message
   */
  public long oldestKnown() {
    return known;
  }

  /**
   * Tells whether the room has messages before those that are known.
   *
   * @return whether it is worthwhile to ask for a page
   */
  public boolean hasOlder() {
    return known > first;
  }

  /**
   * Returns the oldest message that is there.
   *
   * @return its id, known or not; {@code last() + 1} if there is none
   */
  public long first() {
    return first;
  }

  /**
   * Returns the newest message that was ever posted.
   *
   * @return its id; 0 if there was none
   */
  public long last() {
    return last;
  }

  /**
   * Returns the members.
   *
   * @return the members, sorted by the id of the user; unmodifiable, O(log n) each
   */
  public List<ChatMember> members() {
    return members.list();
  }

  /**
   * Finds a member.
   *
   * @param user the id of a user
   * @return the member, or empty if the user is none
   */
  public Optional<ChatMember> member(String user) {
    return members.get(user);
  }

  /**
   * Returns how many messages stay, and for how long.
   *
   * @return the retention
   */
  public ChatRetention retention() {
    return retention;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChatView that
        && version == that.version
        && known == that.known
        && first == that.first
        && last == that.last
        && messages.equals(that.messages)
        && erased.equals(that.erased)
        && members.equals(that.members)
        && retention.equals(that.retention);
  }

  @Override
  public int hashCode() {
    return Objects.hash(version, messages, erased, members, retention, known, first, last);
  }

  /** Returns the numbers: what people say belongs into no log. */
  @Override
  public String toString() {
    return "version "
        + version
        + ", messages "
        + known
        + ".."
        + last
        + " of "
        + first
        + ".."
        + last;
  }
}
