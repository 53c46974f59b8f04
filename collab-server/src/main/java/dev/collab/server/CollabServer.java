package dev.collab.server;

import static java.util.Objects.requireNonNull;

import dev.collab.conflict.ConflictStrategy;
import dev.collab.conflict.KeepBoth;
import dev.collab.coordinator.Coordinator;
import dev.collab.document.DocumentId;
import dev.collab.document.DocumentRules;
import dev.collab.document.Snapshot;
import dev.collab.operation.OperationType;
import dev.collab.operation.OperationTypes;
import dev.collab.protocol.StorageCodec;
import dev.collab.server.access.AccessPolicy;
import dev.collab.server.access.Authenticator;
import dev.collab.server.access.BroadcastFilter;
import dev.collab.server.access.ConflictListener;
import dev.collab.server.access.Interceptor;
import dev.collab.server.access.LoadPolicy;
import dev.collab.server.access.PresenceTimes;
import dev.collab.server.access.ServerLimits;
import dev.collab.server.chat.ChatRooms;
import dev.collab.server.document.DocumentAudience;
import dev.collab.server.flight.Flight;
import dev.collab.server.log.LogHosts;
import dev.collab.server.observe.Health;
import dev.collab.server.observe.ServerGauges;
import dev.collab.server.observe.ServerListener;
import dev.collab.server.observe.ServerStatus;
import dev.collab.server.observe.StatusRequest;
import dev.collab.server.presence.PresenceChannels;
import dev.collab.server.runtime.ConflictPolicy;
import dev.collab.server.runtime.GuardedFilter;
import dev.collab.server.runtime.ObservedCoordinator;
import dev.collab.server.runtime.Observers;
import dev.collab.server.runtime.ServerContext;
import dev.collab.server.session.Session;
import dev.collab.server.session.Sessions;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.Scheduler;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A server that other programs embed: it takes connections from any transport and keeps documents
 * in any coordinator. It starts no thread: it works on the executor and scheduler that it is given.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class CollabServer implements ConnectionHandler, AutoCloseable {

  private static final Duration HEALTH_DEADLINE = Duration.ofSeconds(2);

  private final ServerContext context;
  private final Introspection introspection;
  private final Sessions sessions;
  private final LogHosts<DocumentId, DocumentAudience> documents;
  private final Documents facade;
  private final PresenceChannels channels;
  private final ChatRooms rooms;
  private final AccessControl access;
  private final SessionParts parts;
  private volatile boolean closed;

  private CollabServer(ServerContext context) {
    this.context = context;
    this.sessions = new Sessions(context.limits());
    this.documents = DocumentAudience.hosts(context);
    this.facade = new Documents(context, documents);
    this.channels = new PresenceChannels(context, documents);
    this.rooms = new ChatRooms(context);
    this.access = new AccessControl(context, sessions);
    this.parts = new SessionParts(context, documents, channels, rooms);
    this.introspection = new Introspection(sessions, documents, rooms, channels, context.clock());
  }

  /**
   * Begins to set up a server.
   *
   * @param coordinator keeps the logs; it remains the caller's to close
   * @param executor runs the work of documents, such as a fixed thread pool; it must not refuse
   *     work while the server is open, and remains the caller's to shut down
   * @param scheduler runs what has to wait; the same holds for it
   * @return a builder
   */
  public static Builder builder(Coordinator coordinator, Executor executor, Scheduler scheduler) {
    return new Builder(
        requireNonNull(coordinator, "coordinator"),
        requireNonNull(executor, "executor"),
        requireNonNull(scheduler, "scheduler"));
  }

  @Override
  public ConnectionListener connected(Connection connection) {
    Session session = new Session(connection, context, sessions, parts);
    access.opened(session);
    sessions.opened(session);
    context.observers().connectionOpened(session.info());
    if (closed) {
      session.close(CloseReason.GOING_AWAY);
    } else {
      session.begin();
    }
    return session;
  }

  /**
   * Returns how clients are sent away, and how servers are told that permissions changed.
   *
   * @return what works on all servers at once
   */
  public AccessControl access() {
    return access;
  }

  /** Returns how much waits for all connections together, counted as {@code Delivery} says. */
  long queued() {
    return sessions.queued();
  }

  @Override
  public int maxFrameLength() {
    return context.limits().wire().frame();
  }

  /**
   * Returns the documents, to read, change, list and remove them from within this program.
   *
   * @return the documents, always the same object
   */
  public Documents documents() {
    return facade;
  }

  /**
   * Reads a document: {@link Documents#read}.
   *
   * @param id the document
   * @return completes with the newest snapshot
   */
  public CompletionStage<Snapshot> snapshot(DocumentId id) {
    return facade.read(id);
  }

  /**
   * Returns what the server does now: its gauges, and the first hundred of its documents and
   * connections.
   *
   * @return the status
   */
  public ServerStatus status() {
    return status(StatusRequest.first(100));
  }

  /**
   * Returns what the server does now.
   *
   * @param request which documents and connections are wanted
   * @return the status
   */
  public ServerStatus status(StatusRequest request) {
    return introspection.status(requireNonNull(request, "request"));
  }

  /**
   * Returns the numbers of the server. Cheap enough to be asked for every second.
   *
   * @return the gauges
   */
  public ServerGauges gauges() {
    return introspection.gauges();
  }

  /**
   * Looks whether the server can do its work: whether it is open, its executor runs tasks and its
   * coordinator answers, all within two seconds.
   *
   * @return completes with what was found, on a thread of the executor, the scheduler or the
   *     coordinator; never fails
   */
  public CompletionStage<Health> health() {
    return new HealthCheck(context, HEALTH_DEADLINE).run(closed);
  }

  /**
   * Closes all connections and stops serving. Submissions that are not decided are not answered,
   * since they may stand in the log already: their authors submit them again to the next server.
   * The executor and the scheduler may be shut down afterwards. Closing twice does nothing.
   */
  @Override
  public void close() {
    closed = true;
    sessions.closeAll(CloseReason.GOING_AWAY);
    access.close();
    channels.close();
    rooms.close();
    documents.close();
  }

  /**
   * Sets up a server.
   *
   * <p>Confined: callers must serialise calls.
   */
  public static final class Builder {

    private final Coordinator coordinator;
    private final Executor executor;
    private final Scheduler scheduler;
    private final List<OperationType<?, ?>> types = new ArrayList<>();
    private final List<ServerListener> listeners = new ArrayList<>();
    private final List<Interceptor> interceptors = new ArrayList<>();
    private Authenticator authenticator = Authenticator.TRANSPORT;
    private AccessPolicy policy = AccessPolicy.OPEN;
    private BroadcastFilter filter = BroadcastFilter.ALL;
    private ConflictPolicy conflicts = ConflictPolicy.DEFAULT;
    private Duration heartbeat = Duration.ofMinutes(1);
    private ServerLimits limits = ServerLimits.DEFAULT;
    private PresenceTimes presence = PresenceTimes.DEFAULT;
    private LoadPolicy loading = LoadPolicy.DEFAULT;
    private InstantSource clock = InstantSource.system();
    private RandomGenerator random = new SecureRandom();

    private Builder(Coordinator coordinator, Executor executor, Scheduler scheduler) {
      this.coordinator = coordinator;
      this.executor = executor;
      this.scheduler = scheduler;
    }

    /**
     * Adds a type that documents may have.
     *
     * @param type the type
     * @return this builder
     */
    public Builder type(OperationType<?, ?> type) {
      types.add(requireNonNull(type, "type"));
      return this;
    }

    /**
     * Adds somebody who is told of what happens in the server, after those added before.
     *
     * @param listener who is told
     * @return this builder
     */
    public Builder listener(ServerListener listener) {
      listeners.add(requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Sets who finds out who a client is; {@link Authenticator#TRANSPORT} if not set.
     *
     * @param value the authenticator
     * @return this builder
     */
    public Builder authenticator(Authenticator value) {
      authenticator = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets who says what a client may do; {@link AccessPolicy#OPEN} if not set.
     *
     * @param value the policy
     * @return this builder
     */
    public Builder access(AccessPolicy value) {
      policy = requireNonNull(value, "value");
      return this;
    }

    /**
     * Adds somebody who is asked before something happens, behind those added before.
     *
     * @param interceptor who is asked
     * @return this builder
     */
    public Builder interceptor(Interceptor interceptor) {
      interceptors.add(requireNonNull(interceptor, "interceptor"));
      return this;
    }

    /**
     * Sets what narrows what clients hear of each other; {@link BroadcastFilter#ALL} if not set.
     * All servers of a document should have the same.
     *
     * @param value the filter
     * @return this builder
     */
    public Builder filter(BroadcastFilter value) {
      filter = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets what happens when people change the same thing at once; {@link KeepBoth#SILENT} for all
     * documents if not set. All servers of a document must have the same: otherwise it still
     * converges, but the server decides to which the later edit came.
     *
     * <p>A strategy corrects first; what interceptors amend comes behind, and sees what it did. If
     * it fails, the edit is committed without it, and listeners are told.
     *
     * @param strategies returns the strategy of a document; a pure function
     * @param listener is told of each conflict with what both sides have written
     * @return this builder
     */
    public Builder conflicts(
        Function<DocumentId, ConflictStrategy> strategies, ConflictListener listener) {
      conflicts =
          new ConflictPolicy(
              requireNonNull(strategies, "strategies"), requireNonNull(listener, "listener"));
      return this;
    }

    /**
     * Sets after how much silence a client with the extension counts as gone, and its connection is
     * closed; one minute if not set. Clients are told, and show life at least three times in it. It
     * counts as {@link PresenceTimes#silence} if it is longer, so that a client shows enough life
     * to keep its presences.
     *
     * @param value the time, at least a millisecond; or zero if silence does not matter
     * @return this builder
     * @throws IllegalArgumentException if {@code value} is below a millisecond and not zero
     */
    public Builder heartbeat(Duration value) {
      if (!value.isZero() && value.compareTo(Duration.ofMillis(1)) < 0) {
        throw new IllegalArgumentException("a heartbeat of " + value + " is below a millisecond");
      }
      heartbeat = value;
      return this;
    }

    private Duration heartbeat() {
      Duration most = presence.silence();
      return heartbeat.compareTo(most) > 0 ? most : heartbeat;
    }

    /**
     * Sets what one connection is granted; {@link ServerLimits#DEFAULT} if not set.
     *
     * @param value the limits
     * @return this builder
     */
    public Builder limits(ServerLimits value) {
      limits = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets after how much time users count as idle or gone; {@link PresenceTimes#DEFAULT} if not
     * set.
     *
     * @param value the times
     * @return this builder
     */
    public Builder presence(PresenceTimes value) {
      presence = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how many documents stay loaded, and for how long; {@link LoadPolicy#DEFAULT} if not set.
     *
     * @param value the policy
     * @return this builder
     */
    public Builder loading(LoadPolicy value) {
      loading = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets the clock whose times are noted in entries; the system's if not set.
     *
     * @param value the clock
     * @return this builder
     */
    public Builder clock(InstantSource value) {
      clock = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets the source of secrets and jitter; a {@link SecureRandom} if not set.
     *
     * @param value a thread-safe generator that cannot be predicted
     * @return this builder
     */
    public Builder random(RandomGenerator value) {
      random = requireNonNull(value, "value");
      return this;
    }

    /**
     * Makes the server.
     *
     * @return a server without connections
     * @throws IllegalStateException if no type was added
     */
    public CollabServer build() {
      if (types.isEmpty()) {
        throw new IllegalStateException("a server needs at least one type");
      }
      OperationTypes known = OperationTypes.of(types.toArray(OperationType<?, ?>[]::new));
      DocumentRules rules =
          new DocumentRules(
              known, new StorageCodec(known), limits.wire().operation(), limits.wire().document());
      List<ServerListener> all = new ArrayList<>(listeners);
      Flight.listener().ifPresent(all::add);
      Observers observers = new Observers(all);
      return new CollabServer(
          new ServerContext(
              new ObservedCoordinator(coordinator, observers, clock),
              rules,
              executor,
              scheduler,
              clock,
              random,
              limits,
              presence,
              authenticator,
              policy,
              List.copyOf(interceptors),
              new GuardedFilter(filter),
              heartbeat(),
              loading,
              conflicts,
              observers));
    }
  }
}
