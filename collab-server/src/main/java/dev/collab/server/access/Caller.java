package dev.collab.server.access;

import static java.util.Objects.requireNonNull;

import dev.collab.document.ClientId;
import dev.collab.presence.User;
import dev.collab.transport.PeerInfo;
import java.util.Map;
import java.util.Optional;

/**
 * Who asks for something: a client that was authenticated, on the connection that it has now.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class Caller {

  private final String principal;
  private final ClientId client;
  private final User user;
  private final Map<String, String> attributes;
  private final PeerInfo peer;

  private Caller(
      String principal, ClientId client, User user, Map<String, String> attributes, PeerInfo peer) {
    this.principal = requireNonNull(principal, "principal");
    this.client = requireNonNull(client, "client");
    this.user = requireNonNull(user, "user");
    this.attributes = Map.copyOf(attributes);
    this.peer = requireNonNull(peer, "peer");
  }

  /**
   * Returns a caller, as the server makes them; also for tests of policies.
   *
   * @param client the public id of the client
   * @param accepted what the authenticator said
   * @param peer what the transport knows of the connection
   * @return the caller
   */
  public static Caller of(ClientId client, Authentication.Accepted accepted, PeerInfo peer) {
    return new Caller(accepted.principal(), client, accepted.user(), accepted.attributes(), peer);
  }

  /**
   * Returns this caller as another user.
   *
   * @param value who the others see
   * @return the caller with it
   */
  public Caller withUser(User value) {
    return new Caller(principal, client, value, attributes, peer);
  }

  /**
   * Returns the authenticated name.
   *
   * @return the name, or an empty string for somebody who is not known
   */
  public String principal() {
    return principal;
  }

  /**
   * Tells whether nothing is known of who it is.
   *
   * @return whether {@link #principal} is empty
   */
  public boolean isAnonymous() {
    return principal.isEmpty();
  }

  /**
   * Returns the client's public id, under which its entries stand in logs.
   *
   * @return the id; a principal may have many clients
   */
  public ClientId client() {
    return client;
  }

  /**
   * Returns who the others see.
   *
   * @return the user
   */
  public User user() {
    return user;
  }

  /**
   * Returns what the authenticator found out besides, such as a role.
   *
   * @param name the attribute's name
   * @return its value, or empty if the authenticator gave none
   */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /**
   * Returns what the transport knows of the connection.
   *
   * @return the origin, address and principal
   */
  public PeerInfo peer() {
    return peer;
  }

  /** Returns the client's public id. */
  @Override
  public String toString() {
    return client.toString();
  }
}
