package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static dev.collab.server.ServerHarness.ack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.coordinator.LogSnapshot;
import dev.collab.document.DocumentId;
import dev.collab.document.Snapshot;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.LoadPolicy;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.observe.Gauge;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What nobody uses is given up and comes back as it was; what somebody uses stays. */
class UnloadingTest {

  private static final LoadPolicy ROOM_FOR_TWO =
      new LoadPolicy(Duration.ofHours(1), 2, Long.MAX_VALUE);

  private TamperedCoordinator log = new TamperedCoordinator(InMemoryCoordinator.builder().build());
  private final ServerHarness harness =
      ServerHarness.over(target -> log = new TamperedCoordinator(target));

  private static String create(String document) {
    return "{'a':'op','c':'c','d':'%s','v':null,'seq':%d,'create':{'type':'text','data':'%s'}}"
        .formatted(document, document.charAt(0) - 'a' + 1, document);
  }

  private static String fetch(String document) {
    return "{'a':'f','c':'c','d':'%s','v':null}".formatted(document);
  }

  private static String subscribe(String document) {
    return "{'a':'s','c':'c','d':'%s','v':null}".formatted(document);
  }

  private List<String> unloaded() {
    return harness.events().of(DocumentUnloaded.class).stream()
        .filter(event -> event.reason() == DocumentUnloaded.Reason.IDLE)
        .map(event -> event.document().id())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"57, 1", "62, 0"})
  void document_thatNobodyUses_isGivenUpAfterTheIdleTime(int seconds, int loaded) {
    harness.withLoading(new LoadPolicy(Duration.ofMinutes(1), 100, Long.MAX_VALUE));
    WireClient alice = harness.connect(ALICE);
    alice.post(create("a"));
    harness.time().pass(Duration.ofSeconds(seconds));
    assertThat(log.subscribed).isEqualTo(loaded);
    alice.clear();
    alice.send("{'a':'op','c':'c','d':'a','v':1,'seq':2,'op':['x']}");
    assertThat(alice.received()).singleElement().asString().contains("'v':1", "'seq':2");
  }

  @Test
  void document_thatIsAskedForNowAndThen_stays() {
    WireClient alice = harness.author(ALICE, "text");
    alice.send("{'a':'u','c':'c','d':'d'}");
    for (int i = 0; i < 10; i++) {
      harness.time().pass(Duration.ofSeconds(20));
      alice.send(fetch("d"));
    }
    assertThat(unloaded()).isEmpty();
  }

  @Test
  void document_withASubscriberOrAPresence_stays() {
    WireClient alice = harness.author(ALICE, "text");
    WireClient bob = harness.connect(BOB);
    harness.time().pass(Duration.ofMinutes(10));
    bob.send(
        "{'a':'p','ch':'c.d','id':'1','p':{'selections':[]},'pv':0,'c':'c','d':'d','v':1,"
            + "'t':'http://sharejs.org/types/textv1'}");
    alice.send("{'a':'u','c':'c','d':'d'}");
    for (int i = 1; i < 40; i++) {
      harness.time().pass(Duration.ofSeconds(10));
      bob.send(
          "{'a':'p','ch':'c.d','id':'1','p':{'selections':[]},'pv':%d,'c':'c','d':'d','v':1,"
                  .formatted(i)
              + "'t':'http://sharejs.org/types/textv1'}");
    }
    assertThat(unloaded()).isEmpty();
    bob.connection().close(CloseReason.NORMAL);
    harness.time().pass(Duration.ofMinutes(2));
    assertThat(unloaded()).containsExactly("d");
  }

  @ParameterizedTest
  @EnumSource
  void document_thatIsLoadedAgain_isTheSame(Ground ground) {
    ServerHarness over =
        new ServerHarness(ground).withLoading(new LoadPolicy(Duration.ZERO, 10, Long.MAX_VALUE));
    over.author(ALICE, "text").connection().close(CloseReason.NORMAL);
    DocumentId id = new DocumentId("c", "d");
    for (int i = 0; i < 70; i++) {
      WireClient alice = over.connect(ALICE);
      alice.send(
          "{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':['%s']}".formatted(i + 1, i + 2, i));
      alice.connection().close(CloseReason.NORMAL);
      over.settle();
    }
    CompletableFuture<Snapshot> reloaded = over.server().snapshot(id).toCompletableFuture();
    over.settle();
    CompletableFuture<Snapshot> again = over.start().snapshot(id).toCompletableFuture();
    over.settle();
    assertThat(reloaded.join().revision()).isEqualTo(71);
    assertThat(reloaded.join().hash()).isEqualTo(again.join().hash());
    assertThat(reloaded.join().submissions()).isEqualTo(again.join().submissions());
    assertThat(over.text()).startsWith("6968").endsWith("10text");
    WireClient alice = over.connect(ALICE);
    alice.send("{'a':'op','c':'c','d':'d','v':70,'seq':71,'src':'" + ALICE + "','op':['69']}");
    assertThat(alice.received()).containsExactly(ack(70, ALICE, 71));
    assertThat(over.events().of(DocumentUnloaded.class)).hasSizeGreaterThan(60);
  }

  @ParameterizedTest
  @CsvSource({"48, 0", "49, 50"})
  void unloading_savesASnapshotIfThereIsEnoughBehindTheNewest(int letters, long saved) {
    write(letters);
    harness.time().pass(Duration.ofMinutes(2));
    assertThat(savedRevision()).isEqualTo(saved);
  }

  @Test
  void unloading_whoseSnapshotIsNotSaved_losesNothing() {
    write(60);
    log.saves.add(TamperedCoordinator.failure());
    harness.time().pass(Duration.ofMinutes(2));
    assertThat(log.subscribed).isZero();
    assertThat(savedRevision()).isZero();
    assertThat(harness.text()).hasSize(60);
  }

  @Test
  void unloading_whoseSnapshotIsNeverAnswered_isDoneAllTheSame() {
    write(60);
    log.saves.add(TamperedCoordinator.silence());
    harness.time().pass(Duration.ofMinutes(2));
    assertThat(log.subscribed).isZero();
    assertThat(harness.text()).hasSize(60);
  }

  @Test
  void shortSessions_thatAddUp_areTrimmed() {
    harness.author(ALICE, "").connection().close(CloseReason.NORMAL);
    for (int session = 0; session < 30; session++) {
      WireClient alice = harness.connect(ALICE);
      for (int i = 1; i <= 60; i++) {
        int n = session * 60 + i;
        alice.post("{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':['x']}".formatted(n, n + 1));
      }
      harness.settle();
      alice.connection().close(CloseReason.NORMAL);
      harness.time().pass(Duration.ofMinutes(2));
    }
    var base = harness.logs().trim("document/c/d", 0).toCompletableFuture();
    harness.time().runDue();
    assertThat(base.join()).isBetween(600L, 801L);
  }

  private void write(int letters) {
    WireClient alice = harness.author(ALICE, "");
    for (int i = 1; i <= letters; i++) {
      alice.post("{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':['x']}".formatted(i, i + 1));
    }
    harness.settle();
    alice.connection().close(CloseReason.NORMAL);
  }

  private long savedRevision() {
    CompletableFuture<Optional<LogSnapshot>> snapshot =
        harness.logs().loadSnapshot("document/c/d").toCompletableFuture();
    harness.time().runDue();
    return snapshot.join().map(saved -> saved.head().revision()).orElse(0L);
  }

  @Test
  void load_beyondTheLimit_givesUpTheLeastRecentlyUsed() {
    harness.withLoading(ROOM_FOR_TWO);
    WireClient alice = harness.connect(ALICE);
    alice.send(create("a"));
    alice.send(create("b"));
    alice.send(fetch("a"));
    alice.send(create("c"));
    assertThat(unloaded()).containsExactly("b");
    alice.send(subscribe("a"));
    alice.send(fetch("c"));
    alice.send(create("d"));
    assertThat(unloaded()).containsExactly("b", "c");
    assertThat(log.subscribed).isEqualTo(2);
    alice.clear();
    for (String document : List.of("a", "b", "c", "d")) {
      alice.send(fetch(document));
    }
    assertThat(alice.received()).hasSize(4).allMatch(reply -> reply.contains("'v':1"));
  }

  @Test
  void load_whenAllOthersAreInUse_isRefusedWithATimeAndDisturbsNobody() {
    harness.withLoading(ROOM_FOR_TWO);
    WireClient alice = harness.connect(ALICE);
    WireClient bob = harness.connect().extended(BOB);
    alice.send(create("a"));
    alice.send(subscribe("a"));
    alice.send(subscribe("b"));
    bob.send(subscribe("c"));
    bob.send("{'a':'op','c':'c','d':'c','v':0,'seq':1,'create':{'type':'text'}}");
    assertThat(bob.received())
        .hasSize(2)
        .allMatch(
            reply -> reply.contains("ERR_UNAVAILABLE") && reply.contains("'retryAfter':5000"));
    assertThat(log.subscribed).isEqualTo(2);
    alice.clear();
    alice.send("{'a':'op','c':'c','d':'a','v':1,'seq':3,'op':['x']}");
    assertThat(alice.received()).singleElement().asString().contains("'v':1");
    alice.send("{'a':'u','c':'c','d':'b'}");
    bob.clear();
    bob.send(subscribe("c"));
    assertThat(bob.received()).singleElement().asString().contains("'type':null");
  }

  @Test
  void submission_whenAllOthersAreInUse_waitsForRoom() {
    harness.withLoading(ROOM_FOR_TWO);
    WireClient alice = harness.connect(ALICE);
    alice.send(subscribe("a"));
    alice.send(subscribe("b"));
    WireClient bob = harness.connect(BOB);
    bob.post(create("c"));
    harness.time().pass(Duration.ofSeconds(3));
    assertThat(bob.received()).isEmpty();
    alice.post("{'a':'u','c':'c','d':'a'}");
    harness.settle();
    assertThat(bob.received()).singleElement().asString().contains("'v':0").doesNotContain("error");
  }

  @Test
  void memory_thatGrowsBeyondTheLimit_costsTheOnesThatNobodyUses() {
    harness.withLoading(new LoadPolicy(Duration.ofHours(1), 100, 20_000));
    WireClient alice = harness.connect(ALICE);
    alice.send(create("a"));
    alice.send(create("b"));
    alice.send("{'a':'s','c':'c','d':'b','v':1}");
    alice.send("{'a':'op','c':'c','d':'b','v':1,'seq':9,'op':['" + "x".repeat(20_000) + "']}");
    assertThat(unloaded()).containsExactly("a");
    alice.clear();
    alice.send(fetch("a"));
    assertThat(alice.received()).singleElement().asString().contains("ERR_UNAVAILABLE");
    alice.send("{'a':'u','c':'c','d':'b'}");
    alice.clear();
    alice.send(fetch("a"));
    assertThat(alice.received()).singleElement().asString().contains("'data':'a'");
    assertThat(unloaded()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @EnumSource
  void manyDocuments_withRoomForOne_areAllServedInTurn(Ground ground) {
    ServerHarness over =
        new ServerHarness(ground).withLoading(new LoadPolicy(Duration.ofHours(1), 1, 1));
    List<WireClient> clients = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      WireClient client = over.connect(ALICE.substring(1) + i);
      client.post(
          "{'a':'op','c':'c','d':'%d','v':null,'seq':1,'create':{'type':'text'}}".formatted(i));
      clients.add(client);
    }
    over.time().pass(Duration.ofMinutes(2));
    assertThat(clients)
        .allSatisfy(
            client -> assertThat(client.received()).singleElement().asString().contains("'v':0"));
  }

  @Test
  void everythingThatWasUsed_leavesNothingBehind() {
    use(0);
    harness.time().pass(Duration.ofMinutes(10));
    int tasks = harness.time().waiting(); // the server's lease is renewed, its control log polled
    for (int i = 1; i < 20; i++) {
      use(i);
    }
    assertThat(log.subscribed).isPositive();
    assertThat(harness.server().gauges().get(Gauge.DOCUMENTS)).isPositive();
    harness.time().pass(Duration.ofMinutes(10));
    assertThat(log.subscribed).isZero();
    assertThat(harness.server().status().documents()).isEmpty();
    assertThat(harness.server().gauges().values().values()).allMatch(value -> value == 0);
    assertThat(harness.time().waiting()).isEqualTo(tasks).isEqualTo(2);
  }

  /** Does in one document and one room whatever can be done, and goes. */
  private void use(int number) {
    WireClient client = harness.connect().extended(ALICE);
    for (String frame :
        List.of(
            "{'a':'s','c':'c','d':'N','v':null}",
            "{'a':'op','c':'c','d':'N','v':0,'seq':1,'create':{'type':'text'}}",
            "{'a':'ps','ch':'c.N','seq':1,'c':'c','d':'N'}",
            "{'a':'p','ch':'c.N','id':'1','p':{'selections':[]},'pv':0,'c':'c','d':'N','v':1,"
                + "'t':'http://sharejs.org/types/textv1'}",
            "{'a':'cs','r':'N','v':null}",
            "{'a':'cp','r':'N','seq':1,'e':{'post':{'text':'hi'}}}",
            "{'a':'ct','r':'N','typing':true}",
            "{'a':'cr','r':'N','read':1}")) {
      client.post(frame.replace("N", String.valueOf(number)));
      harness.time().pass(Duration.ofMillis(100));
    }
    assertThat(client.received()).hasSize(9).noneMatch(frame -> frame.contains("error"));
    client.connection().close(number % 2 == 0 ? CloseReason.NORMAL : CloseReason.ABNORMAL);
  }
}
