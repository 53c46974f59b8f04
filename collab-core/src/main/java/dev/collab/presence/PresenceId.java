package dev.collab.presence;

import static java.util.Objects.requireNonNull;

/**
 * Names one of the presences that a client shows in a channel.
 *
 * <p>Immutable.
 *
 * @param source the client that it belongs to
 * @param id the client's own name for it
 * @since 0.1
 */
public record PresenceId(String source, String id) {

  /**
   * Checks for null.
   *
   * @param source the client that it belongs to
   * @param id the client's own name for it
   */
  public PresenceId {
    requireNonNull(source, "source");
    requireNonNull(id, "id");
  }
}
