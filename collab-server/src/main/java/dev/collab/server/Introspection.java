package dev.collab.server;

import dev.collab.document.DocumentId;
import dev.collab.server.chat.ChatRooms;
import dev.collab.server.document.DocumentAudience;
import dev.collab.server.document.DocumentLook;
import dev.collab.server.log.LogHosts;
import dev.collab.server.observe.ConnectionStatus;
import dev.collab.server.observe.DocumentStatus;
import dev.collab.server.observe.Gauge;
import dev.collab.server.observe.ServerGauges;
import dev.collab.server.observe.ServerStatus;
import dev.collab.server.observe.StatusRequest;
import dev.collab.server.presence.PresenceChannels;
import dev.collab.server.session.Session;
import dev.collab.server.session.Sessions;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

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
  private final LogHosts<DocumentId, DocumentAudience> documents;
  private final ChatRooms rooms;
  private final PresenceChannels channels;
  private final InstantSource clock;

  /**
   * Creates a look at a server.
   *
   * @param sessions its connections
   * @param documents its documents
   * @param rooms its chat rooms
   * @param channels its channels of presence
   * @param clock its clock
   */
  Introspection(
      Sessions sessions,
      LogHosts<DocumentId, DocumentAudience> documents,
      ChatRooms rooms,
      PresenceChannels channels,
      InstantSource clock) {
    this.sessions = sessions;
    this.documents = documents;
    this.rooms = rooms;
    this.channels = channels;
    this.clock = clock;
  }

  ServerGauges gauges() {
    Map<Gauge, Long> sums = new EnumMap<>(Gauge.class);
    for (Session session : sessions.all()) {
      count(session.status(), sums);
    }
    sums.put(Gauge.ROOMS, (long) rooms.size());
    sums.put(Gauge.PRESENCE_CHANNELS, (long) channels.size());
    documents.forEach((id, host) -> count(DocumentLook.status(id, host.status()), sums));
    return ServerGauges.of(sums);
  }

  private static void count(ConnectionStatus status, Map<Gauge, Long> sums) {
    add(sums, Gauge.CONNECTIONS, 1);
    add(sums, Gauge.CONNECTIONS_READY, status.connection().client().isPresent() ? 1 : 0);
    add(sums, Gauge.SUBSCRIPTIONS, status.subscriptions());
    add(sums, Gauge.ROOM_SUBSCRIPTIONS, status.rooms());
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
    Page<DocumentStatus> page = new Page<>(BY_NAME, request.limit());
    documents.forEach(
        (id, host) -> {
          if (isBehind(id, request)) {
            page.add(DocumentLook.status(id, host.status()));
          }
        });
    Page<ConnectionStatus> connections = new Page<>(BY_NUMBER, request.limit());
    for (Session session : sessions.all()) {
      if (session.info().number() > request.afterConnection()) {
        connections.add(session.status());
      }
    }
    ServerStatus status =
        ServerStatus.of(clock.instant(), gauges(), page.items(), connections.items());
    if (request.limit() == 0 || !(page.hasMore() || connections.hasMore())) {
      return status;
    }
    StatusRequest next = request;
    if (!status.documents().isEmpty()) {
      next = next.afterDocument(last(status.documents()).document());
    }
    if (!status.connections().isEmpty()) {
      next = next.afterConnection(last(status.connections()).connection().number());
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

  private static <T> T last(List<T> items) {
    return items.get(items.size() - 1);
  }

  /** The first ones of many, without sorting them all. */
  private static final class Page<T> {

    private final Comparator<T> order;
    private final int limit;
    private final PriorityQueue<T> first;
    private boolean more;

    Page(Comparator<T> order, int limit) {
      this.order = order;
      this.limit = limit;
      this.first = new PriorityQueue<>(order.reversed());
    }

    void add(T item) {
      first.add(item);
      if (first.size() > limit) {
        first.remove();
        more = true;
      }
    }

    List<T> items() {
      return first.stream().sorted(order).toList();
    }

    boolean hasMore() {
      return more;
    }
  }
}
