package dev.collab.protocol;

import dev.collab.value.JsonValue.JsonObject;

/**
 * A message that could be read but that no server may act on: it breaks a rule, or its action is
 * unknown or not offered. The answer is {@link ErrorReply#of(ProtocolException)}.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class RefusedRequest extends ClientMessage {

  private final ProtocolException error;

  RefusedRequest(JsonObject request, ProtocolException error) {
    super(request);
    this.error = error.about(request);
  }

  @Override
  public Kind kind() {
    return Kind.REFUSED;
  }

  /**
   * Returns why.
   *
   * @return the error, which carries the request
   */
  public ProtocolException error() {
    return error;
  }
}
