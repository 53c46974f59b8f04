package dev.collab.presence;

import static java.util.Objects.requireNonNull;

import dev.collab.value.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one client shows in a channel: any JSON value, of a user, as of a moment. In a document's
 * channel the value belongs to a revision and moves with the document.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class Presence {

  /** The revision of a presence that is not about a document. */
  public static final long NO_REVISION = -1;

  private final PresenceId id;
  private final long version;
  private final JsonValue value;
  private final long revision;
  private final User user;
  private final boolean away;
  private final Instant lastActive;

  private Presence(
      PresenceId id,
      long version,
      JsonValue value,
      long revision,
      User user,
      boolean away,
      Instant lastActive) {
    this.id = requireNonNull(id, "id");
    this.version = version;
    this.value = requireNonNull(value, "value");
    this.revision = revision;
    this.user = requireNonNull(user, "user");
    this.away = away;
    this.lastActive = requireNonNull(lastActive, "lastActive");
  }

  /**
   * Returns a presence that is not about a document.
   *
   * @param id its name
   * @param version the client's number for it, which grows with each update
   * @param value what is shown, not JSON null
   * @param user who shows it
   * @param lastActive when the user last did something
   * @return the presence
   * @throws IllegalArgumentException if {@code version} is negative or {@code value} is JSON null
   */
  public static Presence of(
      PresenceId id, long version, JsonValue value, User user, Instant lastActive) {
    if (version < 0) {
      throw new IllegalArgumentException("version " + version + " is negative");
    }
    if (value == JsonValue.NULL) {
      throw new IllegalArgumentException("a presence shows something");
    }
    return new Presence(id, version, value, NO_REVISION, user, false, lastActive);
  }

  /**
   * Returns this presence as one in a document.
   *
   * @param newRevision the revision that the value belongs to
   * @param newValue the value there
   * @return the presence
   * @throws IllegalArgumentException if {@code newRevision} is negative
   */
  public Presence at(long newRevision, JsonValue newValue) {
    if (newRevision < 0) {
      throw new IllegalArgumentException("revision " + newRevision + " is negative");
    }
    return newRevision == revision && newValue.equals(value)
        ? this
        : new Presence(id, version, newValue, newRevision, user, away, lastActive);
  }

  /**
   * Returns this presence of a user who is away or back.
   *
   * @param isAway whether the user said to be away
   * @return the presence
   */
  public Presence away(boolean isAway) {
    return isAway == away
        ? this
        : new Presence(id, version, value, revision, user, isAway, lastActive);
  }

  /**
   * Returns this presence of a user who has done something.
   *
   * @param now when
   * @return the presence
   */
  public Presence active(Instant now) {
    return now.equals(lastActive)
        ? this
        : new Presence(id, version, value, revision, user, away, now);
  }

  /**
   * Returns the status at a time.
   *
   * @param now the time
   * @param idleAfter how long somebody may do nothing and counts as active still
   * @param awayAfter how long somebody may do nothing and does not count as away
   * @return the status
   */
  public Status status(Instant now, Duration idleAfter, Duration awayAfter) {
    Duration quiet = Duration.between(lastActive, now);
    if (away || quiet.compareTo(awayAfter) >= 0) {
      return Status.AWAY;
    }
    return quiet.compareTo(idleAfter) >= 0 ? Status.IDLE : Status.ACTIVE;
  }

  /**
   * Returns its name.
   *
   * @return client and the client's own name for it
   */
  public PresenceId id() {
    return id;
  }

  /**
   * Returns the client's number for this update.
   *
   * @return at least 0; the greater one is newer
   */
  public long version() {
    return version;
  }

  /**
   * Returns what is shown.
   *
   * @return the value, not JSON null
   */
  public JsonValue value() {
    return value;
  }

  /**
   * Returns the revision of the document that the value belongs to.
   *
   * @return the revision, or {@link #NO_REVISION}
   */
  public long revision() {
    return revision;
  }

  /**
   * Returns who shows it.
   *
   * @return the user
   */
  public User user() {
    return user;
  }

  /**
   * Tells whether the user said to be away.
   *
   * @return whether it is so
   */
  public boolean isAway() {
    return away;
  }

  /**
   * Returns when the user last did something.
   *
   * @return the moment, by the server's clock
   */
  public Instant lastActive() {
    return lastActive;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Presence that
        && id.equals(that.id)
        && version == that.version
        && value.equals(that.value)
        && revision == that.revision
        && user.equals(that.user)
        && away == that.away
        && lastActive.equals(that.lastActive);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, version, revision, value);
  }

  /** Returns the name alone: what is shown belongs into no log. */
  @Override
  public String toString() {
    return id.toString();
  }
}
