package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.document.ClientId;
import dev.collab.protocol.Dialect;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a connection: at first its number and who the transport takes the peer for; from
 * the handshake on also the client's public id and its dialect. Secrets are not part of it.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ConnectionInfo {

  private final long number;
  private final String principal;
  private final Instant openedAt;
  private final @Nullable ClientId client;
  private final @Nullable Dialect dialect;

  private ConnectionInfo(
      long number,
      String principal,
      Instant openedAt,
      @Nullable ClientId client,
      @Nullable Dialect dialect) {
    this.number = number;
    this.principal = principal;
    this.openedAt = openedAt;
    this.client = client;
    this.dialect = dialect;
  }

  /**
   * Returns what is known of a new connection.
   *
   * @param number its number, unique in the life of a server
   * @param principal the authenticated name, or an empty string
   * @param openedAt when the server took it over, by the server's clock
   * @return the information
   */
  public static ConnectionInfo opened(long number, String principal, Instant openedAt) {
    return new ConnectionInfo(
        number,
        requireNonNull(principal, "principal"),
        requireNonNull(openedAt, "openedAt"),
        null,
        null);
  }

  /**
   * Returns what is known from the handshake on.
   *
   * @param id the client's public id
   * @param agreed what both sides speak
   * @return the same connection with these two
   */
  public ConnectionInfo ready(ClientId id, Dialect agreed) {
    return new ConnectionInfo(
        number, principal, openedAt, requireNonNull(id, "id"), requireNonNull(agreed, "agreed"));
  }

  /**
   * Returns the same connection of another principal, when the handshake told who it is.
   *
   * @param name the authenticated name
   * @return the information with that name
   */
  public ConnectionInfo withPrincipal(String name) {
    return new ConnectionInfo(number, requireNonNull(name, "name"), openedAt, client, dialect);
  }

  /**
   * Returns the number of the connection, unique in the life of a server.
   *
   * @return 1 for the first one, growing
   */
  public long number() {
    return number;
  }

  /**
   * Returns the authenticated name.
   *
   * @return the name, or an empty string for an anonymous peer
   */
  public String principal() {
    return principal;
  }

  /**
   * Returns when the server took the connection over.
   *
   * @return the time by the server's clock
   */
  public Instant openedAt() {
    return openedAt;
  }

  /**
   * Returns the public id of the client.
   *
   * @return the id, or empty before the handshake
   */
  public Optional<ClientId> client() {
    return Optional.ofNullable(client);
  }

  /**
   * Returns what both sides speak.
   *
   * @return the dialect, or empty before the handshake
   */
  public Optional<Dialect> dialect() {
    return Optional.ofNullable(dialect);
  }

  /** Returns the number and the public id, for logs. */
  @Override
  public String toString() {
    return "connection " + number + client().map(id -> " of " + id.value()).orElse("");
  }
}
