package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.Map;

/**
 * The news up to which message the user has read a chat room.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatReadRequest extends ChatRequest {

  private final long read;

  private ChatReadRequest(JsonObject request, String room, long read) {
    super(request, room);
    this.read = read;
  }

  /**
   * Makes the message.
   *
   * @param room the room
   * @param read the id of the last message that the user has read, from 0 to 2^53 − 1
   * @return the message
   * @throws IllegalArgumentException if {@code read} is outside that range
   */
  public static ChatReadRequest of(String room, long read) {
    Map<String, JsonValue> members = members(Kind.CHAT_READ, room);
    members.put("read", Members.number("read", read));
    return new ChatReadRequest(new JsonObject(members), room, read);
  }

  static ChatReadRequest read(JsonObject request, Members members) {
    return new ChatReadRequest(request, members.name("r"), members.integer("read"));
  }

  @Override
  public Kind kind() {
    return Kind.CHAT_READ;
  }

  /**
   * Returns the last message that the user has read.
   *
   * @return its id; 0 if none
   */
  public long read() {
    return read;
  }
}
