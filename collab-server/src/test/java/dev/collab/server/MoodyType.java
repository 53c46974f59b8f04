package dev.collab.server;

import dev.collab.operation.Bias;
import dev.collab.operation.OperationType;
import dev.collab.operation.Side;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;

/** The text type as somebody might have written it: some words make it throw. */
final class MoodyType implements OperationType<Text, TextOperation> {

  private final OperationType<Text, TextOperation> text = TextType.TEXT;

  @Override
  public String name() {
    return text.name();
  }

  @Override
  public String uri() {
    return text.uri();
  }

  @Override
  public Class<TextOperation> operationClass() {
    return text.operationClass();
  }

  @Override
  public Text create(JsonValue data) {
    return text.create(data);
  }

  @Override
  public JsonValue encodeState(Text state) {
    if (state.toString().contains("secretive")) {
      throw new IllegalStateException("no state for you");
    }
    return text.encodeState(state);
  }

  @Override
  public TextOperation decodeOperation(JsonValue value) {
    return text.decodeOperation(value);
  }

  @Override
  public JsonValue encodeOperation(TextOperation operation) {
    return text.encodeOperation(operation);
  }

  @Override
  public Text apply(Text state, TextOperation operation) {
    Text after = text.apply(state, operation);
    switch (after.toString()) {
      case "runtime" -> throw new IllegalStateException("a defect");
      case "stack" -> throw new StackOverflowError();
      case "memory" -> throw new OutOfMemoryError("a pretended one");
      case "linkage" -> throw new NoClassDefFoundError("missing");
      default -> {
        return after;
      }
    }
  }

  @Override
  public TextOperation admit(Text state, TextOperation operation) {
    return text.admit(state, operation);
  }

  @Override
  public TextOperation compose(TextOperation first, TextOperation second) {
    return text.compose(first, second);
  }

  @Override
  public TextOperation transform(TextOperation operation, TextOperation over, Side side) {
    return text.transform(operation, over, side);
  }

  @Override
  public TextOperation invert(TextOperation operation, Text before) {
    return text.invert(operation, before);
  }

  @Override
  public JsonValue transformPosition(JsonValue position, TextOperation operation, Bias bias) {
    return text.transformPosition(position, operation, bias);
  }

  @Override
  public TextOperation noop() {
    return text.noop();
  }

  @Override
  public long checksum(Text state) {
    return text.checksum(state);
  }

  @Override
  public long size(Text state) {
    return text.size(state);
  }
}
