package dev.collab.server.access;

import static java.util.Objects.requireNonNull;

import dev.collab.transport.PeerInfo;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client shows to be let in, and how it would like to be shown to others.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class Credentials {

  private final PeerInfo peer;
  private final String guestId;
  private final @Nullable String token;
  private final @Nullable String proposedName;
  private final @Nullable String proposedColor;

  private Credentials(
      PeerInfo peer,
      String guestId,
      @Nullable String token,
      @Nullable String proposedName,
      @Nullable String proposedColor) {
    this.peer = peer;
    this.guestId = guestId;
    this.token = token;
    this.proposedName = proposedName;
    this.proposedColor = proposedColor;
  }

  /**
   * Returns the credentials of a client that shows nothing but its connection.
   *
   * @param peer what the transport knows of the connection
   * @param guestId see {@link #guestId}
   * @return the credentials
   */
  public static Credentials of(PeerInfo peer, String guestId) {
    return new Credentials(
        requireNonNull(peer, "peer"), requireNonNull(guestId, "guestId"), null, null, null);
  }

  /**
   * Adds a token.
   *
   * @param value the token
   * @return the credentials with it
   */
  public Credentials withToken(String value) {
    return new Credentials(
        peer, guestId, requireNonNull(value, "value"), proposedName, proposedColor);
  }

  /**
   * Adds the name under which the client would like to be shown.
   *
   * @param value a name of length 1 to 64
   * @return the credentials with it
   */
  public Credentials withProposedName(String value) {
    return new Credentials(peer, guestId, token, requireNonNull(value, "value"), proposedColor);
  }

  /**
   * Adds the colour in which the client would like to be shown.
   *
   * @param value {@code #rgb} or {@code #rrggbb}
   * @return the credentials with it
   */
  public Credentials withProposedColor(String value) {
    return new Credentials(peer, guestId, token, proposedName, requireNonNull(value, "value"));
  }

  /**
   * Returns what the transport knows of the connection. Its principal was authenticated by the
   * application's own means, a session cookie for instance.
   *
   * @return the origin, address and principal
   */
  public PeerInfo peer() {
    return peer;
  }

  /**
   * Returns an id for a user of whom nothing is known: the same each time the client comes back,
   * and nobody else's.
   *
   * @return an id that may be shown to others
   */
  public String guestId() {
    return guestId;
  }

  /**
   * Returns what the client gives as proof. A client of the base has none to give.
   *
   * @return the token as the application issued it, or empty; a secret, which belongs into no log
   */
  public Optional<String> token() {
    return Optional.ofNullable(token);
  }

  /**
   * Returns the name under which the client would like to be shown. It proves nothing.
   *
   * @return a name of length 1 to 64, or empty
   */
  public Optional<String> proposedName() {
    return Optional.ofNullable(proposedName);
  }

  /**
   * Returns the colour in which the client would like to be shown.
   *
   * @return {@code #rgb} or {@code #rrggbb}, or empty
   */
  public Optional<String> proposedColor() {
    return Optional.ofNullable(proposedColor);
  }

  /** Returns the guest id: a token belongs into no log. */
  @Override
  public String toString() {
    return guestId;
  }
}
