package dev.collab.presence;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The presences of one channel, as a server or a client knows them. Of each presence the newest
 * version counts, in whatever order the updates come: what is gone stays known for a while, so that
 * a late update does not bring it back.
 *
 * <p>An id belongs to the client that shows it, as long as it does.
 *
 * <p>Every method takes O(1) unless it says otherwise.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @since 0.1
 */
public final class PresenceTracker {

  private record Gone(long version, Instant at) {}

  private final Duration memory;
  private final Map<PresenceId, Presence> present = new LinkedHashMap<>();
  private final Map<String, String> owners = new LinkedHashMap<>();

  /** In the order of leaving. */
  private final Map<PresenceId, Gone> gone = new LinkedHashMap<>();

  /**
   * Creates a tracker without presences.
   *
   * @param memory how long a presence that is gone is remembered, longer than an update may be
   *     under way
   */
  public PresenceTracker(Duration memory) {
    this.memory = requireNonNull(memory, "memory");
  }

  /** What an update came to. */
  public enum Outcome {
    /** It is shown, or gone, from now on. */
    CHANGED,
    /** It is older than what is known; nothing changed. */
    OUTDATED,
    /** The id is another client's; nothing changed. */
    NOT_OWNED
  }

  /**
   * Takes in what a client shows. An update of the same version replaces the one that is known.
   *
   * @param update the presence from now on
   * @return what it came to
   */
  public Outcome update(Presence update) {
    PresenceId id = update.id();
    String owner = owners.get(id.id());
    if (owner != null && !owner.equals(id.source())) {
      return Outcome.NOT_OWNED;
    }
    Presence known = present.get(id);
    Gone left = gone.get(id);
    boolean older = known != null && update.version() < known.version();
    boolean late = left != null && update.version() <= left.version();
    if (older || late) {
      return Outcome.OUTDATED;
    }
    gone.remove(id);
    owners.put(id.id(), id.source());
    present.put(id, update);
    return Outcome.CHANGED;
  }

  /**
   * Takes in that a client shows something no longer.
   *
   * @param id what it showed
   * @param version the version with which it goes
   * @param now the time
   * @return what it came to; CHANGED also if it was not known before
   */
  public Outcome remove(PresenceId id, long version, Instant now) {
    String owner = owners.get(id.id());
    if (owner != null && !owner.equals(id.source())) {
      return Outcome.NOT_OWNED;
    }
    Presence known = present.get(id);
    Gone left = gone.get(id);
    boolean older = known != null && version < known.version();
    boolean late = left != null && version < left.version();
    if (older || late) {
      return Outcome.OUTDATED;
    }
    leave(id, version, now);
    return Outcome.CHANGED;
  }

  private void leave(PresenceId id, long version, Instant now) {
    present.remove(id);
    owners.remove(id.id());
    gone.remove(id);
    gone.put(id, new Gone(version, now));
    forget(now);
  }

  private void forget(Instant now) {
    Instant oldest = now.minus(memory);
    Iterator<Gone> oldestFirst = gone.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next().at().isBefore(oldest)) {
      oldestFirst.remove();
    }
  }

  /**
   * Removes a presence as if it had never been shown: the same version may come back.
   *
   * @param id what was shown
   */
  public void forget(PresenceId id) {
    if (present.remove(id) != null) {
      owners.remove(id.id());
    }
    gone.remove(id);
  }

  /**
   * Removes everything that a client shows, until it shows newer versions. Takes O(n) in the number
   * of presences.
   *
   * @param source the client
   * @param now the time
   * @return what it showed
   */
  public List<Presence> removeAll(String source, Instant now) {
    List<Presence> shown =
        present.values().stream().filter(one -> one.id().source().equals(source)).toList();
    for (Presence presence : shown) {
      leave(presence.id(), presence.version(), now);
    }
    return shown;
  }

  /**
   * Replaces presences by others of the same names and versions, as when a document has changed.
   * Takes O(n) in the number of presences.
   *
   * @param change gives the presence from now on
   */
  public void replaceAll(UnaryOperator<Presence> change) {
    present.replaceAll((id, presence) -> change.apply(presence));
  }

  /**
   * Finds a presence.
   *
   * @param id its name
   * @return the presence, or empty if it is not shown
   */
  public Optional<Presence> find(PresenceId id) {
    return Optional.ofNullable(present.get(id));
  }

  /**
   * Returns everything that is shown.
   *
   * @return the presences in the order of their first showing, unmodifiable, a copy
   */
  public List<Presence> all() {
    return List.copyOf(present.values());
  }

  /**
   * Returns what a client shows. Takes O(n) in the number of presences.
   *
   * @param source the client
   * @return the presences; unmodifiable, a copy
   */
  public List<Presence> of(String source) {
    List<Presence> shown = new ArrayList<>();
    for (Presence presence : present.values()) {
      if (presence.id().source().equals(source)) {
        shown.add(presence);
      }
    }
    return List.copyOf(shown);
  }

  /**
   * Tells whether nothing is shown.
   *
   * @return whether there is no presence
   */
  public boolean isEmpty() {
    return present.isEmpty();
  }

  /**
   * Returns how many presences are shown.
   *
   * @return at least 0
   */
  public int size() {
    return present.size();
  }
}
