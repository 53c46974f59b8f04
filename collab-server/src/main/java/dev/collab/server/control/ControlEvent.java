package dev.collab.server.control;

import static java.util.Objects.requireNonNull;

/**
 * Something that all servers have to hear of. The set is closed.
 *
 * <p>Immutable.
 *
 * @param kind what happened
 * @param target whom it is about
 * @param reason why, for people; empty but for a kick
 */
public record ControlEvent(Kind kind, Target target, String reason) {

  /** What can happen. */
  public enum Kind {
    /** Somebody is sent away. */
    KICK("kick"),
    /** What somebody may do has changed. */
    PERMISSIONS("permissions");

    private final String stored;

    Kind(String stored) {
      this.stored = stored;
    }

    String stored() {
      return stored;
    }
  }

  /** Checks for null. */
  public ControlEvent {
    requireNonNull(kind, "kind");
    requireNonNull(target, "target");
    requireNonNull(reason, "reason");
  }

  /** Somebody is sent away. */
  public static ControlEvent kick(Target target, String reason) {
    return new ControlEvent(Kind.KICK, target, reason);
  }

  /** What somebody may do has changed. */
  public static ControlEvent permissionsChanged(Target target) {
    return new ControlEvent(Kind.PERMISSIONS, target, "");
  }
}
