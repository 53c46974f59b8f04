package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.util.LinkedHashMap;
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
  private final @Nullable String token;
  private final @Nullable User user;

  private HandshakeRequest(
      JsonObject request,
      @Nullable String id,
      long protocol,
      long protocolMinor,
      long extension,
      @Nullable String token,
      @Nullable User user) {
    super(request);
    this.id = id;
    this.protocol = protocol;
    this.protocolMinor = protocolMinor;
    this.extension = extension;
    this.token = token;
    this.user = user;
  }

  /** Reads a handshake; what belongs to the extension only if it asks for that. */
  static HandshakeRequest read(JsonObject request, Members members) {
    String id = members.isAbsentOrNull("id") ? null : members.string("id");
    long protocol = version(members, "protocol", 1);
    long protocolMinor = version(members, "protocolMinor", 0);
    long extension = members.optionalInteger("collab").orElse(0);
    boolean extended = extension > 0;
    return new HandshakeRequest(
        request,
        id,
        protocol,
        protocolMinor,
        extension,
        extended && !members.isAbsentOrNull("token") ? members.token() : null,
        extended && !members.isAbsentOrNull("user") ? anonymous(members.object("user")) : null);
  }

  private static long version(Members members, String member, long absent) {
    JsonValue value = members.get(member).orElse(Members.number(member, absent));
    if (value instanceof JsonNumber number && number.isInteger() && number.value() >= 0) {
      return (long) number.value();
    }
    if (value instanceof JsonString string && string.value().matches("[0-9]{1,9}")) {
      return Long.parseLong(string.value());
    }
    throw Members.badlyFormed("member " + member + " is neither a version number nor its text");
  }

  /** Reads name and colour; an id is the server's to give. */
  private static User anonymous(JsonObject object) {
    Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
    members.put("id", JsonValue.of("-"));
    return Members.user(new JsonObject(members));
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
        extension ? JsonCodec.EXTENSION : 0,
        null,
        null);
  }

  /**
   * Adds what proves who the client is.
   *
   * @param value the token, not empty
   * @return this handshake with it
   * @throws IllegalArgumentException if {@code value} is empty
   * @throws IllegalStateException if this handshake does not ask for the extension
   */
  public HandshakeRequest withToken(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a token is not empty");
    }
    return with("token", JsonValue.of(value), value, user);
  }

  /**
   * Adds how the client would like its user to be shown; the server decides.
   *
   * @param value name and colour count, the id is the server's to give
   * @return this handshake with it
   * @throws IllegalStateException if this handshake does not ask for the extension
   */
  public HandshakeRequest withUser(User value) {
    Map<String, JsonValue> shown = new LinkedHashMap<>(value.encode().members());
    shown.remove("id");
    return with("user", new JsonObject(shown), token, value);
  }

  private HandshakeRequest with(
      String member, JsonValue value, @Nullable String newToken, @Nullable User newUser) {
    if (extension == 0) {
      throw new IllegalStateException("the base has no member " + member);
    }
    Map<String, JsonValue> members = new LinkedHashMap<>(request().members());
    members.put(member, value);
    return new HandshakeRequest(
        new JsonObject(members), id, protocol, protocolMinor, extension, newToken, newUser);
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

  /**
   * Returns what proves who the client is.
   *
   * @return the token, or empty if there is none
   */
  public Optional<String> token() {
    return Optional.ofNullable(token);
  }

  /**
   * Returns the name under which the client would like to be shown.
   *
   * @return a name of length 1 to 64, or empty if it does not say
   */
  public Optional<String> userName() {
    return Optional.ofNullable(user).map(User::name);
  }

  /**
   * Returns the colour in which the client would like to be shown.
   *
   * @return {@code #rgb} or {@code #rrggbb}, or empty if it does not say
   */
  public Optional<String> userColor() {
    return Optional.ofNullable(user).flatMap(User::color);
  }
}
