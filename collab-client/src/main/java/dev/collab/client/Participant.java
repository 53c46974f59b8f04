package dev.collab.client;

import static java.util.Objects.requireNonNull;

import dev.collab.presence.PresenceId;
import dev.collab.presence.Selection;
import dev.collab.presence.Status;
import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import java.time.Instant;
import java.util.List;

/**
 * What somebody else shows.
 *
 * <p>Immutable.
 *
 * @param id names it
 * @param user who shows it
 * @param value what is shown; in a document, where it stands in the state that the user sees here
 * @param status whether the user is active, idle or away
 * @param lastActive when the user was last seen to do something, by this client's clock; edits of
 *     the document count. "Last seen three minutes ago" is the time since then
 * @since 0.1
 */
public record Participant(
    PresenceId id, User user, JsonValue value, Status status, Instant lastActive) {

  /**
   * Checks for null.
   *
   * @param id names it
   * @param user who shows it
   * @param value what is shown
   * @param status whether the user is active, idle or away
   * @param lastActive when the user was last seen to do something
   */
  public Participant {
    requireNonNull(id, "id");
    requireNonNull(user, "user");
    requireNonNull(value, "value");
    requireNonNull(status, "status");
    requireNonNull(lastActive, "lastActive");
  }

  /**
   * Returns the cursors and selections in the value.
   *
   * @return the selections, the main one first; empty if there are none; unmodifiable
   */
  public List<Selection> selections() {
    return Selection.decode(value);
  }

  /** Returns the name alone: what is shown belongs into no log. */
  @Override
  public String toString() {
    return id.toString();
  }
}
