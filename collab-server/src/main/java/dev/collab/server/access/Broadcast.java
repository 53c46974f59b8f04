package dev.collab.server.access;

import static java.util.Objects.requireNonNull;

import dev.collab.document.DocumentId;
import dev.collab.presence.User;
import java.util.Optional;

/**
 * What a server is about to tell a client of somebody else, and a {@link BroadcastFilter} may keep
 * from it.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface Broadcast {

  /**
   * Returns whom it tells of.
   *
   * @return the user, as the others see it
   */
  User user();

  /**
   * Somebody shows something.
   *
   * @param channel the presence channel
   * @param user who shows it
   * @param document the document that it is shown in, or empty if it is not in a document
   */
  record Presence(String channel, User user, Optional<DocumentId> document) implements Broadcast {

    /**
     * Checks for null.
     *
     * @param channel the presence channel
     * @param user who shows it
     * @param document the document that it is shown in
     */
    public Presence {
      requireNonNull(channel, "channel");
      requireNonNull(user, "user");
      requireNonNull(document, "document");
    }
  }

  /**
   * Somebody types in a chat room, or has stopped.
   *
   * @param room the room
   * @param user who types
   */
  record Typing(String room, User user) implements Broadcast {

    /**
     * Checks for null.
     *
     * @param room the room
     * @param user who types
     */
    public Typing {
      requireNonNull(room, "room");
      requireNonNull(user, "user");
    }
  }
}
