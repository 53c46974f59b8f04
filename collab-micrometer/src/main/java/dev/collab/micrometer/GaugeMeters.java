package dev.collab.micrometer;

import dev.collab.server.CollabServer;
import dev.collab.server.observe.Gauge;
import dev.collab.server.observe.Health;
import dev.collab.server.observe.ServerGauges;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The gauges of one server. All of them are taken together, at most once in {@value #FRESH_MILLIS}
 * ms, so that each collection of the meters looks at the server once.
 *
 * <p>Thread-safe.
 */
final class GaugeMeters {

  private static final long FRESH_MILLIS = 500;

  private record Taken(long nanos, ServerGauges gauges) {}

  private final CollabServer server;
  private final MeterRegistry registry;
  private volatile @Nullable Taken last;
  private volatile double health = Double.NaN;

  GaugeMeters(CollabServer server, MeterRegistry registry) {
    this.server = server;
    this.registry = registry;
  }

  void register() {
    for (Gauge gauge : Gauge.values()) {
      io.micrometer.core.instrument.Gauge.builder(name(gauge), this, self -> self.value(gauge))
          .description(description(gauge))
          .baseUnit(unit(gauge))
          .strongReference(true)
          .register(registry);
    }
    askHealth();
    io.micrometer.core.instrument.Gauge.builder("collab.health", this, GaugeMeters::health)
        .description("1 if the last health check found the server up, 0 if not")
        .strongReference(true)
        .register(registry);
  }

  private double value(Gauge gauge) {
    long now = registry.config().clock().monotonicTime();
    Taken taken = last;
    if (taken == null || now - taken.nanos() > TimeUnit.MILLISECONDS.toNanos(FRESH_MILLIS)) {
      taken = new Taken(now, server.gauges());
      last = taken;
    }
    return taken.gauges().get(gauge);
  }

  /** Returns what the last check found, and begins the next one: a collection cannot wait. */
  private double health() {
    askHealth();
    return health;
  }

  private void askHealth() {
    server
        .health()
        .whenComplete(
            (found, failure) ->
                health = failure == null && found.status() == Health.Status.UP ? 1 : 0);
  }

  private static String name(Gauge gauge) {
    return switch (gauge) {
      case CONNECTIONS -> "collab.connections.open";
      case CONNECTIONS_READY -> "collab.connections.active";
      case SUBSCRIPTIONS -> "collab.subscriptions";
      case ROOM_SUBSCRIPTIONS -> "collab.chat.subscriptions";
      case ROOMS -> "collab.chat.rooms";
      case PRESENCE_CHANNELS -> "collab.presence.channels";
      case WAITING_REQUESTS -> "collab.requests.waiting";
      case QUEUED_FRAMES -> "collab.queue.frames";
      case QUEUED_UNITS -> "collab.queue.units";
      case QUEUED_UNITS_MAX -> "collab.queue.longest";
      case DOCUMENTS -> "collab.documents.open";
      case DOCUMENTS_LOADED -> "collab.documents.served";
      case WAITING_SUBMISSIONS -> "collab.submissions.waiting";
      case LAG_MAX -> "collab.documents.lag";
      case KEPT_ENTRIES -> "collab.documents.entries";
      case MEMORY -> "collab.documents.memory";
    };
  }

  private static @Nullable String unit(Gauge gauge) {
    return gauge == Gauge.MEMORY ? "bytes" : null;
  }

  private static String description(Gauge gauge) {
    return switch (gauge) {
      case CONNECTIONS -> "Open connections";
      case CONNECTIONS_READY -> "Open connections that have shaken hands";
      case SUBSCRIPTIONS -> "Subscriptions to documents";
      case ROOM_SUBSCRIPTIONS -> "Subscriptions to chat rooms";
      case ROOMS -> "Chat rooms that are served or being loaded";
      case PRESENCE_CHANNELS -> "Channels of presence that somebody uses";
      case WAITING_REQUESTS -> "Requests that are not answered yet";
      case QUEUED_FRAMES -> "Frames that wait for slow connections";
      case QUEUED_UNITS -> "UTF-16 code units that wait for slow connections";
      case QUEUED_UNITS_MAX -> "UTF-16 code units that wait for the slowest connection";
      case DOCUMENTS -> "Documents that are served or being loaded";
      case DOCUMENTS_LOADED -> "Documents that are loaded";
      case WAITING_SUBMISSIONS -> "Submissions that are not decided yet";
      case LAG_MAX -> "Entries by which the last of the documents is behind its log";
      case KEPT_ENTRIES -> "Entries that are kept for clients that were away";
      case MEMORY -> "What documents and kept entries take, an estimate";
    };
  }
}
