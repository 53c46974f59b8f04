package dev.collab.server.access;

import dev.collab.presence.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Makes users of what a transport says of its peers. */
final class TransportUsers {

  private static final String GUEST = "Guest";

  private TransportUsers() {}

  static Authentication authenticate(Credentials credentials) {
    String principal = credentials.peer().principal();
    String id = principal.isEmpty() ? credentials.guestId() : id(principal);
    String name =
        credentials.proposedName().orElseGet(() -> principal.isEmpty() ? GUEST : name(principal));
    User user = User.of(id, name);
    return Authentication.accepted(
        principal, credentials.proposedColor().map(user::withColor).orElse(user));
  }

  /** A principal that no user can have as an id is known by its hash. */
  private static String id(String principal) {
    return principal.length() <= User.MAX_ID_LENGTH && isWellFormed(principal)
        ? principal
        : hash(principal);
  }

  private static String name(String principal) {
    if (!isWellFormed(principal)) {
      return GUEST;
    }
    int end = Math.min(principal.length(), User.MAX_NAME_LENGTH);
    boolean cutsPair = end < principal.length() && Character.isLowSurrogate(principal.charAt(end));
    return principal.substring(0, cutsPair ? end - 1 : end);
  }

  private static boolean isWellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static String hash(String text) {
    try {
      // an encoder would make the same bytes of two texts that are not well-formed
      ByteBuffer bytes = ByteBuffer.allocate(2 * text.length());
      bytes.asCharBuffer().put(text);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
