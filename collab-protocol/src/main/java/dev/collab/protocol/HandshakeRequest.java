package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first message: who the client says it is and what it speaks.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class HandshakeRequest extends ClientMessage {

  private final @Nullable String id;
  private final long protocol;
  private final long protocolMinor;
  private final long extension;

  HandshakeRequest(
      JsonObject request, @Nullable String id, long protocol, long protocolMinor, long extension) {
    super(request);
    this.id = id;
    this.protocol = protocol;
    this.protocolMinor = protocolMinor;
    this.extension = extension;
  }

  /**
   * Makes the handshake of a client that has an id.
   *
   * @param id the id the server gave it before
   * @param extension whether it asks for the extension
   * @return the message
   */
  public static HandshakeRequest returning(String id, boolean extension) {
    return of(requireNonNull(id, "id"), extension);
  }

  /**
   * Makes the handshake of a client that has no id yet.
   *
   * @param extension whether it asks for the extension
   * @return the message
   */
  public static HandshakeRequest first(boolean extension) {
    return of(null, extension);
  }

  private static HandshakeRequest of(@Nullable String id, boolean extension) {
    Map<String, JsonValue> members = action(Kind.HANDSHAKE);
    members.put("id", id == null ? JsonValue.NULL : JsonValue.of(id));
    members.put("protocol", JsonValue.of(JsonCodec.PROTOCOL));
    members.put("protocolMinor", JsonValue.of(JsonCodec.PROTOCOL_MINOR));
    if (extension) {
      members.put("collab", JsonValue.of(JsonCodec.EXTENSION));
    }
    return new HandshakeRequest(
        new JsonObject(members),
        id,
        JsonCodec.PROTOCOL,
        JsonCodec.PROTOCOL_MINOR,
        extension ? JsonCodec.EXTENSION : 0);
  }

  @Override
  public Kind kind() {
    return Kind.HANDSHAKE;
  }

  /**
   * Returns the id the client offers.
   *
   * @return the id, or empty if it has none
   */
  public Optional<String> id() {
    return Optional.ofNullable(id);
  }

  /**
   * Returns the protocol's version.
   *
   * @return the version; 1 is the only one known
   */
  public long protocol() {
    return protocol;
  }

  /**
   * Returns the protocol's minor version.
   *
   * @return the version; below 2 the client does not know {@link ErrorCodes#NO_OPERATION}
   */
  public long protocolMinor() {
    return protocolMinor;
  }

  /**
   * Returns the newest version of the extension that the client speaks.
   *
   * @return the version, or 0 if it does not ask for the extension
   */
  public long extension() {
    return extension;
  }
}
