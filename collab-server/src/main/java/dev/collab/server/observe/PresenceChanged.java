package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.document.ClientId;

/**
 * A presence of a client of this server has changed.
 *
 * <p>Immutable.
 *
 * @param channel the channel; collection.document for those of documents
 * @param client who owns it
 * @param change what has happened to it
 * @since 0.1
 */
public record PresenceChanged(String channel, ClientId client, Change change) {

  /** What has happened to it. Further ones may be added. */
  public enum Change {
    /** It was set, moved by its owner or renewed. */
    UPDATED,
    /** Its owner took it back, or its connection has ended. */
    REMOVED,
    /** Its lease has expired: the owner is gone without a goodbye. */
    EXPIRED
  }

  /**
   * Checks the arguments.
   *
   * @param channel the channel; collection.document for those of documents
   * @param client who owns it
   * @param change what has happened to it
   * @throws NullPointerException if one is null
   */
  public PresenceChanged {
    requireNonNull(channel, "channel");
    requireNonNull(client, "client");
    requireNonNull(change, "change");
  }
}
