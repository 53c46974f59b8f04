package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.Map;

/**
 * What a client asks of a chat room; only in the extended dialect.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public abstract sealed class ChatRequest extends ClientMessage
    permits ChatRoomRequest,
        ChatSubmitRequest,
        ChatHistoryRequest,
        ChatTypingRequest,
        ChatReadRequest {

  /** How many messages a request asks for that does not say. */
  public static final int DEFAULT_PAGE = 50;

  private final String room;

  ChatRequest(JsonObject request, String room) {
    super(request);
    this.room = room;
  }

  /** Starts the members of a request. */
  static Map<String, JsonValue> members(Kind kind, String room) {
    Map<String, JsonValue> members = action(kind);
    members.put("r", JsonValue.of(room));
    return members;
  }

  /** Reads how many messages are asked for. */
  static int page(Members members) {
    int most = members.limits().page();
    if (members.isAbsentOrNull("limit")) {
      return Math.min(DEFAULT_PAGE, most);
    }
    long limit = members.positive("limit");
    if (limit > most) {
      throw JsonReader.tooLarge(ErrorCodes.BATCH_TOO_LARGE, "number of chat messages", limit, most);
    }
    return (int) limit;
  }

  static int checkPage(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is below 1");
    }
    return limit;
  }

  /**
   * Returns the room.
   *
   * @return its name
   */
  public final String room() {
    return room;
  }
}
