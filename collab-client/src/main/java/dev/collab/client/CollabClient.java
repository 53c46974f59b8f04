package dev.collab.client;

import static java.util.Objects.requireNonNull;

import dev.collab.document.DocumentId;
import dev.collab.document.Proposal;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.presence.User;
import dev.collab.protocol.WireLimits;
import dev.collab.transport.Scheduler;
import dev.collab.transport.Transport;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A client of one server: keeps a connection and the documents that are open in step with it.
 *
 * <p>All of it lives on one executor, one task at a time; see {@link SharedDocument} for how to
 * edit from there and from elsewhere. A client belongs to one principal: for somebody else, close
 * it and make another one, because an edit that is under way counts as the work of whoever the
 * connection is authenticated as.
 *
 * <pre>{@code
 * CollabClient client = CollabClient.builder(transport).build();
 * client.connect();
 * var document = client.open(new DocumentId("notes", "welcome"), TextType.TEXT);
 * document.ready().thenRun(() -> document.edit(TextOperation.insert(0, "Hello ")));
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class CollabClient implements AutoCloseable {

  private final Settings settings;
  private final Author author = new Author();
  private final Channels channels;
  private final Connector connector;
  private final Openings openings;
  private final @Nullable ScheduledThreadPoolExecutor ownThread;
  private volatile boolean closed;

  private CollabClient(Builder builder) {
    boolean ownExecutor = builder.executor == null;
    ownThread = ownExecutor || builder.scheduler == null ? newThread() : null;
    Executor executor = builder.executor == null ? requireNonNull(ownThread) : builder.executor;
    Scheduler scheduler =
        builder.scheduler == null ? Scheduler.on(requireNonNull(ownThread)) : builder.scheduler;
    settings =
        new Settings(
            new Confinement(executor, scheduler, ownExecutor),
            builder.random,
            builder.limits,
            builder.policy,
            builder.answerTimeout,
            builder.keepAlive,
            builder.introduction);
    List<ClientListener> listeners = new CopyOnWriteArrayList<>(builder.listeners);
    Notifier notifier = settings.confinement().notifier();
    channels =
        new Channels(
            builder.limits.bulk(),
            error -> notifier.tell(listeners, listener -> listener.onError(error)));
    connector = new Connector(builder.transport, settings, author, channels, listeners);
    openings = new Openings(settings, author, channels);
  }

  private static ScheduledThreadPoolExecutor newThread() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "collab-client");
              thread.setDaemon(true);
              return thread;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  /**
   * Begins a client with the defaults that the builder's methods name.
   *
   * @param transport opens its connections
   * @return a builder
   */
  public static Builder builder(Transport transport) {
    return new Builder(transport);
  }

  /**
   * Connects, and from then on connects again whenever the connection is lost, as the {@link
   * ReconnectPolicy} says. Does nothing if the client is connected or trying to connect.
   *
   * @throws IllegalStateException if the client is closed
   */
  public void connect() {
    requireOpen();
    settings.confinement().execute(connector::connect);
  }

  /**
   * Disconnects until {@link #connect} is called again. The documents stay open and can be edited.
   */
  public void disconnect() {
    settings.confinement().offer(connector::disconnect);
  }

  /**
   * Closes the client for good and at once, with all of its documents and rooms; what is not saved
   * by then remains readable by {@link SharedDocument#pendingEdits} and {@link ChatState#pending}.
   * A thread that the client made ends. Closing twice does nothing.
   */
  @Override
  public void close() {
    closed = true;
    settings
        .confinement()
        .offer(
            () -> {
              channels.abandonAll();
              connector.close();
              if (ownThread != null) {
                ownThread.shutdown();
              }
            });
  }

  /**
   * Returns whether there is a connection.
   *
   * @return the status
   */
  public ClientStatus status() {
    return connector.status();
  }

  /**
   * Returns who the server takes this client for.
   *
   * @return the user as others see it; empty until the first connection, and from a server without
   *     the extension
   */
  public Optional<User> user() {
    return author.user();
  }

  /**
   * Runs a task on the client's executor, where documents are edited and listeners called.
   *
   * @param task the task; if it throws, that is logged
   * @throws java.util.concurrent.RejectedExecutionException if the executor was shut down, as that
   *     of a closed client may be
   */
  public void execute(Runnable task) {
    settings.confinement().execute(requireNonNull(task, "task"));
  }

  /**
   * Opens a document and subscribes to it as soon as there is a connection.
   *
   * @param <S> the state
   * @param <O> the operation
   * @param id its name
   * @param type its type
   * @return the document, which is loading
   * @throws IllegalStateException if the document is open in this client already, or the client is
   *     closed
   */
  public <S, O extends Operation> SharedDocument<S, O> open(
      DocumentId id, OperationType<S, O> type) {
    requireOpen();
    return openings.document(id, type, Optional.empty());
  }

  /**
   * Opens a document like {@link #open} and creates it if it does not exist. If several clients do
   * so at once, the content of one of them counts for all.
   *
   * @param <S> the state
   * @param <O> the operation
   * @param id its name
   * @param type its type
   * @param initialData its content, if it is created, in the type's JSON form; JSON null means the
   *     type's default
   * @return the document, which is loading
   * @throws dev.collab.operation.InvalidOperationException if {@code initialData} is no state of
   *     the type
   * @throws IllegalStateException if the document is open in this client already, or the client is
   *     closed
   */
  public <S, O extends Operation> SharedDocument<S, O> openOrCreate(
      DocumentId id, OperationType<S, O> type, JsonValue initialData) {
    JsonValue data = type.encodeState(type.create(initialData));
    requireOpen();
    return openings.document(id, type, Optional.of(new Proposal.Create(type.uri(), data)));
  }

  /**
   * Opens a channel in which users show each other something that belongs to no document.
   *
   * @param channel its name
   * @return what the others show, and what is shown here
   * @throws IllegalStateException if the client is closed
   */
  public SharedPresence openPresence(String channel) {
    requireOpen();
    return openings.presence(channel);
  }

  /**
   * Opens a chat room and subscribes to it as soon as there is a connection. A room need not be
   * created: it exists when the first message is posted.
   *
   * @param name its name
   * @return the room, which is loading
   * @throws IllegalStateException if the room is open in this client already, or the client is
   *     closed
   */
  public SharedChatRoom chat(String name) {
    requireOpen();
    return openings.room(name);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
  }

  /**
   * Configures a client.
   *
   * <p>Confined: callers must serialise calls.
   *
   * @since 0.1
   */
  public static final class Builder {

    /** Stands in for the id, which is the server's to give. */
    private static final String PROPOSED = "-";

    private final Transport transport;
    private final List<ClientListener> listeners = new ArrayList<>();
    private @Nullable Executor executor;
    private @Nullable Scheduler scheduler;
    private RandomGenerator random = new SplittableRandom();
    private WireLimits limits = WireLimits.DEFAULT;
    private ReconnectPolicy policy =
        ReconnectPolicy.jittered(Duration.ofMillis(50), Duration.ofSeconds(5));
    private Duration answerTimeout = Duration.ofSeconds(10);
    private Duration keepAlive = Duration.ofSeconds(20);
    private Introduction introduction = Introduction.NONE;

    private Builder(Transport transport) {
      this.transport = requireNonNull(transport, "transport");
    }

    /**
     * Sets where the client lives. Its tasks run there one after the other, whatever the executor
     * does. With an executor of one thread, such as that of a user interface, code that runs on
     * that thread may call {@link SharedDocument#edit} directly; with several threads only code
     * that the client runs may. Default: a daemon thread of the client's own, which ends when the
     * client is closed.
     *
     * @param value lends its threads; must not run a task within the call that hands it over
     * @return this builder
     */
    public Builder executor(Executor value) {
      executor = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets what lets the client wait. Default: a daemon thread of the client's own.
     *
     * @param value runs tasks later
     * @return this builder
     */
    public Builder scheduler(Scheduler value) {
      scheduler = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets what spreads attempts over time and names what is shown here. Default: a generator
     * seeded by the JDK.
     *
     * @param value used on the client's executor only
     * @return this builder
     */
    public Builder random(RandomGenerator value) {
      random = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how large what the server sends may be. Default: {@link WireLimits#DEFAULT}.
     *
     * @param value the limits
     * @return this builder
     */
    public Builder limits(WireLimits value) {
      limits = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets when to connect again. Default: {@link ReconnectPolicy#jittered} from 50 ms to 5 s.
     *
     * @param value the policy
     * @return this builder
     */
    public Builder reconnect(ReconnectPolicy value) {
      policy = requireNonNull(value, "value");
      return this;
    }

    /**
     * Sets how long the server may take to answer before the connection counts as dead and is
     * opened anew; it is noticed within twice that time. Default: 10 s.
     *
     * @param value a positive time
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder answerTimeout(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("answer timeout " + value + " is not positive");
      }
      answerTimeout = value;
      return this;
    }

    /**
     * Sets after how much silence the server is asked whether it is still there. If it does not
     * answer within the same time, the connection counts as dead. Default: 20 s.
     *
     * @param value the time; zero switches it off
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    public Builder keepAlive(Duration value) {
      if (value.isNegative()) {
        throw new IllegalArgumentException("keep-alive " + value + " is negative");
      }
      keepAlive = value;
      return this;
    }

    /**
     * Sets as whom the user wants to appear. A server that knows better from its authentication
     * decides itself. Default: the server's choice.
     *
     * @param name what others see, 1 to 64 UTF-16 code units
     * @return this builder
     * @throws IllegalArgumentException if it is too short or too long or not well-formed
     */
    public Builder user(String name) {
      introduction = introduction.withUser(User.of(PROPOSED, name));
      return this;
    }

    /**
     * Sets as whom the user wants to appear, and in which colour.
     *
     * @param name what others see, 1 to 64 UTF-16 code units
     * @param color {@code #rgb} or {@code #rrggbb} in hexadecimal digits
     * @return this builder
     * @throws IllegalArgumentException if one of them has not this form
     */
    public Builder user(String name, String color) {
      introduction = introduction.withUser(User.of(PROPOSED, name).withColor(color));
      return this;
    }

    /**
     * Sets what proves who the user is. Default: nothing, or what the transport brings along.
     *
     * @param value gives tokens
     * @return this builder
     */
    public Builder tokens(TokenSource value) {
      introduction = introduction.withTokens(requireNonNull(value, "value"));
      return this;
    }

    /**
     * Adds a listener.
     *
     * @param value hears what happens to the client as a whole
     * @return this builder
     */
    public Builder listener(ClientListener value) {
      listeners.add(requireNonNull(value, "value"));
      return this;
    }

    /**
     * Returns the client, which is not connected.
     *
     * @return a new client
     */
    public CollabClient build() {
      return new CollabClient(this);
    }
  }
}
