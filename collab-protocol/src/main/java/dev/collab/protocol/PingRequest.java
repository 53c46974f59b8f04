package dev.collab.protocol;

import dev.collab.value.JsonValue.JsonObject;

/**
 * A question whether the server is there.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class PingRequest extends ClientMessage {

  PingRequest(JsonObject request) {
    super(request);
  }

  /**
   * Makes a ping.
   *
   * @return the message
   */
  public static PingRequest of() {
    return new PingRequest(new JsonObject(action(Kind.PING)));
  }

  @Override
  public Kind kind() {
    return Kind.PING;
  }
}
