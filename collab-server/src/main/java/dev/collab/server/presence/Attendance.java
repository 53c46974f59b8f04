package dev.collab.server.presence;

import dev.collab.presence.Presence;
import dev.collab.presence.PresenceId;
import dev.collab.presence.PresenceTracker;
import dev.collab.presence.PresenceTracker.Shown;
import dev.collab.presence.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who shows what in one channel, as far as this server knows, and through which of its sessions.
 * Methods that change it return what readers have to be told of it, in order.
 *
 * <p>Confined: callers must serialise calls.
 */
final class Attendance {

  private final String holder;
  private final PresencePace pace;
  private final PresenceTracker<PresenceRecord> tracker;
  private final Map<PresenceId, PresenceSession> local = new HashMap<>();

  /** The statuses that readers know of, by the clients' own names of the presences. */
  private final Map<String, Status> statuses = new HashMap<>();

  /** What other servers told of and is being moved to the newest revision, newest word each. */
  private final Set<PresenceRecord> awaited = new LinkedHashSet<>();

  Attendance(String holder, PresencePace pace) {
    this.holder = holder;
    this.pace = pace;
    this.tracker = new PresenceTracker<>(pace.memory());
  }

  /** Tells whether another client than the given one shows something under an id. */
  boolean isAnothers(PresenceId id) {
    return tracker
        .find(id.id())
        .filter(shown -> !shown.id().source().equals(id.source()))
        .isPresent();
  }

  boolean isShownBy(PresenceSession session, PresenceId id) {
    return local.get(id) == session;
  }

  boolean isUnused() {
    return local.isEmpty();
  }

  /** Returns the sessions of this server that show something. */
  Collection<PresenceSession> owners() {
    return new LinkedHashSet<>(local.values());
  }

  /** Returns what is to be seen. */
  List<PresenceRecord> visible() {
    return tracker.all().stream().map(Shown::presence).toList();
  }

  /** Returns what is shown, seen or not. */
  List<PresenceRecord> told() {
    return tracker.told().stream().map(Shown::presence).toList();
  }

  /** Notes what a session of this server shows. Null if something newer is known. */
  @Nullable List<PresenceRecord> submit(
      PresenceRecord record, PresenceSession session, Instant now) {
    List<PresenceRecord> changes = note(record, now);
    if (changes != null && !record.isGone()) {
      local.put(record.id(), session);
    }
    return changes;
  }

  /** Notes what somebody shows, or that it is gone. Null if something newer is known. */
  @Nullable List<PresenceRecord> note(PresenceRecord record, Instant now) {
    Optional<PresenceRecord> before = seen(record);
    boolean taken =
        record.isGone()
            ? tracker.remove(record.id(), record.showing(), now)
            : tracker.update(record.id(), record.showing(), record);
    if (!taken) {
      return null;
    }
    if (record.isGone() && record.showing().holder().equals(holder)) {
      local.remove(record.id());
    }
    return changes(before, record, now);
  }

  private Optional<PresenceRecord> seen(PresenceRecord record) {
    return tracker.find(record.id().id()).map(Shown::presence);
  }

  /**
   * Readers drop what has a lower version than they know, but for the end. So an end stands in
   * front of what does not follow on what they know.
   */
  private List<PresenceRecord> changes(
      Optional<PresenceRecord> before, PresenceRecord cause, Instant now) {
    Optional<PresenceRecord> after = seen(cause);
    List<PresenceRecord> changes = new ArrayList<>();
    if (before.isPresent() && after.isPresent() && before.get().isLike(after.get())) {
      return changes; // only the user's status may be another one
    }
    if (before.isPresent()) {
      PresenceRecord former = before.get();
      boolean follows =
          after
              .filter(next -> next.id().equals(former.id()))
              .filter(next -> next.version() >= former.version())
              .isPresent();
      if (!follows) {
        boolean ended = cause.isGone() && cause.id().equals(former.id());
        changes.add(ended && cause.version() >= former.version() ? cause : former.ended());
      }
    }
    after.ifPresent(changes::add);
    after.ifPresentOrElse(
        next -> statuses.put(next.id().id(), status(next, now)),
        () -> statuses.remove(cause.id().id()));
    return changes;
  }

  private Status status(PresenceRecord record, Instant now) {
    Presence presence = record.presence();
    return presence == null ? Status.AWAY : PresenceFrames.status(presence, now, pace.times());
  }

  /** Another server tells of something that has to be moved before it is noted. */
  void expect(PresenceRecord record) {
    awaited.removeIf(older -> isOfSame(older, record));
    awaited.add(record);
  }

  /** Tells whether a record is still to be noted that had to be moved before. */
  boolean arrives(PresenceRecord record) {
    return awaited.remove(record);
  }

  private static boolean isOfSame(PresenceRecord a, PresenceRecord b) {
    return a.id().equals(b.id()) && a.showing().holder().equals(b.showing().holder());
  }

  /** What another server showed is not to be found any more; it may come back as it was. */
  List<PresenceRecord> vanished(PresenceRecord record, Instant now) {
    awaited.removeIf(one -> isOfSame(one, record));
    String teller = record.showing().holder();
    boolean known =
        tracker
            .find(record.id(), teller)
            .filter(shown -> shown.showing().number() <= record.showing().number())
            .isPresent();
    if (!known) {
      return List.of();
    }
    Optional<PresenceRecord> before = seen(record);
    tracker.forget(record.id(), teller);
    return changes(before, record.ended(), now);
  }

  /** Returns the ends of everything that a session shows. */
  List<PresenceRecord> endsOf(PresenceSession session, LongSupplier numbers) {
    List<PresenceRecord> ends = new ArrayList<>();
    local.forEach(
        (id, owner) -> {
          if (owner == session) {
            own(id).ifPresent(record -> ends.add(record.ended(numbers.getAsLong())));
          }
        });
    return ends;
  }

  private Optional<PresenceRecord> own(PresenceId id) {
    return tracker.find(id, holder).map(Shown::presence);
  }

  /** Returns the end of one presence, if a session shows it. */
  Optional<PresenceRecord> endOf(PresenceId id, PresenceSession session, LongSupplier numbers) {
    return isShownBy(session, id)
        ? own(id).map(record -> record.ended(numbers.getAsLong()))
        : Optional.empty();
  }

  /** Returns what has to be told anew because the users of this server have done something. */
  List<PresenceRecord> active(LongSupplier numbers) {
    List<PresenceRecord> active = new ArrayList<>();
    local.forEach(
        (id, session) ->
            own(id)
                .filter(record -> isBehind(record, session.lastActive()))
                .ifPresent(
                    record ->
                        active.add(record.activeAt(session.lastActive(), numbers.getAsLong()))));
    return active;
  }

  private static boolean isBehind(PresenceRecord record, Instant lastActive) {
    Presence presence = record.presence();
    return presence != null && lastActive.isAfter(presence.lastActive());
  }

  /** Returns what is to be seen with another status than readers know of. */
  List<PresenceRecord> changedStatus(Instant now) {
    List<PresenceRecord> changed = new ArrayList<>();
    for (PresenceRecord record : visible()) {
      Status status = status(record, now);
      if (statuses.put(record.id().id(), status) != status) {
        changed.add(record);
      }
    }
    return changed;
  }

  /** Readers take whoever edits for active, even if the edit was made long before it came. */
  void edited(PresenceId id) {
    statuses.replace(id.id(), Status.IDLE, Status.ACTIVE);
  }

  /**
   * Moves what is shown along with a document, of which readers hear by themselves.
   *
   * @return what has no place in it any more, still shown
   */
  List<PresenceRecord> move(UnaryOperator<PresenceRecord> move) {
    List<PresenceRecord> misplaced = new ArrayList<>();
    tracker.replaceAll(
        record -> {
          PresenceRecord moved = move.apply(record);
          if (moved.isGone()) {
            misplaced.add(moved);
          }
          return moved.isGone() ? record : moved;
        });
    return misplaced;
  }
}
