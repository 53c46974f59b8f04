package dev.collab.micrometer;

import static java.util.Objects.requireNonNull;

import dev.collab.server.CollabServer;
import dev.collab.server.observe.ChatCommitted;
import dev.collab.server.observe.ConnectionClosed;
import dev.collab.server.observe.ConnectionInfo;
import dev.collab.server.observe.CoordinatorAnswered;
import dev.collab.server.observe.CoordinatorFailed;
import dev.collab.server.observe.DocumentLoadFailed;
import dev.collab.server.observe.DocumentLoaded;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.observe.EpochChanged;
import dev.collab.server.observe.LeaseLost;
import dev.collab.server.observe.MessageRefused;
import dev.collab.server.observe.OperationCommitted;
import dev.collab.server.observe.OperationRejected;
import dev.collab.server.observe.PresenceChanged;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.observe.Resync;
import dev.collab.server.observe.ServerListener;
import dev.collab.server.observe.SlowConsumer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the numbers of a server as meters, whose names begin with {@code collab.}: what happens
 * as counters and timers, what is so now as gauges. Tags have few values; no document, user or
 * connection is ever one.
 *
 * <pre>{@code
 * CollabMetrics metrics = CollabMetrics.create();
 * metrics.bindTo(registry);
 * CollabServer server =
 *     CollabServer.builder(coordinator, pool, scheduler).type(TEXT).listener(metrics).build();
 * metrics.watch(server);
 * }</pre>
 *
 * <p>One of these serves one server. It may be bound to several registries; one that is bound late
 * begins at zero.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class CollabMetrics implements ServerListener, MeterBinder {

  /** The codes that servers and containers end connections with; a client may send any. */
  private static final Set<Integer> CLOSE_CODES =
      Set.of(
          1000, 1001, 1002, 1003, 1006, 1007, 1008, 1009, 1011, 1012, 1013, 4001, 4003, 4004, 4005,
          4006, 4007, 4008, 4009, 4010);

  private final List<MeterRegistry> registries = new ArrayList<>(); // guarded by this
  private final List<EventMeters> meters = new CopyOnWriteArrayList<>();
  private @Nullable CollabServer watched; // guarded by this

  private CollabMetrics() {}

  /**
   * Creates the metrics of a server, which are not published yet.
   *
   * @return a listener for the server's builder
   */
  public static CollabMetrics create() {
    return new CollabMetrics();
  }

  @Override
  public synchronized void bindTo(MeterRegistry registry) {
    registries.add(requireNonNull(registry, "registry"));
    meters.add(new EventMeters(registry));
    if (watched != null) {
      new GaugeMeters(watched, registry).register();
    }
  }

  /**
   * Publishes the gauges of the server, too.
   *
   * @param server the server that these metrics were given to as a listener
   */
  public synchronized void watch(CollabServer server) {
    watched = requireNonNull(server, "server");
    registries.forEach(registry -> new GaugeMeters(server, registry).register());
  }

  @Override
  public void connectionOpened(ConnectionInfo connection) {
    tell(meters -> meters.opened.increment());
  }

  @Override
  public void connectionReady(ConnectionInfo connection) {
    connection.dialect().ifPresent(dialect -> tell(meters -> increment(meters.ready, dialect)));
  }

  @Override
  public void connectionClosed(ConnectionClosed event) {
    int code = event.reason().code();
    tell(
        meters -> {
          meters.closed.increment(
              CLOSE_CODES.contains(code) ? String.valueOf(code) : OpenCounters.OTHER);
          meters.lasted.record(event.lasted());
        });
  }

  @Override
  public void documentLoaded(DocumentLoaded event) {
    tell(meters -> meters.loaded.record(event.took()));
  }

  @Override
  public void documentUnloaded(DocumentUnloaded event) {
    tell(meters -> increment(meters.unloaded, event.reason()));
  }

  @Override
  public void documentLoadFailed(DocumentLoadFailed event) {
    tell(meters -> meters.loadFailed.increment(event.code()));
  }

  @Override
  public void operationCommitted(OperationCommitted event) {
    tell(
        meters -> {
          record(meters.committed, event.kind(), event.latency());
          meters.transforms.record((double) event.transformCount());
          meters.weight.record(event.weight());
        });
  }

  @Override
  public void operationRejected(OperationRejected event) {
    tell(meters -> meters.rejected.increment(event.code()));
  }

  @Override
  public void resync(Resync event) {
    tell(meters -> increment(meters.resyncs, event.reason()));
  }

  @Override
  public void messageRefused(MessageRefused event) {
    tell(meters -> meters.refused.increment(event.code()));
  }

  @Override
  public void slowConsumer(SlowConsumer event) {
    tell(
        meters -> {
          increment(meters.slow, event.action());
          meters.dropped.increment((double) event.dropped());
        });
  }

  @Override
  public void rateLimited(RateLimited event) {
    tell(meters -> increment(meters.limited.getOrDefault(event.what(), Map.of()), event.action()));
  }

  @Override
  public void presenceChanged(PresenceChanged event) {
    tell(meters -> increment(meters.presence, event.change()));
  }

  @Override
  public void chatCommitted(ChatCommitted event) {
    tell(meters -> meters.chat.increment(event.kind()));
  }

  @Override
  public void coordinatorAnswered(CoordinatorAnswered event) {
    tell(meters -> record(meters.answered, event.call(), event.took()));
  }

  @Override
  public void coordinatorFailed(CoordinatorFailed event) {
    tell(meters -> increment(meters.failed, event.call()));
  }

  @Override
  public void leaseLost(LeaseLost event) {
    tell(meters -> meters.leasesLost.increment());
  }

  @Override
  public void epochChanged(EpochChanged event) {
    tell(meters -> meters.epochs.increment());
  }

  private void tell(Consumer<EventMeters> event) {
    meters.forEach(event);
  }

  private static <E> void increment(Map<E, Counter> counters, E value) {
    Counter counter = counters.get(value);
    if (counter != null) { // there is one for each value that this version was compiled with
      counter.increment();
    }
  }

  private static <E> void record(Map<E, Timer> timers, E value, Duration time) {
    Timer timer = timers.get(value);
    if (timer != null) {
      timer.record(time);
    }
  }
}
