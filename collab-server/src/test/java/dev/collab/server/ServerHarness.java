package dev.collab.server;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.HostileCoordinator;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.ReadResult;
import dev.collab.operation.CollabException;
import dev.collab.operation.OperationType;
import dev.collab.server.access.Authenticator;
import dev.collab.server.access.Interceptor;
import dev.collab.server.access.LoadPolicy;
import dev.collab.server.access.PresenceTimes;
import dev.collab.server.access.Rate;
import dev.collab.server.access.ServerLimits;
import dev.collab.tck.VirtualTime;
import dev.collab.text.TextType;
import dev.collab.transport.CloseReason;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.PeerInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A server in virtual time over a coordinator of choice, and clients that speak in frames. */
final class ServerHarness {

  static final String ALICE = "aaaaaaaaaaaaaaaaaaaaaa";
  static final String BOB = "bbbbbbbbbbbbbbbbbbbbbb";
  static final String EVE = "eeeeeeeeeeeeeeeeeeeeee";

  /** The coordinators that every server test runs over. */
  enum Ground {
    CALM((target, time) -> target),
    HOSTILE(
        (target, time) ->
            // what every server follows all the time must not decide what becomes of the rest
            TamperedControl.apart(hostile(target, time, 7), hostile(target, time, 11)));

    private static Coordinator hostile(Coordinator target, VirtualTime time, long seed) {
      return HostileCoordinator.builder(target, new Random(seed), time)
          .delayed(0.5)
          .longestDelay(Duration.ofMillis(200))
          .lostRequests(0.1)
          .lateRequests(0.1)
          .lostReplies(0.1)
          .failedReads(0.1)
          .lostAnnouncements(0.3)
          .doubledAnnouncements(0.2)
          .lateAnnouncements(0.3)
          .strippedAnnouncements(0.3)
          .build();
    }

    private final BiFunction<Coordinator, VirtualTime, Coordinator> coordinator;

    Ground(BiFunction<Coordinator, VirtualTime, Coordinator> coordinator) {
      this.coordinator = coordinator;
    }
  }

  /** Most tests write faster than anybody types. */
  private static final ServerLimits PATIENT =
      ServerLimits.builder().operationRate(new Rate(1e9, 1_000_000)).build();

  private final ServerEvents events = new ServerEvents();
  private final VirtualTime time = new VirtualTime();
  private final Coordinator shared;
  private final Coordinator coordinator;
  private OperationType<?, ?> type = TextType.TEXT;
  private ServerLimits limits = PATIENT;
  private Authenticator authenticator = Authenticator.TRANSPORT;
  private final List<Interceptor> interceptors = new ArrayList<>();

  /** Most tests let time pass in which their clients say nothing. */
  private Duration heartbeat = Duration.ZERO;

  private PresenceTimes presence = PresenceTimes.DEFAULT;
  private LoadPolicy loading = LoadPolicy.DEFAULT;
  private UnaryOperator<CollabServer.Builder> setup = builder -> builder;
  private CollabServer server;
  private long servers;

  ServerHarness(Ground ground) {
    this(ground.coordinator);
  }

  private ServerHarness(BiFunction<Coordinator, VirtualTime, Coordinator> ground) {
    this.shared = InMemoryCoordinator.builder().executor(time).clock(time).build();
    this.coordinator = ground.apply(shared, time);
    this.server = start();
  }

  /** A server whose coordinator does what the test wants. */
  static ServerHarness over(UnaryOperator<Coordinator> ground) {
    return new ServerHarness((target, time) -> ground.apply(target));
  }

  /** Has the next server serve another type. */
  ServerHarness withType(OperationType<?, ?> value) {
    type = value;
    server = start();
    return this;
  }

  /** The logs as they are, without anything that the server's coordinator does to them. */
  Logs logs() {
    return shared.logs();
  }

  /** Everything that is in the logs and snapshots, as text. */
  String stored() {
    StringBuilder stored = new StringBuilder();
    for (String key : await(logs().keys("", "", 1_000))) {
      stored.append(key).append('\n');
      await(logs().loadSnapshot(key))
          .ifPresent(snapshot -> stored.append(text(snapshot.payload())).append('\n'));
      long base = await(logs().trim(key, 0));
      if (await(logs().read(key, base, 100_000)) instanceof ReadResult.Entries page) {
        page.entries().forEach(entry -> stored.append(text(entry.payload())).append('\n'));
      }
    }
    return stored.toString();
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }

  /** Lets time pass until a stage is complete, and returns what it is complete with. */
  <T> T await(CompletionStage<T> stage) {
    var future = stage.toCompletableFuture();
    for (int i = 0; i < 100 && !future.isDone(); i++) {
      time.pass(Duration.ofSeconds(1));
    }
    return future.join();
  }

  /** Lets time pass until a stage has failed, and returns the code. */
  String code(CompletionStage<?> stage) {
    try {
      await(stage);
      return "";
    } catch (CompletionException e) {
      return ((CollabException) e.getCause()).code();
    }
  }

  /** Limits the next server. */
  ServerHarness withLimits(ServerLimits value) {
    limits = value;
    server = start();
    return this;
  }

  /** Lets presences of the next servers last as long. */
  ServerHarness withPresence(PresenceTimes value) {
    presence = value;
    server = start();
    return this;
  }

  /** Lets documents of the next servers stay loaded by this policy. */
  ServerHarness withLoading(LoadPolicy value) {
    loading = value;
    server = start();
    return this;
  }

  /** Sets up the next servers in a way of the test's own. */
  ServerHarness with(UnaryOperator<CollabServer.Builder> value) {
    setup = value;
    server = start();
    return this;
  }

  /** Has the next servers ask who clients are. */
  ServerHarness withAuthenticator(Authenticator value) {
    authenticator = value;
    server = start();
    return this;
  }

  /** Has the next servers ask one more before something happens. */
  ServerHarness withInterceptor(Interceptor value) {
    interceptors.add(value);
    server = start();
    return this;
  }

  /** Has the next servers close connections after so much silence. */
  ServerHarness withHeartbeat(Duration value) {
    heartbeat = value;
    server = start();
    return this;
  }

  /** Starts one more server on the same coordinator. */
  CollabServer start() {
    return start(coordinator);
  }

  /** Starts one more server, to which nothing is done that the test's coordinator does. */
  CollabServer startOnTheSharedLog() {
    return start(shared);
  }

  /** Starts one more server, to whose coordinator a test does more. */
  CollabServer start(UnaryOperator<Coordinator> over) {
    return start(over.apply(coordinator));
  }

  private CollabServer start(Coordinator over) {
    CollabServer.Builder builder = CollabServer.builder(over, time, time).type(type);
    interceptors.forEach(builder::interceptor);
    builder
        .authenticator(authenticator)
        .heartbeat(heartbeat)
        .listener(events.listener())
        .limits(limits)
        .presence(presence)
        .loading(loading)
        .clock(time)
        .random(new Random(++servers));
    return setup.apply(builder).build();
  }

  /** Closes the server and starts another one in its place. */
  void restart() {
    server.close();
    settle();
    server = start();
  }

  CollabServer server() {
    return server;
  }

  /** What the servers told of. */
  ServerEvents events() {
    return events;
  }

  VirtualTime time() {
    return time;
  }

  /** Lets enough time pass for everything that is under way. */
  void settle() {
    time.pass(Duration.ofSeconds(30));
  }

  WireClient connect() {
    return connect(server);
  }

  WireClient connect(CollabServer to) {
    return WireClient.connect(InMemoryTransport.builder(to).executor(time).build(), time);
  }

  WireClient connect(String secret) {
    return connect(server, secret, "");
  }

  WireClient connect(CollabServer to, String secret, String principal) {
    return WireClient.connect(
        InMemoryTransport.builder(to)
            .executor(time)
            .client(PeerInfo.of(principal, Map.of()))
            .build(),
        time,
        secret);
  }

  /** Connects a client of a user that speaks the extension, with a secret made of its name. */
  WireClient member(CollabServer to, String principal) {
    return WireClient.connect(
            InMemoryTransport.builder(to)
                .executor(time)
                .client(PeerInfo.of(principal, Map.of()))
                .build(),
            time)
        .extended(secret(principal));
  }

  /** A secret of the right shape. */
  static String secret(String principal) {
    return principal + "_".repeat(22 - principal.length());
  }

  /** Connects a client that created and subscribed to the document c/d with a text. */
  WireClient author(String secret, String text) {
    WireClient client = connect(secret);
    client.send("{'a':'s','c':'c','d':'d','v':null}");
    client.send(
        "{'a':'op','c':'c','d':'d','v':0,'seq':1,'x':{},'create':{'type':'text','data':'"
            + text
            + "'}}");
    client.clear();
    return client;
  }

  /** Reads the text of c/d through a connection of its own. */
  String text() {
    WireClient reader = connect();
    reader.send("{'a':'hs','id':null,'protocol':1,'protocolMinor':2}");
    reader.clear();
    reader.send("{'a':'f','c':'c','d':'d','v':null}");
    String reply = reader.received().get(0);
    reader.connection().close(CloseReason.NORMAL);
    int start = reply.indexOf("'data':'") + "'data':'".length();
    return reply.substring(start, reply.indexOf('\'', start));
  }

  /** The acknowledgement of an edit of c/d. */
  static String ack(long version, String secret, long sequence) {
    return "{'a':'op','c':'c','d':'d','v':%d,'src':'%s','seq':%d}"
        .formatted(version, secret, sequence);
  }
}
