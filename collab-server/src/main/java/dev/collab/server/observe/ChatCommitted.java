package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

/**
 * A chat event that came to this server stands in the room's log.
 *
 * <p>Immutable.
 *
 * @param room the room
 * @param version the number of its entry
 * @param kind which event: post, edit, delete, join and so on, as on the wire
 * @since 0.1
 */
public record ChatCommitted(String room, long version, String kind) {

  /**
   * Checks the arguments.
   *
   * @param room the room
   * @param version the number of its entry
   * @param kind which event: post, edit, delete, join and so on, as on the wire
   * @throws NullPointerException if one is null
   */
  public ChatCommitted {
    requireNonNull(room, "room");
    requireNonNull(kind, "kind");
  }
}
