package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A request for one page of a chat room's messages.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatHistoryRequest extends ChatRequest {

  private final long number;
  private final OptionalLong before;
  private final OptionalLong after;
  private final int limit;

  private ChatHistoryRequest(
      JsonObject request,
      String room,
      long number,
      OptionalLong before,
      OptionalLong after,
      int limit) {
    super(request, room);
    this.number = number;
    this.before = before;
    this.after = after;
    this.limit = limit;
  }

  /**
   * Makes a request for the newest messages.
   *
   * @param room the room
   * @param number the client's number for the request, from 0 to 2^53 − 1
   * @return the message
   * @throws IllegalArgumentException if {@code number} is outside its range
   */
  public static ChatHistoryRequest newest(String room, long number) {
    return of(room, number, OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * Makes a request for the messages before one.
   *
   * @param room the room
   * @param number the client's number for the request, from 0 to 2^53 − 1
   * @param message the id of a message, from 0 to 2^53 − 1
   * @return the message
   * @throws IllegalArgumentException if {@code number} or {@code message} is outside its range
   */
  public static ChatHistoryRequest before(String room, long number, long message) {
    return of(room, number, OptionalLong.of(message), OptionalLong.empty());
  }

  /**
   * Makes a request for the messages behind one.
   *
   * @param room the room
   * @param number the client's number for the request, from 0 to 2^53 − 1
   * @param message the id of a message, from 0 to 2^53 − 1
   * @return the message
   * @throws IllegalArgumentException if {@code number} or {@code message} is outside its range
   */
  public static ChatHistoryRequest after(String room, long number, long message) {
    return of(room, number, OptionalLong.empty(), OptionalLong.of(message));
  }

  private static ChatHistoryRequest of(
      String room, long number, OptionalLong before, OptionalLong after) {
    Map<String, JsonValue> members = members(Kind.CHAT_HISTORY, room);
    members.put("id", Members.number("number", number));
    before.ifPresent(message -> members.put("before", Members.number("message", message)));
    after.ifPresent(message -> members.put("after", Members.number("message", message)));
    return new ChatHistoryRequest(
        new JsonObject(members), room, number, before, after, DEFAULT_PAGE);
  }

  /**
   * Sets how many messages are wanted.
   *
   * @param messages at least 1
   * @return this request with it
   * @throws IllegalArgumentException if {@code messages} is below 1
   */
  public ChatHistoryRequest withLimit(int messages) {
    Map<String, JsonValue> members = new LinkedHashMap<>(request().members());
    members.put("limit", JsonValue.of(checkPage(messages)));
    return new ChatHistoryRequest(new JsonObject(members), room(), number, before, after, messages);
  }

  static ChatHistoryRequest read(JsonObject request, Members members) {
    ChatHistoryRequest read =
        new ChatHistoryRequest(
            request,
            members.name("r"),
            members.integer("id"),
            members.optionalInteger("before"),
            members.optionalInteger("after"),
            page(members));
    if (read.before.isPresent() && read.after.isPresent()) {
      throw Members.badlyFormed("both before and after are set");
    }
    return read;
  }

  @Override
  public Kind kind() {
    return Kind.CHAT_HISTORY;
  }

  /**
   * Returns the client's number for the request, by which it finds the answer.
   *
   * @return the number
   */
  public long number() {
    return number;
  }

  /**
   * Returns the message that the page ends in front of.
   *
   * @return its id, or empty; if {@link #after} is empty too, the newest messages are wanted
   */
  public OptionalLong before() {
    return before;
  }

  /**
   * Returns the message that the page begins behind.
   *
   * @return its id, or empty; if {@link #before} is empty too, the newest messages are wanted
   */
  public OptionalLong after() {
    return after;
  }

  /**
   * Returns how many messages are wanted.
   *
   * @return the number, at least 1
   */
  public int limit() {
    return limit;
  }
}
