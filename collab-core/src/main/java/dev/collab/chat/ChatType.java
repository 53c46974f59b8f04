package dev.collab.chat;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.Bias;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.OperationType;
import dev.collab.operation.Side;
import dev.collab.value.JsonValue;

/**
 * The type of a document that is a chat room. With it a room has all that documents have: one order
 * for everybody, an entry only once, snapshots, and logs that outlive a server.
 *
 * <p>Only the authority edits such a document. Clients name an event; the server makes an operation
 * of it and submits it at {@link dev.collab.document.Submission#HEAD}, so nothing is ever
 * concurrent with it: {@link #transform} returns the operation as it is. The laws that speak of
 * concurrent operations (convergence) therefore do not hold, and cannot: of two messages posted at
 * once, who comes first is for the log to say. Nor does the law of inverses: {@link #invert}
 * returns the operation that does nothing, because what was said cannot be unsaid by the engine,
 * and because an inverse would keep what was deleted or erased. All other laws hold.
 *
 * <p>What clients may create or edit directly must not have this type: a server registers it in
 * {@linkplain dev.collab.document.DocumentRules rules} of their own.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class ChatType implements OperationType<ChatRoom, ChatOperation> {

  /** The name under which rooms are stored. */
  public static final String URI = "urn:collab:type:chat-room";

  /** The type with the limits that hold by default. */
  public static final ChatType CHAT = new ChatType(ChatLimits.DEFAULT);

  private final ChatLimits limits;

  private ChatType(ChatLimits limits) {
    this.limits = limits;
  }

  /**
   * Returns the type with other limits. Only {@link #admit} knows them: what was admitted once
   * applies everywhere.
   *
   * @param limits what a room admits
   * @return the type
   */
  public static ChatType with(ChatLimits limits) {
    return new ChatType(requireNonNull(limits, "limits"));
  }

  /**
   * Returns what a room admits.
   *
   * @return the limits
   */
  public ChatLimits limits() {
    return limits;
  }

  @Override
  public String name() {
    return "chat-room";
  }

  @Override
  public String uri() {
    return URI;
  }

  @Override
  public Class<ChatOperation> operationClass() {
    return ChatOperation.class;
  }

  @Override
  public ChatRoom create(JsonValue data) {
    return requireNonNull(data, "data") == JsonValue.NULL ? ChatRoom.EMPTY : ChatStore.room(data);
  }

  @Override
  public JsonValue encodeState(ChatRoom state) {
    return ChatStore.encode(state);
  }

  @Override
  public ChatOperation decodeOperation(JsonValue value) {
    return ChatStore.operation(requireNonNull(value, "value"));
  }

  @Override
  public JsonValue encodeOperation(ChatOperation operation) {
    return ChatStore.encode(operation);
  }

  /**
   * Lets the acts happen, in order. A new message gets the id behind the last one. Whether somebody
   * may do what is done is not looked at, see {@link #admit}.
   *
   * @param state the room before
   * @param operation what happens
   * @return the room after; O(log n) for each act and each message dropped
   * @throws InvalidOperationException if an act is about a message that is not there
   */
  @Override
  public ChatRoom apply(ChatRoom state, ChatOperation operation) {
    ChatRoom room = requireNonNull(state, "state");
    for (ChatAct act : operation.acts()) {
      room = room.with(act);
    }
    return room;
  }

  /**
   * Checks that everybody may do what is done, and within the limits. Read marks that change
   * nothing (of somebody who is no member any more, or has read further already) are left out.
   *
   * @param state the room
   * @param operation what is to happen
   * @return the operation to commit
   * @throws InvalidOperationException with one of the codes of {@link ChatRefusal} if one of the
   *     acts may not happen
   */
  @Override
  public ChatOperation admit(ChatRoom state, ChatOperation operation) {
    return new ChatAdmission(limits)
        .admit(requireNonNull(state, "state"), requireNonNull(operation, "operation"));
  }

  @Override
  public ChatOperation compose(ChatOperation first, ChatOperation second) {
    return first.then(second);
  }

  /** Returns the operation as it is: nothing is concurrent with what the authority does. */
  @Override
  public ChatOperation transform(ChatOperation operation, ChatOperation over, Side side) {
    requireNonNull(over, "over");
    requireNonNull(side, "side");
    return requireNonNull(operation, "operation");
  }

  /** Returns the operation that does nothing: an inverse would keep what is to be gone. */
  @Override
  public ChatOperation invert(ChatOperation operation, ChatRoom before) {
    apply(before, operation);
    return ChatOperation.NOOP;
  }

  /** Returns the position as it is: ids of messages do not move. */
  @Override
  public JsonValue transformPosition(JsonValue position, ChatOperation operation, Bias bias) {
    return requireNonNull(position, "position");
  }

  @Override
  public ChatOperation noop() {
    return ChatOperation.NOOP;
  }

  @Override
  public long checksum(ChatRoom state) {
    return Checksum.of(encodeState(state));
  }

  /** Returns the weight of all messages, which is never above {@link ChatRoom#MAX_WEIGHT}. */
  @Override
  public long size(ChatRoom state) {
    return state.weight();
  }
}
