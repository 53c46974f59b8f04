package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that a client wants to happen in a chat room: a message, a change of one, somebody who
 * joins or leaves.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatSubmitRequest extends ChatRequest {

  private final long sequence;
  private final JsonObject event;
  private final @Nullable String source;

  private ChatSubmitRequest(
      JsonObject request, String room, long sequence, JsonObject event, @Nullable String source) {
    super(request, room);
    this.sequence = sequence;
    this.event = event;
    this.source = source;
  }

  /**
   * Makes the request of a client that sends an event for the first time.
   *
   * @param room the room
   * @param sequence the client's number for it in this room, from 1 to 2^53 − 2
   * @param event an object of exactly one member, which the server checks
   * @return the message
   * @throws IllegalArgumentException if {@code sequence} is outside its range
   */
  public static ChatSubmitRequest of(String room, long sequence, JsonObject event) {
    Map<String, JsonValue> members = members(Kind.CHAT_SUBMIT, room);
    members.put("seq", Members.number("sequence", Members.checkSequence(sequence)));
    members.put("e", requireNonNull(event, "event"));
    return new ChatSubmitRequest(new JsonObject(members), room, sequence, event, null);
  }

  /**
   * Adds the id under which the event was first sent, for one that is sent again.
   *
   * @param id the client's own id
   * @return this request with it
   */
  public ChatSubmitRequest withSource(String id) {
    Map<String, JsonValue> members = new LinkedHashMap<>(request().members());
    members.put("src", JsonValue.of(id));
    return new ChatSubmitRequest(new JsonObject(members), room(), sequence, event, id);
  }

  /**
   * Returns the request for another event, as a server makes it of what a client sent. An error
   * goes on to echo what was sent.
   *
   * @param other an object of exactly one member, which the server checks
   * @return the request with it; {@link #request} is that of this request
   */
  public ChatSubmitRequest withEvent(JsonObject other) {
    return new ChatSubmitRequest(
        request(), room(), sequence, requireNonNull(other, "event"), source);
  }

  static ChatSubmitRequest read(JsonObject request, Members members) {
    String room = members.name("r");
    long sequence = members.sequence("seq");
    String source = members.optionalSource().orElse(null);
    JsonObject event = ChatEvents.check(members.required("e"), members.limits());
    return new ChatSubmitRequest(request, room, sequence, event, source);
  }

  @Override
  public Kind kind() {
    return Kind.CHAT_SUBMIT;
  }

  /**
   * Returns the client's number for the event in this room.
   *
   * @return the number, from 1 to 2^53 − 2
   */
  public long sequence() {
    return sequence;
  }

  /**
   * Returns what is to happen. Of what was received it has those members that the protocol knows,
   * and each is of the form that the protocol asks for.
   *
   * @return an object of exactly one member
   */
  public JsonObject event() {
    return event;
  }

  /**
   * Returns the id under which the event was first sent.
   *
   * @return the id, or empty for the connection's own
   */
  public Optional<String> source() {
    return Optional.ofNullable(source);
  }
}
