package dev.collab.coordinator;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The leases of an {@link InMemoryCoordinator}. Whatever has expired is swept out before each call
 * looks; the newest of the owners that are gone are remembered, so that a node that slept too long
 * is told.
 *
 * <p>Thread-safe.
 */
final class InMemoryLeases implements Leases {

  private static final int REMEMBERED_OWNERS = 4096;

  private record Place(String key, String field) {}

  private record Value(String owner, Bytes content) {}

  private static final class Lease {
    private Instant end;
    private final Set<Place> places = new HashSet<>();

    private Lease(Instant end) {
      this.end = end;
    }
  }

  private final InMemoryCoordinator coordinator;
  private final InstantSource clock;
  private final Object lock = new Object();
  private final Map<String, Lease> leases = new HashMap<>();
  private final Map<String, Map<String, Value>> values = new HashMap<>();
  private final Set<String> gone = new LinkedHashSet<>();

  InMemoryLeases(InMemoryCoordinator coordinator, InstantSource clock) {
    this.coordinator = coordinator;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Boolean> renew(String owner, Duration duration) {
    requireNonNull(owner, "owner");
    requirePositive(duration);
    return coordinator.answer(
        () -> {
          synchronized (lock) {
            Instant now = sweep();
            if (gone.contains(owner)) {
              return false;
            }
            Instant end = now.plus(duration);
            leases.computeIfAbsent(owner, absent -> new Lease(end)).end = end;
            return true;
          }
        });
  }

  @Override
  public CompletionStage<Boolean> put(String owner, String key, String field, Bytes value) {
    Place place = place(owner, key, field);
    requireNonNull(value, "value");
    return coordinator.answer(
        () -> {
          synchronized (lock) {
            sweep();
            Lease lease = leases.get(owner);
            if (lease == null) {
              return false;
            }
            Value before =
                values
                    .computeIfAbsent(key, absent -> new HashMap<>())
                    .put(field, new Value(owner, value));
            if (before != null && !before.owner().equals(owner)) {
              disown(before.owner(), place);
            }
            lease.places.add(place);
            return true;
          }
        });
  }

  @Override
  public CompletionStage<Boolean> remove(String owner, String key, String field) {
    Place place = place(owner, key, field);
    return coordinator.answer(
        () -> {
          synchronized (lock) {
            sweep();
            Value value = values.getOrDefault(key, Map.of()).get(field);
            if (value == null || !value.owner().equals(owner)) {
              return false;
            }
            clear(place);
            disown(owner, place);
            return true;
          }
        });
  }

  @Override
  public CompletionStage<Map<String, Bytes>> get(String key) {
    requireNonNull(key, "key");
    return coordinator.answer(
        () -> {
          synchronized (lock) {
            sweep();
            var found = new HashMap<String, Bytes>();
            values.getOrDefault(key, Map.of()).forEach((field, v) -> found.put(field, v.content()));
            return Collections.unmodifiableMap(found); // a copy has another order in each JVM
          }
        });
  }

  @Override
  public CompletionStage<Void> release(String owner) {
    requireNonNull(owner, "owner");
    return coordinator.answer(
        () -> {
          synchronized (lock) {
            sweep();
            @Nullable Lease lease = leases.remove(owner);
            if (lease != null) {
              bury(owner, lease);
            }
          }
          return null;
        });
  }

  void clear() {
    synchronized (lock) {
      leases.clear();
      values.clear();
      gone.clear();
    }
  }

  static void requirePositive(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration " + duration + " is not positive");
    }
  }

  private static Place place(String owner, String key, String field) {
    requireNonNull(owner, "owner");
    return new Place(requireNonNull(key, "key"), requireNonNull(field, "field"));
  }

  /** Removes what has expired; returns the time. */
  private Instant sweep() {
    Instant now = clock.instant();
    Iterator<Map.Entry<String, Lease>> all = leases.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<String, Lease> each = all.next();
      if (!now.isBefore(each.getValue().end)) {
        all.remove();
        bury(each.getKey(), each.getValue());
      }
    }
    return now;
  }

  private void bury(String owner, Lease lease) {
    lease.places.forEach(this::clear);
    gone.add(owner);
    if (gone.size() > REMEMBERED_OWNERS) {
      gone.remove(gone.iterator().next());
    }
  }

  private void clear(Place place) {
    values.computeIfPresent(
        place.key(),
        (key, fields) -> {
          fields.remove(place.field());
          return fields.isEmpty() ? null : fields;
        });
  }

  private void disown(String owner, Place place) {
    Lease lease = leases.get(owner);
    if (lease != null) {
      lease.places.remove(place);
    }
  }
}
