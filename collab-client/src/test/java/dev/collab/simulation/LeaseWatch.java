package dev.collab.simulation;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** Knows which leases there are, and makes them expire. */
final class LeaseWatch {

  private final Leases truth;
  private final RandomGenerator random;
  private final Set<String> owners = new LinkedHashSet<>();

  LeaseWatch(Leases truth, RandomGenerator random) {
    this.truth = truth;
    this.random = random;
  }

  /** Lets a lease end as if it had run out. */
  void expireOne() {
    List<String> all = new ArrayList<>(owners);
    if (!all.isEmpty()) {
      String owner = all.get(random.nextInt(all.size()));
      owners.remove(owner);
      var unused = truth.release(owner);
    }
  }

  /** Returns what is set under a key. */
  Map<String, Bytes> values(String key) {
    return truth.get(key).toCompletableFuture().join();
  }

  /** Returns a coordinator whose leases are watched. */
  Coordinator watch(Coordinator coordinator) {
    return CoordinatorDefects.withLeases(
        coordinator, new WatchedLeases(coordinator.leases(), owners));
  }

  private record WatchedLeases(Leases inner, Set<String> owners) implements Leases {

    @Override
    public CompletionStage<Boolean> renew(String owner, Duration duration) {
      owners.add(owner);
      return inner.renew(owner, duration);
    }

    @Override
    public CompletionStage<Boolean> put(String owner, String key, String field, Bytes value) {
      return inner.put(owner, key, field, value);
    }

    @Override
    public CompletionStage<Boolean> remove(String owner, String key, String field) {
      return inner.remove(owner, key, field);
    }

    @Override
    public CompletionStage<Map<String, Bytes>> get(String key) {
      return inner.get(key);
    }

    @Override
    public CompletionStage<Void> release(String owner) {
      return inner.release(owner);
    }
  }
}
