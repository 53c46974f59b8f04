package dev.collab.presence;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is shown in one channel, put together from what several servers tell of their own clients.
 * Each server is believed about itself alone, and its newest word counts: so everybody who has
 * heard the same knows the same, in whatever order and however often it came. What is gone stays
 * known for a while, so that a late update does not bring it back.
 *
 * <p>A removal ends what was shown: whatever its owner numbers the next update with, it is shown.
 * (Versions order the updates of one connection; see {@link Showing} for what orders those of
 * several.)
 *
 * <p>An id belongs to the client that shows it, as long as it does. If two clients show the same id
 * before either server knows of the other, the older connection has it, and the other one when that
 * is gone.
 *
 * <p>Every method takes O(1) in the number of ids unless it says otherwise.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @param <P> what is known of a presence
 * @since 0.1
 */
public final class PresenceTracker<P> {

  /** Who tells of which presence. */
  private record Teller(PresenceId id, String holder) {}

  private record Gone(long number, Instant at) {}

  /**
   * A presence as one holder shows it.
   *
   * @param id its name
   * @param showing through whom it is shown
   * @param presence what is known of it
   * @param <P> what is known of a presence
   */
  public record Shown<P>(PresenceId id, Showing showing, P presence) {

    /**
     * Checks for null.
     *
     * @param id its name
     * @param showing through whom it is shown
     * @param presence what is known of it
     */
    public Shown {
      requireNonNull(id, "id");
      requireNonNull(showing, "showing");
      requireNonNull(presence, "presence");
    }
  }

  private final Duration memory;

  /** By the clients' own names: what is shown under each. None of the maps in it is empty. */
  private final Map<String, Map<Teller, Shown<P>>> present = new LinkedHashMap<>();

  /** In the order of leaving. */
  private final Map<Teller, Gone> gone = new LinkedHashMap<>();

  /**
   * Creates a tracker without presences.
   *
   * @param memory how long a presence that is gone is remembered, longer than an update may be
   *     under way
   */
  public PresenceTracker(Duration memory) {
    this.memory = requireNonNull(memory, "memory");
  }

  /**
   * Takes in that a client shows something.
   *
   * @param id the presence
   * @param showing through whom it is shown
   * @param presence what is known of it from now on
   * @return false if the holder's newer word, or this one, is known already; nothing changed
   */
  public boolean update(PresenceId id, Showing showing, P presence) {
    Teller teller = new Teller(id, showing.holder());
    Map<Teller, Shown<P>> same = present.getOrDefault(id.id(), Map.of());
    Shown<P> known = same.get(teller);
    Gone left = gone.get(teller);
    if ((known != null && showing.number() <= known.showing().number())
        || (left != null && showing.number() <= left.number())) {
      return false;
    }
    gone.remove(teller);
    present
        .computeIfAbsent(id.id(), name -> new LinkedHashMap<>())
        .put(teller, new Shown<>(id, showing, presence));
    return true;
  }

  /**
   * Takes in that a client shows something no longer.
   *
   * @param id what it showed
   * @param showing through whom; a removal counts more than an update of the same number
   * @param now the time
   * @return false if the holder's newer word is known already; nothing changed
   */
  public boolean remove(PresenceId id, Showing showing, Instant now) {
    Teller teller = new Teller(id, showing.holder());
    Shown<P> known = present.getOrDefault(id.id(), Map.of()).get(teller);
    Gone left = gone.get(teller);
    if ((known != null && showing.number() < known.showing().number())
        || (left != null && showing.number() <= left.number())) {
      return false;
    }
    drop(teller);
    gone.remove(teller);
    gone.put(teller, new Gone(showing.number(), now));
    forgetOldest(now);
    return true;
  }

  private void drop(Teller teller) {
    String name = teller.id().id();
    Map<Teller, Shown<P>> same = present.get(name);
    if (same != null) {
      same.remove(teller);
      if (same.isEmpty()) {
        present.remove(name);
      }
    }
  }

  private void forgetOldest(Instant now) {
    Instant oldest = now.minus(memory);
    Iterator<Gone> oldestFirst = gone.values().iterator();
    while (oldestFirst.hasNext() && oldestFirst.next().at().isBefore(oldest)) {
      oldestFirst.remove();
    }
  }

  /**
   * Removes a presence as if its holder had never told of it: the same word may come again.
   *
   * @param id what was shown
   * @param holder through whom
   */
  public void forget(PresenceId id, String holder) {
    Teller teller = new Teller(id, holder);
    drop(teller);
    gone.remove(teller);
  }

  /**
   * Replaces what is known of presences, as when a document has changed. Takes O(n) in the number
   * of presences.
   *
   * @param change gives what is known from now on
   */
  public void replaceAll(Function<? super P, ? extends P> change) {
    for (Map<Teller, Shown<P>> same : present.values()) {
      same.replaceAll(
          (teller, one) -> new Shown<>(one.id(), one.showing(), change.apply(one.presence())));
    }
  }

  /**
   * Finds what is to be seen under an id.
   *
   * @param id the client's own name for it
   * @return whose it is and what it shows; empty if nobody shows it
   */
  public Optional<Shown<P>> find(String id) {
    Map<Teller, Shown<P>> same = present.get(id);
    return same == null ? Optional.empty() : Optional.of(seen(same));
  }

  private static <P> Shown<P> seen(Map<Teller, Shown<P>> same) {
    if (same.size() == 1) {
      return same.values().iterator().next();
    }
    Comparator<Shown<P>> byAge =
        Comparator.comparing((Shown<P> one) -> one.showing().since())
            .thenComparing(one -> one.showing().holder())
            .thenComparing(one -> one.id().source());
    Map<String, Shown<P>> youngest = new LinkedHashMap<>();
    for (Shown<P> one : same.values()) {
      youngest.merge(one.id().source(), one, (a, b) -> byAge.compare(a, b) < 0 ? b : a);
    }
    return youngest.values().stream().min(byAge).orElseThrow();
  }

  /**
   * Finds what one holder shows.
   *
   * @param id the presence
   * @param holder through whom
   * @return what is known of it, whether or not another one is seen in its place; empty if the
   *     holder does not show it
   */
  public Optional<Shown<P>> find(PresenceId id, String holder) {
    return Optional.ofNullable(present.getOrDefault(id.id(), Map.of()).get(new Teller(id, holder)));
  }

  /**
   * Returns everything that is to be seen. Takes O(n) in the number of presences.
   *
   * @return one presence for each id, in the order of their first showing; unmodifiable, a copy
   */
  public List<Shown<P>> all() {
    return present.values().stream().map(PresenceTracker::seen).toList();
  }

  /**
   * Returns everything that is shown, also what is not seen because another one is. Takes O(n) in
   * the number of presences.
   *
   * @return the presences, unmodifiable, a copy
   */
  public List<Shown<P>> told() {
    List<Shown<P>> told = new ArrayList<>();
    present.values().forEach(same -> told.addAll(same.values()));
    return List.copyOf(told);
  }

  /**
   * Returns how many ids somebody shows something under.
   *
   * @return at least 0
   */
  public int size() {
    return present.size();
  }
}
