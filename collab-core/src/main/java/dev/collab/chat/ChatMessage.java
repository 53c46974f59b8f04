package dev.collab.chat;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.InvalidOperationException;
import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A message of a room. Its id is its place in the room: 1, 2, 3 … in the order of the log. Of a
 * deleted message the id, the author and the time remain.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatMessage {

  private final long id;
  private final User author;
  private final Instant postedAt;
  private final ChatContent content;
  private final @Nullable Instant editedAt;
  private final boolean deleted;

  /** The message that this one answers; 0 if none. */
  private final long replyTo;

  private ChatMessage(
      long id,
      User author,
      Instant postedAt,
      ChatContent content,
      @Nullable Instant editedAt,
      boolean deleted,
      long replyTo) {
    this.id = id;
    this.author = author;
    this.postedAt = postedAt;
    this.content = content;
    this.editedAt = editedAt;
    this.deleted = deleted;
    this.replyTo = replyTo;
  }

  static ChatMessage posted(
      long id, User author, Instant postedAt, ChatContent content, OptionalLong replyTo) {
    return new ChatMessage(id, author, postedAt, content, null, false, replyTo.orElse(0));
  }

  ChatMessage edited(ChatContent next, Instant at) {
    return new ChatMessage(id, author, postedAt, next, at, false, replyTo);
  }

  ChatMessage deleted() {
    return new ChatMessage(id, author, postedAt, ChatContent.NONE, null, true, 0);
  }

  /**
   * Returns the id.
   *
   * @return its place in the room, from 1
   */
  public long id() {
    return id;
  }

  /**
   * Returns who posted it, as the author was known then.
   *
   * @return the author
   */
  public User author() {
    return author;
  }

  /**
   * Returns when it was posted.
   *
   * @return the time in whole milliseconds, by the clock of a server; ids tell the order, times do
   *     not
   */
  public Instant postedAt() {
    return postedAt;
  }

  /**
   * Returns what it says.
   *
   * @return the content; {@link ChatContent#NONE} if the message is deleted
   */
  public ChatContent content() {
    return content;
  }

  /**
   * Returns the text.
   *
   * @return the content's text; empty if the message is deleted
   */
  public String text() {
    return content.text();
  }

  /**
   * Returns when it was last edited.
   *
   * @return the time in whole milliseconds, or empty if it was not edited or is deleted
   */
  public Optional<Instant> editedAt() {
    return Optional.ofNullable(editedAt);
  }

  /**
   * Tells whether the message is deleted.
   *
   * @return whether its content is gone
   */
  public boolean isDeleted() {
    return deleted;
  }

  /**
   * Returns the message that this one answers. It may no longer be there.
   *
   * @return its id, or empty if this is no answer or is deleted
   */
  public OptionalLong replyTo() {
    return replyTo == 0 ? OptionalLong.empty() : OptionalLong.of(replyTo);
  }

  /**
   * Returns the JSON form, which is that of the wire and of stored rooms.
   *
   * @return an object of {@code id}, {@code user}, {@code t} and {@code text}, and where they apply
   *     {@code edited}, {@code deleted}, {@code data} and {@code replyTo}
   */
  public JsonObject encode() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("id", Fields.number(id));
    members.put("user", author.encode());
    members.put("t", Fields.number(postedAt));
    content.encode(members);
    if (editedAt != null) {
      members.put("edited", Fields.number(editedAt));
    }
    if (deleted) {
      members.put("deleted", JsonValue.of(true));
    }
    if (replyTo != 0) {
      members.put("replyTo", Fields.number(replyTo));
    }
    return new JsonObject(members);
  }

  /**
   * Reads the form that {@link #encode} writes; members that it does not know do not count.
   *
   * @param value the JSON form
   * @return the message
   * @throws InvalidOperationException if {@code value} is no message
   */
  public static ChatMessage decode(JsonValue value) {
    return decode(Fields.of("a message", requireNonNull(value, "value")));
  }

  static ChatMessage decode(Fields fields) {
    ChatMessage message =
        new ChatMessage(
            fields.integer("id", 1),
            fields.user("user"),
            fields.time("t"),
            ChatContent.decode(fields),
            fields.has("edited") ? fields.time("edited") : null,
            fields.flag("deleted"),
            fields.optionalInteger("replyTo", 1).orElse(0));
    if (message.deleted && !message.equals(message.deleted())) {
      throw ChatRefusal.badlyFormed("a deleted message has content");
    }
    return message;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChatMessage that
        && id == that.id
        && author.equals(that.author)
        && postedAt.equals(that.postedAt)
        && content.equals(that.content)
        && Objects.equals(editedAt, that.editedAt)
        && deleted == that.deleted
        && replyTo == that.replyTo;
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, author, postedAt, content, editedAt, deleted, replyTo);
  }

  /** Returns id and author: what people say belongs into no log. */
  @Override
  public String toString() {
    return "message " + id + " of " + author;
  }
}
