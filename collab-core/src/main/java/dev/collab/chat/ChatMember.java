package dev.collab.chat;

import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A member of a room: whoever joined or posted, and did not leave since.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatMember {

  private final User user;
  private final Instant joinedAt;
  private final long read;

  private ChatMember(User user, Instant joinedAt, long read) {
    this.user = user;
    this.joinedAt = joinedAt;
    this.read = read;
  }

  static ChatMember joined(User user, Instant joinedAt) {
    return new ChatMember(user, joinedAt, 0);
  }

  ChatMember withUser(User next) {
    return next.equals(user) ? this : new ChatMember(next, joinedAt, read);
  }

  /** Marks go forward only. */
  ChatMember withRead(long id) {
    return id <= read ? this : new ChatMember(user, joinedAt, id);
  }

  /**
   * Returns the user, as last seen when joining or posting.
   *
   * @return the user
   */
  public User user() {
    return user;
  }

  /**
   * Returns when the user became a member.
   *
   * @return the time in whole milliseconds
   */
  public Instant joinedAt() {
    return joinedAt;
  }

  /**
   * Returns up to where the user has read.
   *
   * @return the id of a message; 0 if nothing
   */
  public long read() {
    return read;
  }

  JsonObject encode() {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("user", user.encode());
    members.put("joined", Fields.number(joinedAt));
    members.put("read", Fields.number(read));
    return new JsonObject(members);
  }

  static ChatMember decode(Fields fields) {
    return new ChatMember(fields.user("user"), fields.time("joined"), fields.integer("read", 0));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChatMember that
        && user.equals(that.user)
        && joinedAt.equals(that.joinedAt)
        && read == that.read;
  }

  @Override
  public int hashCode() {
    return user.hashCode() * 31 + Long.hashCode(read);
  }

  @Override
  public String toString() {
    return user + " read " + read;
  }
}
