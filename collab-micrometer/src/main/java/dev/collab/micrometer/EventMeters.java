package dev.collab.micrometer;

import dev.collab.document.Payload;
import dev.collab.protocol.Dialect;
import dev.collab.server.observe.CoordinatorCall;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.observe.PresenceChanged;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.observe.Resync;
import dev.collab.server.observe.SlowConsumer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The counters, timers and summaries of one server. Those whose tags are known beforehand are there
 * from the beginning, so that the first event already shows as a growth.
 *
 * <p>Thread-safe.
 */
final class EventMeters {

  private static final Duration[] TIMES = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;

  final Counter opened;
  final Map<Dialect, Counter> ready;
  final OpenCounters closed;
  final Timer lasted;

  final Timer loaded;
  final OpenCounters loadFailed;
  final Map<DocumentUnloaded.Reason, Counter> unloaded;
  final Counter epochs;

  final Map<Payload.Kind, Timer> committed;
  final DistributionSummary transforms;
  final DistributionSummary weight;
  final OpenCounters rejected;
  final Map<Resync.Reason, Counter> resyncs;

  final OpenCounters refused;
  final Map<SlowConsumer.Action, Counter> slow;
  final Counter dropped;
  final Map<RateLimited.What, Map<RateLimited.Action, Counter>> limited;

  final Map<PresenceChanged.Change, Counter> presence;
  final OpenCounters chat;

  final Map<CoordinatorCall, Timer> answered;
  final Map<CoordinatorCall, Counter> failed;
  final Counter leasesLost;

  EventMeters(MeterRegistry registry) {
    this.registry = registry;
    opened = counter("connections.opened", "Connections taken over from transports");
    ready = counters("connections.ready", "Handshakes that succeeded", "dialect", Dialect.class);
    closed = open("connections.closed", "Connections that have ended", "code");
    lasted =
        Timer.builder("collab.connections.duration")
            .description("How long connections lasted that have ended")
            .register(registry);

    loaded =
        timer("documents.load", "From the first request until the document is there", Tags.empty());
    loadFailed = open("documents.load.failed", "Documents given up as they were loaded", "code");
    unloaded =
        counters(
            "documents.unloaded",
            "Documents no longer served",
            "reason",
            DocumentUnloaded.Reason.class);
    epochs = counter("documents.epochs", "Documents whose history was replaced");

    committed =
        each(
            Payload.Kind.class,
            kind ->
                timer(
                    "operations.commit",
                    "From the receipt of a submission until it stands in the log",
                    Tags.of("kind", word(kind))));
    transforms =
        DistributionSummary.builder("collab.operations.transforms")
            .description("Concurrent entries that an operation was transformed over")
            .serviceLevelObjectives(1, 10, 100, 1_000, 10_000)
            .register(registry);
    weight =
        DistributionSummary.builder("collab.operations.weight")
            .description("Weight of committed operations")
            .register(registry);
    rejected = open("operations.rejected", "Operations refused", "code");
    resyncs = counters("resyncs", "Clients told to resync", "reason", Resync.Reason.class);

    refused = open("messages.refused", "Messages answered with an error", "code");
    slow =
        counters(
            "consumers.slow", "Acts against slow connections", "action", SlowConsumer.Action.class);
    dropped = counter("consumers.dropped", "Frames dropped for slow connections");
    limited =
        each(
            RateLimited.What.class,
            what ->
                each(
                    RateLimited.Action.class,
                    action ->
                        counter(
                            "limited",
                            "Connections over what they are granted",
                            Tag.of("what", word(what)),
                            Tag.of("action", word(action)))));

    presence =
        counters(
            "presence.changes",
            "Presences of this server's clients",
            "change",
            PresenceChanged.Change.class);
    chat = open("chat.events", "Chat events committed", "kind");

    answered =
        each(
            CoordinatorCall.class,
            call ->
                timer(
                    "coordinator.calls",
                    "Calls of the coordinator that were answered",
                    Tags.of("call", word(call))));
    failed =
        counters(
            "coordinator.failures",
            "Calls of the coordinator that failed",
            "call",
            CoordinatorCall.class);
    leasesLost = counter("coordinator.leases.lost", "Leases of this server that have expired");
  }

  private Counter counter(String name, String description, Tag... tags) {
    return Counter.builder("collab." + name)
        .description(description)
        .tags(Tags.of(tags))
        .register(registry);
  }

  private Timer timer(String name, String description, Tags tags) {
    return Timer.builder("collab." + name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(TIMES)
        .register(registry);
  }

  private <E extends Enum<E>> Map<E, Counter> counters(
      String name, String description, String tag, Class<E> values) {
    return each(values, value -> counter(name, description, Tag.of(tag, word(value))));
  }

  private OpenCounters open(String name, String description, String tag) {
    return new OpenCounters(value -> counter(name, description, Tag.of(tag, value)));
  }

  private static <E extends Enum<E>, M> Map<E, M> each(Class<E> values, Function<E, M> meter) {
    Map<E, M> meters = new EnumMap<>(values);
    for (E value : values.getEnumConstants()) {
      meters.put(value, meter.apply(value));
    }
    return meters;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
