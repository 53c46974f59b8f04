package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The wish to hear what happens in a chat room, or no longer to.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatRoomRequest extends ChatRequest {

  private final Kind kind;
  private final OptionalLong version;
  private final int limit;

  private ChatRoomRequest(
      JsonObject request, Kind kind, String room, OptionalLong version, int limit) {
    super(request, room);
    this.kind = kind;
    this.version = version;
    this.limit = limit;
  }

  /**
   * Makes the request of a client that knows nothing of the room yet.
   *
   * @param room the room
   * @return the message
   */
  public static ChatRoomRequest subscribe(String room) {
    Map<String, JsonValue> members = members(Kind.CHAT_SUBSCRIBE, room);
    members.put("v", JsonValue.NULL);
    return new ChatRoomRequest(
        new JsonObject(members), Kind.CHAT_SUBSCRIBE, room, OptionalLong.empty(), DEFAULT_PAGE);
  }

  /**
   * Makes the request of a client that has a version of the room.
   *
   * @param room the room
   * @param version the number of events that the client knows
   * @return the message
   * @throws IllegalArgumentException if {@code version} is outside 0..2^53 − 1
   */
  public static ChatRoomRequest since(String room, long version) {
    Map<String, JsonValue> members = members(Kind.CHAT_SUBSCRIBE, room);
    members.put("v", Members.number("version", version));
    return new ChatRoomRequest(
        new JsonObject(members), Kind.CHAT_SUBSCRIBE, room, OptionalLong.of(version), DEFAULT_PAGE);
  }

  /**
   * Makes the request of a client that no longer wants to hear of the room.
   *
   * @param room the room
   * @return the message
   */
  public static ChatRoomRequest unsubscribe(String room) {
    return new ChatRoomRequest(
        new JsonObject(members(Kind.CHAT_UNSUBSCRIBE, room)),
        Kind.CHAT_UNSUBSCRIBE,
        room,
        OptionalLong.empty(),
        0);
  }

  /**
   * Sets how many of the last messages are wanted if the server sends the state of the room.
   *
   * @param messages at least 1
   * @return this request with it
   * @throws IllegalArgumentException if {@code messages} is below 1
   * @throws IllegalStateException if this request ends a subscription
   */
  public ChatRoomRequest withLimit(int messages) {
    if (kind != Kind.CHAT_SUBSCRIBE) {
      throw new IllegalStateException("no messages answer " + kind);
    }
    Map<String, JsonValue> members = new LinkedHashMap<>(request().members());
    members.put("limit", JsonValue.of(checkPage(messages)));
    return new ChatRoomRequest(new JsonObject(members), kind, room(), version, messages);
  }

  static ChatRoomRequest read(Kind kind, JsonObject request, Members members) {
    String room = members.name("r");
    return kind == Kind.CHAT_SUBSCRIBE
        ? new ChatRoomRequest(request, kind, room, members.optionalInteger("v"), page(members))
        : new ChatRoomRequest(request, kind, room, OptionalLong.empty(), 0);
  }

  @Override
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the version that the client has.
   *
   * @return the number of events that it knows, or empty if it wants the state of the room; always
   *     empty when unsubscribing
   */
  public OptionalLong version() {
    return version;
  }

  /**
   * Returns how many of the last messages are wanted if the server sends the state of the room.
   *
   * @return the number, at least 1; 0 when unsubscribing
   */
  public int limit() {
    return limit;
  }
}
