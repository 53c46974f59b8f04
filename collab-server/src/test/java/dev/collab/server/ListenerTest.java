package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static dev.collab.server.TamperedCoordinator.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.DocumentId;
import dev.collab.document.Payload;
import dev.collab.protocol.Dialect;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.ServerLimits;
import dev.collab.server.observe.ChatCommitted;
import dev.collab.server.observe.ConnectionClosed;
import dev.collab.server.observe.ConnectionInfo;
import dev.collab.server.observe.CoordinatorAnswered;
import dev.collab.server.observe.CoordinatorCall;
import dev.collab.server.observe.CoordinatorFailed;
import dev.collab.server.observe.DocumentLoadFailed;
import dev.collab.server.observe.DocumentLoaded;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.observe.LeaseLost;
import dev.collab.server.observe.MessageRefused;
import dev.collab.server.observe.OperationCommitted;
import dev.collab.server.observe.OperationRejected;
import dev.collab.server.observe.PresenceChanged;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.observe.Resync;
import dev.collab.server.observe.ServerListener;
import dev.collab.server.runtime.ObservedCoordinator;
import dev.collab.tck.VirtualTime;
import dev.collab.text.TextType;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What listeners of the application are told of. */
class ListenerTest {

  private static final DocumentId DOCUMENT = new DocumentId("c", "d");

  private final ServerHarness harness = new ServerHarness(Ground.CALM);
  private final ServerEvents events = harness.events();

  private TamperedCoordinator log = new TamperedCoordinator(InMemoryCoordinator.create());

  private Coordinator tampered(Coordinator target) {
    log = new TamperedCoordinator(target);
    return log;
  }

  @Test
  void connection_isToldFromItsOpeningToItsEnd() {
    WireClient client = harness.connect(harness.server(), ALICE, "alice");
    harness.time().pass(Duration.ofMinutes(3));
    client.connection().close(CloseReason.NORMAL);
    harness.settle();

    assertThat(events.names())
        .containsExactly("connectionOpened", "connectionReady", "connectionClosed");
    List<ConnectionInfo> told = events.of(ConnectionInfo.class);
    assertThat(told.get(0).client()).isEmpty();
    assertThat(told.get(0).dialect()).isEmpty();
    assertThat(told.get(1).client()).isPresent();
    assertThat(told.get(1).dialect()).contains(Dialect.BASE);
    assertThat(told).extracting(ConnectionInfo::principal).containsOnly("alice");
    assertThat(told).extracting(ConnectionInfo::number).containsOnly(1L);
    ConnectionClosed closed = events.of(ConnectionClosed.class).get(0);
    assertThat(closed.reason()).isEqualTo(CloseReason.NORMAL);
    assertThat(closed.lasted()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));
    assertThat(closed.connection().client()).isEqualTo(told.get(1).client());
  }

  @Test
  void connections_haveDifferentNumbersAndNoSecretIsTold() {
    harness.connect(ALICE);
    harness.connect(BOB).extended(BOB);
    List<ConnectionInfo> told = events.of(ConnectionInfo.class);
    assertThat(told).extracting(ConnectionInfo::number).containsExactly(1L, 1L, 2L, 2L);
    assertThat(told).noneMatch(info -> info.toString().contains(ALICE));
    assertThat(told.get(1).client().orElseThrow().value()).isNotEqualTo(ALICE);
  }

  @ParameterizedTest
  @EnumSource
  void operation_isToldWhenItIsCommittedAndNotAgainWhenItIsRepeated(Ground ground) {
    ServerHarness grounded = new ServerHarness(ground);
    WireClient alice = grounded.author(ALICE, "ab");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['xyz']}");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['xyz']}");
    WireClient bob = grounded.connect(BOB);
    bob.send("{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['-']}");

    List<OperationCommitted> told = grounded.events().of(OperationCommitted.class);
    assertThat(told)
        .extracting(
            OperationCommitted::kind,
            OperationCommitted::revision,
            OperationCommitted::transformCount)
        .containsExactly(
            tuple(Payload.Kind.CREATE, 1L, 0L),
            tuple(Payload.Kind.EDIT, 2L, 0L),
            tuple(Payload.Kind.EDIT, 3L, 1L));
    assertThat(told).extracting(OperationCommitted::document).containsOnly(DOCUMENT);
    assertThat(told.get(0).weight()).isZero();
    assertThat(told.get(1).weight()).isGreaterThan(told.get(2).weight());
    assertThat(told).noneMatch(event -> event.latency().isNegative());
    assertThat(told).noneMatch(event -> event.toString().contains("xyz"));
  }

  @Test
  void latency_isTheTimeUntilTheLogHasAnswered() {
    ServerHarness slow = ServerHarness.over(this::tampered);
    log.appends.add(failure());
    slow.author(ALICE, "ab");
    OperationCommitted told = slow.events().of(OperationCommitted.class).get(0);
    assertThat(told.latency()).isBetween(Duration.ofMillis(25), Duration.ofMillis(50));
  }

  @Test
  void refusedOperation_isToldWithItsCode() {
    WireClient alice = harness.author(ALICE, "ab");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':[9,'x']}");
    assertThat(events.of(OperationRejected.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.code()).isEqualTo("ERR_OT_OP_NOT_APPLIED");
              assertThat(event.document()).isEqualTo(DOCUMENT);
            });
    assertThat(events.of(MessageRefused.class))
        .extracting(MessageRefused::code)
        .containsExactly("ERR_OT_OP_NOT_APPLIED");
  }

  @Test
  void message_thatCannotBeReadOrHandled_isToldWithItsCode() {
    WireClient client = harness.connect();
    client.post("{'a':'s','c':'c','d':'d'}");
    client.post("{nonsense");
    harness.time().runDue();
    assertThat(events.of(MessageRefused.class))
        .extracting(MessageRefused::code)
        .containsExactly("ERR_HANDSHAKE_REQUIRED", "ERR_MESSAGE_BADLY_FORMED");
    assertThat(events.of(OperationRejected.class)).isEmpty();
  }

  @Test
  void clientThatIsTooFarBehind_isToldAsResync() {
    new LongHistory(harness).trimmed();
    events.clear();
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'s','c':'c','d':'d','v':3}");
    bob.send("{'a':'op','c':'c','d':'d','v':3,'seq':1,'op':['x']}");
    assertThat(events.of(Resync.class))
        .extracting(Resync::document, Resync::reason)
        .containsExactly(
            tuple(DOCUMENT, Resync.Reason.TOO_FAR_BEHIND),
            tuple(DOCUMENT, Resync.Reason.TOO_FAR_BEHIND));
  }

  @Test
  void document_isToldWhenItIsLoadedAndWhenNobodyUsesIt() {
    WireClient alice = harness.author(ALICE, "ab");
    alice.connection().close(CloseReason.NORMAL);
    harness.time().pass(Duration.ofMinutes(30));
    assertThat(events.of(DocumentLoaded.class))
        .extracting(DocumentLoaded::document, DocumentLoaded::revision)
        .containsExactly(tuple(DOCUMENT, 0L));
    assertThat(events.of(DocumentUnloaded.class))
        .containsExactly(new DocumentUnloaded(DOCUMENT, 1, DocumentUnloaded.Reason.IDLE));
  }

  @Test
  void document_ofAServerThatCloses_isUnloaded() {
    harness.author(ALICE, "ab");
    harness.server().close();
    harness.settle();
    assertThat(events.of(DocumentUnloaded.class))
        .containsExactly(new DocumentUnloaded(DOCUMENT, 1, DocumentUnloaded.Reason.CLOSING));
    assertThat(events.of(ConnectionClosed.class))
        .extracting(event -> event.reason().code())
        .containsExactly(1001);
  }

  @Test
  void document_thatCannotBeLoaded_isToldOnceItIsGivenUp() {
    ServerHarness broken = ServerHarness.over(this::tampered);
    for (int i = 0; i < 30; i++) {
      log.loads.add(failure());
    }
    WireClient alice = broken.connect(ALICE);
    alice.send("{'a':'s','c':'c','d':'d','v':null}");
    broken.settle();
    assertThat(broken.events().of(DocumentLoadFailed.class))
        .containsExactly(new DocumentLoadFailed(DOCUMENT, "ERR_UNAVAILABLE"));
    assertThat(broken.events().of(DocumentLoaded.class)).isEmpty();
    assertThat(broken.events().of(CoordinatorFailed.class))
        .extracting(CoordinatorFailed::call)
        .containsOnly(CoordinatorCall.LOAD_SNAPSHOT);
  }

  @Test
  void documentWhoseLogIsAnotherOne_isUnloadedAndItsReadersResync() {
    ServerHarness shrunk = ServerHarness.over(this::tampered);
    shrunk.author(ALICE, "ab");
    log.heads.add(TamperedCoordinator.answer(Optional.empty()));
    shrunk.settle();
    assertThat(shrunk.events().of(DocumentUnloaded.class))
        .extracting(DocumentUnloaded::reason)
        .contains(DocumentUnloaded.Reason.LOST);
    assertThat(shrunk.events().of(Resync.class))
        .extracting(Resync::reason)
        .containsExactly(Resync.Reason.LOG_LOST);
  }

  @Test
  void presence_isToldOfTheClientsOfThisServer() {
    WireClient alice = harness.connect(ALICE);
    alice.post("{'a':'p','ch':'room','id':'x','p':1,'pv':1}");
    alice.post("{'a':'p','ch':'room','id':'y','p':1,'pv':1}");
    alice.post("{'a':'p','ch':'room','id':'y','p':null,'pv':2}");
    harness.time().runDue();
    alice.connection().close(CloseReason.NORMAL);
    harness.settle();
    assertThat(events.of(PresenceChanged.class))
        .extracting(PresenceChanged::channel, PresenceChanged::change)
        .containsExactly(
            tuple("room", PresenceChanged.Change.UPDATED),
            tuple("room", PresenceChanged.Change.UPDATED),
            tuple("room", PresenceChanged.Change.REMOVED),
            tuple("room", PresenceChanged.Change.REMOVED));
  }

  @Test
  void presence_ofAClientThatFellSilent_isToldAsExpired() {
    WireClient alice = harness.connect(ALICE);
    alice.send("{'a':'p','ch':'room','id':'x','p':1,'pv':1}");
    harness.time().pass(Duration.ofMinutes(5));
    assertThat(events.of(PresenceChanged.class))
        .extracting(PresenceChanged::change)
        .containsExactly(PresenceChanged.Change.UPDATED, PresenceChanged.Change.EXPIRED);
  }

  @Test
  void connectionThatAsksForTooMuch_isToldWithWhatAndWhatWasDone() {
    ServerHarness small =
        new ServerHarness(Ground.CALM)
            .withLimits(ServerLimits.builder().maxSubscriptions(2).build());
    WireClient alice = small.connect(ALICE);
    alice.send("{'a':'s','c':'c','d':'d','v':null}");
    alice.send("{'a':'ps','ch':'one','seq':1}");
    alice.send("{'a':'s','c':'c','d':'e','v':null}");
    alice.send("{'a':'ps','ch':'two','seq':1}");
    for (int i = 0; i < 41; i++) {
      alice.post("{'a':'p','ch':'room','id':'x','p':%d,'pv':%d}".formatted(i, i + 1));
    }
    small.settle();
    assertThat(small.events().of(RateLimited.class))
        .extracting(RateLimited::what, RateLimited::action)
        .containsExactly(
            tuple(RateLimited.What.SUBSCRIPTIONS, RateLimited.Action.REFUSED),
            tuple(RateLimited.What.SUBSCRIPTIONS, RateLimited.Action.REFUSED),
            tuple(RateLimited.What.PRESENCE, RateLimited.Action.DELAYED));
  }

  @Test
  void chat_isToldWhenItIsCommitted() {
    WireClient alice = harness.connect().extended(ALICE);
    alice.send("{'a':'cp','r':'room','seq':1,'e':{'post':{'text':'secret'}}}");
    alice.send("{'a':'cp','r':'room','seq':1,'e':{'post':{'text':'secret'}}}");
    alice.send("{'a':'cp','r':'room','seq':2,'e':{'edit':{'id':9,'text':'secret'}}}");
    assertThat(events.of(ChatCommitted.class))
        .extracting(ChatCommitted::room, ChatCommitted::kind)
        .containsExactly(tuple("room", "post"));
    assertThat(events.of(ChatCommitted.class).toString()).doesNotContain("secret");
    assertThat(events.of(MessageRefused.class))
        .extracting(MessageRefused::code)
        .containsExactly("ERR_CHAT_MESSAGE_NOT_FOUND");
  }

  @Test
  void chat_overItsRate_isTold() {
    WireClient alice = harness.connect().extended(ALICE);
    for (int i = 1; i <= 21; i++) {
      alice.post("{'a':'cp','r':'room','seq':%d,'e':{'post':{'text':'x'}}}".formatted(i));
    }
    harness.settle();
    assertThat(events.of(RateLimited.class))
        .extracting(RateLimited::what, RateLimited::action)
        .containsExactly(tuple(RateLimited.What.CHAT, RateLimited.Action.REFUSED));
  }

  @Test
  void coordinatorsCalls_areToldWithTheirTimes() {
    harness.author(ALICE, "ab");
    assertThat(events.of(CoordinatorAnswered.class))
        .extracting(CoordinatorAnswered::call)
        .contains(
            CoordinatorCall.SUBSCRIBE,
            CoordinatorCall.LOAD_SNAPSHOT,
            CoordinatorCall.READ,
            CoordinatorCall.CREATE,
            CoordinatorCall.APPEND,
            CoordinatorCall.HEAD);
    assertThat(events.of(CoordinatorFailed.class)).isEmpty();
  }

  @Test
  void lease_thatHasExpired_isTold() {
    VirtualTime time = new VirtualTime();
    ServerEvents told = new ServerEvents();
    var coordinator =
        new ObservedCoordinator(
            InMemoryCoordinator.builder().executor(time).clock(time).build(),
            told.listener(),
            time);
    coordinator.leases().renew("node-1", Duration.ofSeconds(10));
    time.pass(Duration.ofSeconds(5));
    coordinator.leases().renew("node-1", Duration.ofSeconds(10));
    time.runDue();
    assertThat(told.of(LeaseLost.class)).isEmpty();
    time.pass(Duration.ofSeconds(11));
    coordinator.leases().renew("node-1", Duration.ofSeconds(10));
    time.runDue();
    assertThat(told.of(LeaseLost.class)).containsExactly(new LeaseLost("node-1"));
  }

  @Test
  void listenerThatCallsTheServer_isServed() {
    VirtualTime time = harness.time();
    CollabServer[] server = new CollabServer[1];
    int[] read = new int[1];
    server[0] =
        CollabServer.builder(InMemoryCoordinator.builder().executor(time).build(), time, time)
            .type(TextType.TEXT)
            .clock(time)
            .listener(
                new ServerListener() {
                  @Override
                  public void operationCommitted(OperationCommitted event) {
                    server[0].snapshot(event.document()).thenAccept(snapshot -> read[0]++);
                  }
                })
            .build();
    WireClient client = harness.connect(server[0], ALICE, "");
    client.send(
        "{'a':'op','c':'c','d':'d','v':0,'seq':1,'x':{},'create':{'type':'text','data':''}}");
    assertThat(read[0]).isEqualTo(1);
  }
}
