package dev.collab.chat;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The state of a room: the messages that are retained, the members with their read marks, and the
 * retention. Consecutive states share what they have in common: an act copies O(log n) small nodes
 * for n messages and members, however many there are.
 *
 * <p>Beside its {@linkplain ChatRetention retention} a room keeps a bound of its own: the content
 * of all messages together weighs at most {@value #MAX_WEIGHT}. What is over goes, the oldest
 * first; so a room is never too full for one more message.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatRoom {

  /** What the content of a room's messages weighs together at most. */
  public static final long MAX_WEIGHT = 2_000_000;

  /** The room in which nothing has happened. */
  public static final ChatRoom EMPTY =
      new ChatRoom(Messages.NONE, Members.NONE, 0, ChatRetention.DEFAULT);

  private final Messages messages;
  private final Members members;
  private final long last;
  private final ChatRetention retention;

  private ChatRoom(Messages messages, Members members, long last, ChatRetention retention) {
    this.messages = messages;
    this.members = members;
    this.last = last;
    this.retention = retention;
  }

  static ChatRoom of(
      List<ChatMessage> messages, List<ChatMember> members, long last, ChatRetention retention) {
    return new ChatRoom(Messages.of(messages), Members.of(members), last, retention);
  }

  /**
   * Returns this room with another retention, for one that is to begin with it. Nothing is dropped
   * before the next event.
   *
   * @param next how many messages stay, and for how long
   * @return the room with it
   */
  public ChatRoom withRetention(ChatRetention next) {
    return new ChatRoom(messages, members, last, requireNonNull(next, "next"));
  }

  /** Returns the room behind an act, whoever may do it. */
  ChatRoom with(ChatAct act) {
    return after(act).retained(act.at());
  }

  private ChatRoom after(ChatAct act) {
    ChatEvent event = act.event();
    return switch (event.kind()) {
      case POST -> posted(act, (ChatEvent.Post) event);
      case EDIT -> {
        ChatEvent.Edit edit = (ChatEvent.Edit) event;
        yield with(messages.put(present(edit.id()).edited(edit.content(), act.at())));
      }
      case DELETE -> with(messages.put(present(((ChatEvent.Delete) event).id()).deleted()));
      case ERASE -> with(messages.remove(checkIssued(((ChatEvent.Erase) event).id())));
      case JOIN -> with(members.joined(act.by(), act.at()));
      case LEAVE -> with(members.left(act.by().id()));
      case REMOVE -> with(members.left(((ChatEvent.Remove) event).user()));
      case RETAIN -> withRetention(((ChatEvent.Retain) event).retention());
      case READ -> with(members.read(act.by().id(), checkIssued(((ChatEvent.Read) event).id())));
    };
  }

  private ChatRoom posted(ChatAct act, ChatEvent.Post post) {
    post.replyTo().ifPresent(this::checkIssued);
    long id = last + 1;
    ChatMessage message =
        ChatMessage.posted(id, act.by(), act.at(), post.content(), post.replyTo());
    return new ChatRoom(messages.put(message), members.joined(act.by(), act.at()), id, retention);
  }

  /** Drops the oldest messages, as long as there are too many or they are too old. */
  private ChatRoom retained(Instant now) {
    Messages rest = messages;
    Optional<ChatMessage> oldest = rest.oldest();
    while (oldest.isPresent()
        && (rest.size() > retention.messages()
            || rest.weight() > MAX_WEIGHT
            || retention.isOver(oldest.get().postedAt(), now))) {
      rest = rest.remove(oldest.get().id());
      oldest = rest.oldest();
    }
    return with(rest);
  }

  /** Returns a message whose content is there. */
  ChatMessage present(long id) {
    return message(id)
        .filter(message -> !message.isDeleted())
        .orElseThrow(() -> ChatRefusal.notFound(id, last));
  }

  /** Checks that a message is there or once was. */
  long checkIssued(long id) {
    if (id > last) {
      throw ChatRefusal.notFound(id, last);
    }
    return id;
  }

  private ChatRoom with(Messages next) {
    return new ChatRoom(next, members, last, retention);
  }

  private ChatRoom with(Members next) {
    return new ChatRoom(messages, next, last, retention);
  }

  /**
   * Returns the messages that are there.
   *
   * @return the messages, oldest first; unmodifiable, O(log n) each. {@link ChatHistory} cuts pages
   */
  public List<ChatMessage> messages() {
    return messages.list();
  }

  /**
   * Finds a message.
   *
   * @param id its id
   * @return the message, or empty if it is not there or no longer
   */
  public Optional<ChatMessage> message(long id) {
    return messages.get(id);
  }

  /**
   * Returns the oldest message that is there.
   *
   * @return its id; {@code last() + 1} if there is none
   */
  public long first() {
    return messages.oldest().map(ChatMessage::id).orElse(last + 1);
  }

  /**
   * Returns the newest message that was ever posted. The next one gets the next number, whatever
   * became of this one.
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

  /**
   * Returns what the content of all messages weighs together.
   *
   * @return the weight, in UTF-16 code units or what comes nearest
   */
  public long weight() {
    return messages.weight();
  }

  Messages history() {
    return messages;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChatRoom that
        && last == that.last
        && retention.equals(that.retention)
        && messages.equals(that.messages)
        && members.equals(that.members);
  }

  @Override
  public int hashCode() {
    return Objects.hash(last, retention, messages, members);
  }

  /** Returns the numbers: what people say belongs into no log. */
  @Override
  public String toString() {
    return messages.size() + " messages up to " + last + ", " + members.size() + " members";
  }
}
