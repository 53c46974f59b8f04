package dev.collab.server.session;

import dev.collab.document.ClientId;
import dev.collab.presence.User;
import dev.collab.protocol.HandshakeRequest;
import dev.collab.server.access.Caller;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Who a connection is. The id of the handshake is a secret between server and client; the public
 * {@link ClientId} is derived from it and the principal, by every node alike.
 *
 * <p>Immutable.
 *
 * @param secret the id of the handshake
 * @param caller who was authenticated, with the public id
 */
public record Identity(String secret, Caller caller) {

  private static final int SECRET_BYTES = 16;
  private static final int ID_BYTES = 16;

  /** What a random 128-bit number looks like, in the alphabets that clients use for it. */
  private static final Pattern SHAPE = Pattern.compile("[0-9A-Za-z_-]{22,64}");

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** Adopts the offered secret if it has the shape of one, else issues a new one. */
  static String secret(HandshakeRequest handshake, RandomGenerator random) {
    return handshake
        .id()
        .filter(id -> SHAPE.matcher(id).matches())
        .orElseGet(() -> newSecret(random));
  }

  private static String newSecret(RandomGenerator random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return BASE64.encodeToString(bytes);
  }

  /** Returns the public id of a principal's client. */
  static ClientId publicId(String principal, String secret) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(principal.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      byte[] hash = digest.digest(secret.getBytes(StandardCharsets.UTF_8));
      return new ClientId(BASE64.encodeToString(Arrays.copyOf(hash, ID_BYTES)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the public id, under which the client's entries stand in logs. */
  public ClientId clientId() {
    return caller.client();
  }

  /** Returns who others see. */
  public User user() {
    return caller.user();
  }

  /** Keeps the secret out of logs. */
  @Override
  public String toString() {
    return clientId().toString();
  }
}
