package dev.collab.client;

import static java.util.Objects.requireNonNull;

import dev.collab.presence.PresenceId;
import dev.collab.presence.Selection;
import dev.collab.presence.Status;
import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import java.time.Duration;
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
 * @param idle how long the user had done nothing when this was told. With the time at which it was
 *     told that gives when the user was last seen; edits of the document count
 * @since 0.1
 */
public record Participant(PresenceId id, User user, JsonValue value, Status status, Duration idle) {

  /**
   * Checks for null.
   *
   * @param id names it
   * @param user who shows it
   * @param value what is shown
   * @param status whether the user is active, idle or away
   * @param idle how long the user had done nothing
   */
  public Participant {
    requireNonNull(id, "id");
    requireNonNull(user, "user");
    requireNonNull(value, "value");
    requireNonNull(status, "status");
    requireNonNull(idle, "idle");
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
