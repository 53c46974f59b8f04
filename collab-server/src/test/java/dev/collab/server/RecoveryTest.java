package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static dev.collab.server.ServerHarness.EVE;
import static dev.collab.server.ServerHarness.ack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.AppendResult;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.ReadResult;
import dev.collab.document.DocumentId;
import dev.collab.document.Snapshot;
import dev.collab.server.session.Session;
import dev.collab.transport.CloseReason;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The log answers badly: nobody waits for ever, nothing is applied twice, nothing is lost. */
class RecoveryTest {

  private static final Bytes NO_HASH = Bytes.copyOf(new byte[16]);
  private static final LogHead ELSEWHERE = new LogHead(0, 2, NO_HASH);
  private static final String EDIT = "{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['x']}";

  private TamperedCoordinator log = new TamperedCoordinator(InMemoryCoordinator.builder().build());
  private final ServerHarness harness =
      ServerHarness.over(target -> log = new TamperedCoordinator(target));

  static Stream<AppendResult> answersOfAnotherLog() {
    return Stream.of(
        new AppendResult.Behind(ELSEWHERE),
        new AppendResult.Forked(ELSEWHERE),
        new AppendResult.OtherEpoch(ELSEWHERE),
        new AppendResult.Trimmed(2, ELSEWHERE),
        new AppendResult.Missing(),
        new AppendResult.Conflict(ELSEWHERE, List.of()),
        new AppendResult.Conflict(
            ELSEWHERE, List.of(new LogEntry(2, NO_HASH, Bytes.ofUtf8("rubbish")))));
  }

  @ParameterizedTest
  @MethodSource("answersOfAnotherLog")
  void submit_whenTheLogIsAnotherOne_isCommittedOnceTheDocumentIsLoadedAgain(AppendResult answer) {
    harness.author(ALICE, "text");
    WireClient bob = harness.connect(BOB);
    log.appends.add(TamperedCoordinator.answer(answer));
    bob.send(EDIT.replace("'seq':2", "'seq':1"));
    assertThat(bob.received()).containsExactly(ack(1, BOB, 1));
    assertThat(harness.text()).isEqualTo("xtext");
  }

  @Test
  void lost_subscribersComeBack() {
    WireClient alice = harness.author(ALICE, "text");
    log.appends.add(TamperedCoordinator.answer(new AppendResult.Forked(ELSEWHERE)));
    alice.send(EDIT);
    assertThat(alice.closed()).contains(Session.RESTART);
    assertThat(alice.received()).isEmpty();
    WireClient again = harness.connect(ALICE);
    again.send(EDIT.replace("'seq'", "'src':'" + ALICE + "','seq'"));
    assertThat(again.received()).containsExactly(ack(1, ALICE, 2));
    assertThat(harness.text()).isEqualTo("xtext");
  }

  @Test
  void subscribe_whileTheLogIsLost_hearsOfLaterEntries() {
    log.silent = true;
    harness.author(ALICE, "text");
    WireClient eve = harness.connect(harness.start(), EVE, "");
    WireClient bob = harness.connect(BOB);
    eve.send("{'a':'s','c':'c','d':'d','v':1}");
    eve.post(EDIT.replace("'seq':2", "'seq':1"));
    harness.time().runDue();
    log.reads.add(TamperedCoordinator.answer(new ReadResult.Trimmed(2, ELSEWHERE)));
    bob.send("{'a':'s','c':'c','d':'d','v':2}");
    assertThat(bob.received()).containsExactly("{'a':'s','c':'c','d':'d'}");
    bob.clear();
    eve.send("{'a':'op','c':'c','d':'d','v':2,'seq':2,'op':['y']}");
    assertThat(bob.received()).hasSize(1).first().asString().contains("'op':['y']");
  }

  @Test
  void subscribe_fromTheFutureWhileTheLogIsLost_isAnswered() {
    harness.author(ALICE, "text");
    WireClient bob = harness.connect(BOB);
    log.reads.add(TamperedCoordinator.answer(new ReadResult.Trimmed(2, ELSEWHERE)));
    bob.send("{'a':'s','c':'c','d':'d','v':9}");
    assertThat(bob.received()).hasSize(1).first().asString().contains("NEWER_THAN_CURRENT");
  }

  @Test
  void poll_thatFindsEntriesLost_makesSubscribersComeBack() {
    WireClient alice = harness.author(ALICE, "text");
    log.heads.add(TamperedCoordinator.answer(Optional.of(new LogHead(0, 0, NO_HASH))));
    harness.settle();
    assertThat(alice.closed()).contains(Session.RESTART);
  }

  @Test
  void poll_thatFindsAnotherHash_makesSubscribersComeBack() {
    WireClient alice = harness.author(ALICE, "text");
    log.heads.add(TamperedCoordinator.answer(Optional.of(new LogHead(0, 1, NO_HASH))));
    harness.settle();
    assertThat(alice.closed()).contains(Session.RESTART);
  }

  @Test
  void submit_onWhichTheCallThrows_isRepeated() {
    WireClient alice = harness.author(ALICE, "text");
    log.appends.add(TamperedCoordinator.thrown());
    log.appends.add(TamperedCoordinator.failure());
    alice.send(EDIT);
    assertThat(alice.received()).containsExactly(ack(1, ALICE, 2));
  }

  @Test
  void submit_beforeItStandsInTheLog_isNotAnsweredNorToldAnybody() {
    WireClient alice = harness.author(ALICE, "text");
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    bob.clear();
    log.appends.add(TamperedCoordinator.silence());
    alice.send(EDIT);
    alice.send("{'a':'op','c':'c','d':'d','v':99,'seq':3,'op':['y']}");
    assertThat(alice.received()).isEmpty();
    assertThat(bob.received()).isEmpty();
    assertThat(harness.text()).isEqualTo("text");
  }

  @Test
  void submit_againFromANewConnectionWhileTheAppendIsUnknown_isAppliedOnce() {
    WireClient alice = harness.author(ALICE, "text");
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    bob.clear();
    var held = new CompletableFuture<Void>();
    log.appends.add(
        real ->
            real.get()
                .thenCombine(held, (result, nothing) -> result)
                .thenCompose(
                    result ->
                        CompletableFuture.failedStage(new IllegalStateException("no answer"))));
    alice.send(EDIT);
    WireClient again = harness.connect(ALICE);
    assertThat(alice.closed()).contains(Session.REPLACED);
    again.send(EDIT.replace("'seq'", "'src':'" + ALICE + "','seq'"));
    assertThat(again.received()).isEmpty();
    held.complete(null);
    harness.settle();
    assertThat(again.received()).containsExactly(ack(1, ALICE, 2));
    assertThat(bob.received()).singleElement().asString().contains("'v':1", "'op':['x']");
    assertThat(harness.text()).isEqualTo("xtext");
  }

  @Test
  void versionThatAnotherServerToldOf_isReadBeforeItIsRefused() {
    WireClient alice = harness.author(ALICE, "text");
    CollabServer second = harness.start();
    WireClient bob = harness.connect(second, BOB, "");
    WireClient eve = harness.connect(second, EVE, "");
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    log.silent = true;
    alice.post(EDIT);
    harness.time().runDue();
    assertThat(alice.received()).containsExactly(ack(1, ALICE, 2));
    bob.clear();
    bob.post("{'a':'op','c':'c','d':'d','v':2,'seq':1,'op':['y']}");
    eve.post("{'a':'s','c':'c','d':'d','v':2}");
    eve.post("{'a':'f','c':'c','d':'d','v':4}");
    harness.time().runDue();
    assertThat(bob.received())
        .satisfiesExactly(
            foreign -> assertThat(foreign).contains("'v':1", "'op':['x']"),
            own -> assertThat(own).isEqualTo(ack(2, BOB, 1)));
    assertThat(eve.received())
        .anySatisfy(reply -> assertThat(reply).isEqualTo("{'a':'s','c':'c','d':'d'}"))
        .anySatisfy(
            error -> assertThat(error).contains("'a':'f'", "ERR_OP_VERSION_NEWER_THAN_CURRENT"));
    assertThat(harness.text()).isEqualTo("yxtext");
  }

  @Test
  void versionThatAnotherServerToldOf_duringAReadOfTheLog_isReadAgainBeforeItIsRefused() {
    WireClient alice = harness.author(ALICE, "text");
    CollabServer second = harness.start();
    WireClient bob = harness.connect(second, BOB, "");
    WireClient eve = harness.connect(second, EVE, "");
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    log.silent = true;
    var held = new CompletableFuture<Void>();
    log.reads.add(real -> real.get().thenCombine(held, (result, nothing) -> result));
    eve.post("{'a':'f','c':'c','d':'d','v':9}");
    harness.time().runDue();
    alice.post(EDIT);
    bob.clear();
    harness.time().runDue();
    bob.post("{'a':'op','c':'c','d':'d','v':2,'seq':1,'op':['y']}");
    harness.time().runDue();
    held.complete(null);
    harness.time().runDue();
    assertThat(bob.received()).last().isEqualTo(ack(2, BOB, 1));
    assertThat(eve.received()).singleElement().asString().contains("ERR_OP_VERSION_NEWER");
  }

  @Test
  void snapshot_ofWhatAnotherServerHasJustWritten_isTheNewest() {
    WireClient alice = harness.author(ALICE, "text");
    CollabServer second = harness.start();
    WireClient bob = harness.connect(second, BOB, "");
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    log.silent = true;
    alice.post(EDIT);
    harness.time().runDue();
    CompletableFuture<Snapshot> snapshot =
        second.snapshot(new DocumentId("c", "d")).toCompletableFuture();
    harness.time().runDue();
    assertThat(snapshot).isCompletedWithValueMatching(newest -> newest.revision() == 2);
  }

  @Test
  void submit_whileSomebodyKeepsAskingForVersionsOfTheFuture_isNotKeptWaiting() {
    WireClient alice = harness.author(ALICE, "text");
    WireClient eve = harness.connect(EVE);
    for (int i = 0; i < 50; i++) {
      log.reads.add(
          real -> {
            eve.post("{'a':'f','c':'c','d':'d','v':99}");
            return real.get();
          });
    }
    var readsLeft = new AtomicInteger();
    log.appends.add(
        real -> {
          readsLeft.set(log.reads.size());
          return real.get();
        });
    eve.post("{'a':'f','c':'c','d':'d','v':99}");
    alice.post(EDIT);
    harness.time().runDue();
    assertThat(alice.received()).containsExactly(ack(1, ALICE, 2));
    assertThat(readsLeft.get()).isGreaterThan(45);
  }

  @Test
  void announcement_whileAnAppendIsUnderWay_isFollowedRightBehindIt() {
    WireClient alice = harness.author(ALICE, "text");
    CollabServer second = harness.start();
    WireClient bob = harness.connect(second, BOB, "");
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    var held = new CompletableFuture<Void>();
    log.appends.add(real -> real.get().thenCombine(held, (result, nothing) -> result));
    alice.post(EDIT);
    harness.time().runDue();
    bob.post("{'a':'op','c':'c','d':'d','v':2,'seq':1,'op':['y']}");
    harness.time().runDue();
    assertThat(alice.received()).isEmpty();
    held.complete(null);
    harness.time().runDue();
    assertThat(alice.received())
        .satisfiesExactly(
            own -> assertThat(own).isEqualTo(ack(1, ALICE, 2)),
            foreign -> assertThat(foreign).contains("'v':2", "'op':['y']"));
  }

  @Test
  void close_whileAnAppendIsUnderWay_answersNothingAndTheNextServerAppliesItOnce() {
    WireClient alice = harness.author(ALICE, "text");
    log.appends.add(TamperedCoordinator.lostReply());
    alice.post(EDIT);
    harness.time().runDue();
    harness.restart();
    assertThat(alice.received()).isEmpty();
    assertThat(alice.closed()).contains(CloseReason.GOING_AWAY);
    WireClient again = harness.connect(ALICE);
    again.send(EDIT.replace("'seq'", "'src':'" + ALICE + "','seq'"));
    assertThat(again.received()).containsExactly(ack(1, ALICE, 2));
    assertThat(harness.text()).isEqualTo("xtext");
  }
}
