package dev.collab.server;

import dev.collab.document.DocumentId;
import dev.collab.server.document.DocumentHost;
import dev.collab.server.observe.ConnectionStatus;
import dev.collab.server.observe.DocumentStatus;
import dev.collab.server.observe.Gauge;
import dev.collab.server.observe.ServerGauges;
import dev.collab.server.observe.ServerStatus;
import dev.collab.server.observe.StatusRequest;
import dev.collab.server.session.Session;
import dev.collab.server.session.Sessions;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks at the connections and documents of a server, from outside their executors: each says by
 * itself how it is.
 */
final class Introspection {

  private static final Comparator<DocumentStatus> BY_NAME =
      Comparator.comparing(
          DocumentStatus::document,
          Comparator.comparing(DocumentId::collection).thenComparing(DocumentId::id));

  private static final Comparator<ConnectionStatus> BY_NUMBER =
      Comparator.comparingLong(status -> status.connection().number());

  private final Sessions sessions;
  private final Map<DocumentId, DocumentHost> hosts;
  private final InstantSource clock;

  /**
   * Creates a look at a server.
   *
   * @param sessions its connections
   * @param hosts its documents, now and later
   * @param clock its clock
   */
  Introspection(Sessions sessions, Map<DocumentId, DocumentHost> hosts, InstantSource clock) {
    this.sessions = sessions;
    this.hosts = hosts;
    this.clock = clock;
  }

  ServerGauges gauges() {
    Map<Gauge, Long> sums = new EnumMap<>(Gauge.class);
    for (Session session : sessions.all()) {
      count(session.status(), sums);
    }
    for (DocumentHost host : hosts.values()) {
      count(host.status(), sums);
    }
    return ServerGauges.of(sums);
  }

  private static void count(ConnectionStatus status, Map<Gauge, Long> sums) {
    add(sums, Gauge.CONNECTIONS, 1);
    add(sums, Gauge.CONNECTIONS_READY, status.connection().client().isPresent() ? 1 : 0);
    add(sums, Gauge.SUBSCRIPTIONS, status.subscriptions());
    add(sums, Gauge.WAITING_REQUESTS, status.waitingRequests());
    add(sums, Gauge.QUEUED_FRAMES, status.queuedFrames());
    add(sums, Gauge.QUEUED_UNITS, status.queuedUnits());
    sums.merge(Gauge.QUEUED_UNITS_MAX, status.queuedUnits(), Math::max);
  }

  private static void count(DocumentStatus status, Map<Gauge, Long> sums) {
    add(sums, Gauge.DOCUMENTS, 1);
    add(sums, Gauge.DOCUMENTS_LOADED, status.state() == DocumentStatus.State.LOADED ? 1 : 0);
    add(sums, Gauge.WAITING_SUBMISSIONS, status.waitingSubmissions());
    add(sums, Gauge.KEPT_ENTRIES, status.keptEntries());
    add(sums, Gauge.MEMORY, status.memory());
    sums.merge(Gauge.LAG_MAX, status.lag(), Math::max);
  }

  private static void add(Map<Gauge, Long> sums, Gauge gauge, long value) {
    sums.merge(gauge, value, Long::sum);
  }

  ServerStatus status(StatusRequest request) {
    Page<DocumentStatus> documents =
        Page.of(
            hosts.values().stream().map(DocumentHost::status),
            status -> isBehind(status.document(), request),
            BY_NAME,
            request.limit());
    Page<ConnectionStatus> connections =
        Page.of(
            sessions.all().stream().map(Session::status),
            status -> status.connection().number() > request.afterConnection(),
            BY_NUMBER,
            request.limit());
    ServerStatus status =
        ServerStatus.of(clock.instant(), gauges(), documents.items(), connections.items());
    if (request.limit() == 0 || !(documents.hasMore() || connections.hasMore())) {
      return status;
    }
    StatusRequest next = request;
    if (!documents.items().isEmpty()) {
      next = next.afterDocument(documents.last().document());
    }
    if (!connections.items().isEmpty()) {
      next = next.afterConnection(connections.last().connection().number());
    }
    return status.withNext(next);
  }

  private static boolean isBehind(DocumentId id, StatusRequest request) {
    return request
        .afterDocument()
        .map(
            after -> {
              int collection = id.collection().compareTo(after.collection());
              return collection == 0 ? id.id().compareTo(after.id()) > 0 : collection > 0;
            })
        .orElse(true);
  }

  /** The first ones of many, without sorting them all. */
  private record Page<T>(List<T> items, boolean hasMore) {

    static <T> Page<T> of(Stream<T> all, Predicate<T> wanted, Comparator<T> order, int limit) {
      PriorityQueue<T> first = new PriorityQueue<>(limit + 2, order.reversed());
      boolean[] more = new boolean[1];
      all.filter(wanted)
          .forEach(
              item -> {
                first.add(item);
                if (first.size() > limit) {
                  first.remove();
                  more[0] = true;
                }
              });
      return new Page<>(first.stream().sorted(order).toList(), more[0]);
    }

    T last() {
      return items.get(items.size() - 1);
    }
  }
}
