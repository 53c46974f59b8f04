package dev.collab.server.control;

import dev.collab.operation.Bias;
import dev.collab.operation.OperationType;
import dev.collab.operation.Side;
import dev.collab.value.JsonValue;

/**
 * The type of the document that is the control log. Servers alone edit it, at its head, so nothing
 * is ever concurrent; the laws that speak of concurrent operations and of inverses do not hold, for
 * the reasons that {@link dev.collab.chat.ChatType} has.
 *
 * <p>Thread-safe.
 */
final class ControlType implements OperationType<ControlState, ControlOperation> {

  static final ControlType CONTROL = new ControlType();

  /** The name under which it is stored. */
  static final String URI = "urn:collab:type:control";

  private ControlType() {}

  @Override
  public String name() {
    return "control";
  }

  @Override
  public String uri() {
    return URI;
  }

  @Override
  public Class<ControlOperation> operationClass() {
    return ControlOperation.class;
  }

  @Override
  public ControlState create(JsonValue data) {
    return data == JsonValue.NULL ? ControlState.NONE : ControlStore.state(data);
  }

  @Override
  public JsonValue encodeState(ControlState state) {
    return ControlStore.encode(state);
  }

  @Override
  public ControlOperation decodeOperation(JsonValue value) {
    return new ControlOperation(ControlStore.events(value));
  }

  @Override
  public JsonValue encodeOperation(ControlOperation operation) {
    return ControlStore.encode(operation.events());
  }

  @Override
  public ControlState apply(ControlState state, ControlOperation operation) {
    return state.with(operation.events());
  }

  @Override
  public ControlOperation admit(ControlState state, ControlOperation operation) {
    return operation;
  }

  @Override
  public ControlOperation compose(ControlOperation first, ControlOperation second) {
    return first.then(second);
  }

  @Override
  public ControlOperation transform(ControlOperation operation, ControlOperation over, Side side) {
    return operation;
  }

  @Override
  public ControlOperation invert(ControlOperation operation, ControlState before) {
    return ControlOperation.NOOP;
  }

  @Override
  public JsonValue transformPosition(JsonValue position, ControlOperation operation, Bias bias) {
    return position;
  }

  @Override
  public ControlOperation noop() {
    return ControlOperation.NOOP;
  }

  @Override
  public long checksum(ControlState state) {
    return ControlStore.checksum(state);
  }

  @Override
  public long size(ControlState state) {
    return state.newest().size();
  }
}
