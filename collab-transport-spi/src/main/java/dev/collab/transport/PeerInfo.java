package dev.collab.transport;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * What an adapter knows of the other end of a connection.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class PeerInfo {

  private static final PeerInfo ANONYMOUS = new PeerInfo("", Map.of());

  private final String principal;
  private final Map<String, String> attributes;

  private PeerInfo(String principal, Map<String, String> attributes) {
    this.principal = principal;
    this.attributes = attributes;
  }

  /**
   * Returns the information that nothing is known.
   *
   * @return no principal, no attributes
   */
  public static PeerInfo anonymous() {
    return ANONYMOUS;
  }

  /**
   * Returns the information about a peer.
   *
   * @param principal the authenticated name, or an empty string
   * @param attributes further facts by name, such as {@code origin}, {@code remote} or {@code
   *     query}; copied
   * @return the information
   */
  public static PeerInfo of(String principal, Map<String, String> attributes) {
    return new PeerInfo(requireNonNull(principal, "principal"), Map.copyOf(attributes));
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
   * Returns a further fact.
   *
   * @param name the fact's name, such as {@code origin}
   * @return its value, or empty if the adapter does not know it
   */
  public Optional<String> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }
}
