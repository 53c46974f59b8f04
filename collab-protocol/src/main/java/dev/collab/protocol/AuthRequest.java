package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.Map;

/**
 * A newer proof of who the client is, before the one it gave runs out.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class AuthRequest extends ClientMessage {

  private final String token;

  private AuthRequest(JsonObject request, String token) {
    super(request);
    this.token = token;
  }

  /**
   * Makes the message.
   *
   * @param token what proves who the client is, not empty
   * @return the message
   * @throws IllegalArgumentException if {@code token} is empty
   */
  public static AuthRequest of(String token) {
    if (token.isEmpty()) {
      throw new IllegalArgumentException("a token is not empty");
    }
    Map<String, JsonValue> members = action(Kind.AUTHENTICATE);
    members.put("token", JsonValue.of(token));
    return new AuthRequest(new JsonObject(members), token);
  }

  static AuthRequest read(JsonObject request, Members members) {
    return new AuthRequest(request, members.token());
  }

  @Override
  public Kind kind() {
    return Kind.AUTHENTICATE;
  }

  /**
   * Returns what proves who the client is.
   *
   * @return the token, a secret between this client and the server
   */
  public String token() {
    return token;
  }
}
