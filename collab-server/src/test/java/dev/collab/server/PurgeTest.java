package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static dev.collab.server.ServerHarness.EVE;
import static dev.collab.server.ServerHarness.ack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.DocumentId;
import dev.collab.document.Snapshot;
import dev.collab.protocol.ErrorCodes;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.observe.EpochChanged;
import dev.collab.server.observe.Resync;
import dev.collab.server.session.Session;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A document's history is removed for good: nothing of it remains, and nothing else is lost. */
class PurgeTest {

  private static final DocumentId ID = new DocumentId("c", "d");
  private static final long SECOND = 1L << 32;

  private TamperedCoordinator log = new TamperedCoordinator(InMemoryCoordinator.builder().build());
  private final ServerHarness harness =
      ServerHarness.over(target -> log = new TamperedCoordinator(target));

  private static CompletionStage<Void> purge(ServerHarness over) {
    return over.server().documents().purge(ID);
  }

  private static String edit(long version, int sequence, String operation) {
    return "{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':%s}"
        .formatted(version, sequence, operation);
  }

  private static String again(String edit, String secret) {
    return edit.replace("'seq'", "'src':'" + secret + "','seq'");
  }

  @ParameterizedTest
  @EnumSource
  void purge_removesWhatWasDeletedAndKeepsWhatIsThere(Ground ground) {
    ServerHarness over = new ServerHarness(ground);
    WireClient alice = over.author(ALICE, "secret text");
    alice.send(edit(1, 2, "[{'d':7}]"));
    assertThat(over.stored()).contains("secret");
    over.await(purge(over));
    over.settle();
    assertThat(over.stored()).doesNotContain("secret").contains("text");
    assertThat(over.text()).isEqualTo("text");
    Snapshot snapshot = over.await(over.start().documents().read(ID));
    assertThat(snapshot.epoch()).isEqualTo(1);
    assertThat(snapshot.revision()).isEqualTo(SECOND);
    WireClient bob = over.connect(BOB);
    bob.send(edit(SECOND, 1, "['a ']"));
    assertThat(bob.received()).containsExactly(ack(SECOND, BOB, 1));
    assertThat(over.text()).isEqualTo("a text");
  }

  @Test
  void purge_ofADeletedDocument_leavesATombstoneThatLateEditsCannotRevive() {
    WireClient alice = harness.author(ALICE, "secret");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'del':true}");
    harness.await(purge(harness));
    assertThat(harness.stored()).doesNotContain("secret");
    WireClient bob = harness.connect().extended(BOB);
    bob.send(edit(1, 1, "['x']"));
    assertThat(bob.received())
        .singleElement()
        .asString()
        .contains("'fate':'not-committed'", "'snapshot':{'v':4294967297,'type':null,'epoch':1}");
    bob.clear();
    bob.send("{'a':'op','c':'c','d':'d','v':4294967297,'seq':2,'create':{'type':'text'}}");
    assertThat(bob.received()).containsExactly(ack(SECOND + 1, BOB, 2));
  }

  @Test
  void purge_ofWhatHasNoHistory_doesNothing() {
    harness.await(purge(harness));
    assertThat(harness.stored()).isEmpty();
    harness.author(ALICE, "text");
    harness.await(purge(harness));
    harness.await(purge(harness));
    assertThat(harness.await(harness.server().snapshot(ID)).revision()).isEqualTo(SECOND);
    harness.connect(BOB).send(edit(SECOND, 1, "['x']"));
    harness.await(purge(harness));
    assertThat(harness.await(harness.server().snapshot(ID)).revision()).isEqualTo(2 * SECOND);
    assertThat(harness.await(harness.server().snapshot(ID)).epoch()).isEqualTo(2);
  }

  @Test
  void twoPurgesAtOnce_areOne() {
    harness.author(ALICE, "text");
    CompletionStage<Void> first = purge(harness);
    CompletionStage<Void> second = purge(harness);
    CompletionStage<Void> elsewhere = harness.start().documents().purge(ID);
    harness.await(first);
    harness.await(second);
    harness.await(elsewhere);
    assertThat(harness.await(harness.server().snapshot(ID)).epoch()).isEqualTo(1);
  }

  @Test
  void purge_toSubscribersWithTheExtension_isAResyncInAnotherEpoch() {
    WireClient alice = harness.author(ALICE, "text");
    WireClient bob = harness.connect().extended(BOB);
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    harness.await(purge(harness));
    assertThat(alice.closed()).contains(Session.RESTART);
    assertThat(bob.closed()).contains(Session.RESTART);
    WireClient again = harness.connect().extended(BOB);
    again.send("{'a':'s','c':'c','d':'d','v':1}");
    assertThat(again.received())
        .singleElement()
        .asString()
        .contains(
            "ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND", "'v':4294967296,'data':'text'", "'epoch':1");
    assertThat(harness.events().of(EpochChanged.class)).containsExactly(new EpochChanged(ID, 0, 1));
    assertThat(harness.events().of(Resync.class))
        .extracting(Resync::reason)
        .contains(Resync.Reason.EPOCH_CHANGED)
        .doesNotContain(Resync.Reason.LOG_LOST);
    assertThat(harness.events().of(DocumentUnloaded.class))
        .extracting(DocumentUnloaded::document, DocumentUnloaded::reason)
        .contains(tuple(ID, DocumentUnloaded.Reason.PURGED));
  }

  @Test
  void purge_toClientsWithoutTheExtension_looksLikeADeletionAndACreation() {
    harness.author(ALICE, "text");
    harness.await(purge(harness));
    WireClient again = harness.connect(ALICE);
    again.send("{'a':'s','c':'c','d':'d','v':1}");
    assertThat(again.received())
        .containsExactly(
            "{'a':'op','c':'c','d':'d','v':1,'src':'','seq':0,'del':true}",
            "{'data':{'v':4294967296,'data':'text','type':'http://sharejs.org/types/textv1'},"
                + "'a':'s','c':'c','d':'d'}");
    again.clear();
    harness.connect(BOB).send(edit(SECOND, 1, "['x']"));
    assertThat(again.received()).singleElement().asString().contains("'v':4294967296", "['x']");
    WireClient bulk = harness.connect(EVE);
    bulk.send("{'a':'bs','c':'c','b':{'d':1,'e':0}}");
    assertThat(bulk.received())
        .satisfiesExactly(
            end -> assertThat(end).contains("'v':1", "'del':true"),
            states ->
                assertThat(states).contains("'d':{'v':4294967297,'data':'xtext'", "'e':{'v':0"));
    bulk.clear();
    harness.connect(BOB).send(edit(SECOND + 1, 2, "['y']"));
    assertThat(bulk.received()).singleElement().asString().contains("'v':4294967297", "['y']");
  }

  @ParameterizedTest
  @EnumSource
  void submissionOfTheEpochBefore_isNeverAppliedTwice(Ground ground) {
    ServerHarness over = new ServerHarness(ground);
    WireClient alice = over.author(ALICE, "text");
    alice.send(edit(1, 2, "['x']"));
    over.await(purge(over));
    WireClient again = over.connect().extended(ALICE);
    again.send(again(edit(1, 2, "['x']"), ALICE));
    assertThat(again.received()).containsExactly(ack(1, ALICE, 2));
    again.clear();
    again.send(again(edit(2, 3, "['y']"), ALICE));
    assertThat(again.received()).singleElement().asString().contains("'fate':'not-committed'");
    again.clear();
    again.send(again(edit(2, 3, "['y']"), ALICE));
    assertThat(again.received()).singleElement().asString().contains("'fate':'not-committed'");
    assertThat(over.text()).isEqualTo("xtext");
  }

  @Test
  void submissions_whileTheHistoryIsReplaced_waitAndAreDecidedInTheNewEpoch() {
    WireClient alice = harness.author(ALICE, "text");
    log.replaces.add(TamperedCoordinator.lostReply());
    CompletionStage<Void> purged = purge(harness);
    harness.time().runDue();
    WireClient bob = harness.connect().extended(BOB);
    bob.post(edit(1, 1, "['x']"));
    bob.post("{'a':'f','c':'c','d':'d','v':null}");
    harness.await(purged);
    harness.settle();
    assertThat(alice.closed()).contains(Session.RESTART);
    assertThat(bob.received())
        .anySatisfy(reply -> assertThat(reply).contains("'a':'op'", "'fate':'not-committed'"))
        .anySatisfy(reply -> assertThat(reply).contains("'a':'f'", "'data':'text'", "'epoch':1"));
  }

  @Test
  void anotherServer_noticesThoughItHearsNothing() {
    WireClient alice = harness.author(ALICE, "text");
    CollabServer second = harness.start();
    WireClient bob = harness.connect(second, BOB, "");
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    log.silent = true;
    harness.await(purge(harness));
    harness.time().pass(Duration.ofSeconds(3));
    assertThat(alice.closed()).contains(Session.RESTART);
    assertThat(bob.closed()).contains(Session.RESTART);
    WireClient eve = harness.connect(second, EVE, "");
    eve.send("{'a':'f','c':'c','d':'d','v':null}");
    assertThat(eve.received()).singleElement().asString().contains("4294967296");
  }

  @Test
  void anotherServer_thatSubmitsBeforeItNotices_losesNothing() {
    harness.author(ALICE, "text");
    CollabServer second = harness.start();
    WireClient bob =
        WireClient.connect(
            dev.collab.transport.InMemoryTransport.builder(second).executor(harness.time()).build(),
            harness.time());
    bob.extended(BOB);
    bob.send("{'a':'f','c':'c','d':'d','v':null}");
    bob.clear();
    log.silent = true;
    purge(harness);
    harness.time().runDue();
    bob.post(edit(1, 1, "['x']"));
    harness.settle();
    assertThat(bob.received())
        .singleElement()
        .asString()
        .contains("'fate':'not-committed'", "'data':'text'", "'epoch':1");
    assertThat(harness.text()).isEqualTo("text");
  }

  @Test
  void purge_whenAnotherServerIsFaster_takesInWhatItWrote() {
    harness.author(ALICE, "text");
    CollabServer second = harness.start();
    WireClient bob = harness.connect(second, BOB, "");
    log.silent = true;
    log.replaces.add(
        real -> {
          bob.post(edit(1, 1, "['x']"));
          harness.time().runDue();
          return real.get();
        });
    harness.await(purge(harness));
    assertThat(bob.received()).containsExactly(ack(1, BOB, 1));
    assertThat(harness.text()).isEqualTo("xtext");
    assertThat(harness.await(harness.server().snapshot(ID)).revision()).isEqualTo(SECOND);
  }

  @Test
  void purge_thatTheCoordinatorNeverAnswers_failsAndTheDocumentIsServedAsBefore() {
    WireClient alice = harness.author(ALICE, "text");
    for (int i = 0; i < 11; i++) {
      log.replaces.add(TamperedCoordinator.failure());
    }
    CompletionStage<Void> purged = purge(harness);
    harness.time().runDue();
    alice.post(edit(1, 2, "['x']"));
    assertThat(harness.code(purged)).isEqualTo(ErrorCodes.UNAVAILABLE);
    harness.settle();
    assertThat(alice.received()).containsExactly(ack(1, ALICE, 2));
    harness.await(purge(harness));
    assertThat(harness.text()).isEqualTo("xtext");
  }

  @Test
  void purge_whenTheServerCloses_failsAsUnavailable() {
    harness.author(ALICE, "text");
    log.replaces.add(TamperedCoordinator.silence());
    CompletionStage<Void> purged = purge(harness);
    harness.time().runDue();
    harness.server().close();
    assertThat(harness.code(purged)).isEqualTo(ErrorCodes.UNAVAILABLE);
  }
}
