package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.Map;

/**
 * The news that the user is writing a message for a chat room, or no longer is.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatTypingRequest extends ChatRequest {

  private final boolean typing;

  private ChatTypingRequest(JsonObject request, String room, boolean typing) {
    super(request, room);
    this.typing = typing;
  }

  /**
   * Makes the message.
   *
   * @param room the room
   * @param typing whether the user is writing
   * @return the message
   */
  public static ChatTypingRequest of(String room, boolean typing) {
    Map<String, JsonValue> members = members(Kind.CHAT_TYPING, room);
    members.put("typing", JsonValue.of(typing));
    return new ChatTypingRequest(new JsonObject(members), room, typing);
  }

  static ChatTypingRequest read(JsonObject request, Members members) {
    return new ChatTypingRequest(request, members.name("r"), members.bool("typing"));
  }

  @Override
  public Kind kind() {
    return Kind.CHAT_TYPING;
  }

  /**
   * Tells whether the user is writing.
   *
   * @return whether it is so
   */
  public boolean isTyping() {
    return typing;
  }
}
