package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static dev.collab.server.ServerHarness.EVE;
import static dev.collab.server.ServerHarness.ack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.LogSnapshot;
import dev.collab.coordinator.ReadResult;
import dev.collab.document.DocumentId;
import dev.collab.document.Snapshot;
import dev.collab.operation.OperationTypes;
import dev.collab.protocol.StorageCodec;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.session.Session;
import dev.collab.text.TextType;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots are saved, old entries forgotten, and clients that were away told what to do. */
class LongHistoryTest {

  private static final String KEY = "document/c/d";

  private final ServerHarness harness = new ServerHarness(Ground.CALM);
  private final LongHistory history = new LongHistory(harness);

  @ParameterizedTest
  @CsvSource({"498, 0", "499, 500", "500, 500", "999, 1000"})
  void snapshot_isSavedEvery500Entries(int letters, long saved) {
    history.write(letters);
    assertThat(get(harness.logs().loadSnapshot(KEY)).map(s -> s.head().revision()).orElse(0L))
        .isEqualTo(saved);
  }

  @Test
  void snapshot_isSavedThoughNoServerStaysForLong() {
    for (int i = 0; i < 6; i++) {
      WireClient alice = harness.connect(ALICE);
      for (int j = 0; j < 100; j++) {
        int revision = 1 + i * 100 + j;
        alice.post(
            "{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':['x']}"
                .formatted(revision, revision + 1));
      }
      harness.settle();
      harness.restart();
    }
    Optional<LogSnapshot> snapshot = get(harness.logs().loadSnapshot(KEY));
    assertThat(snapshot.orElseThrow().head().revision()).isBetween(500L, 600L);
  }

  @ParameterizedTest
  @CsvSource({"9, 0", "10, 500", "11, 500"})
  void entries_ofTheLastTenMinutes_areKept(int minutes, long base) {
    history.write(499);
    harness.time().pass(Duration.ofMinutes(minutes));
    history.write(1_000);
    assertThat(base()).isEqualTo(base);
  }

  @ParameterizedTest
  @CsvSource({"998, 0", "999, 0", "1000, 500"})
  void entries_ofTheLastThousand_areKept(int letters, long base) {
    history.write(499);
    harness.time().pass(Duration.ofMinutes(11));
    history.write(letters);
    assertThat(base()).isEqualTo(base);
  }

  private long base() {
    return get(harness.logs().read(KEY, 0, 1)) instanceof ReadResult.Trimmed trimmed
        ? trimmed.base()
        : 0;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void subscribe_atTheBaseOfTheLog_catchesUpAndBelowItResyncs(boolean restarted) {
    history.trimmed();
    if (restarted) {
      harness.restart();
    }
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'s','c':'c','d':'d','v':500}");
    assertThat(bob.received()).hasSize(1_001).last().isEqualTo("{'a':'s','c':'c','d':'d'}");
    bob.clear();
    bob.send("{'a':'s','c':'c','d':'d','v':499}");
    assertThat(bob.received())
        .singleElement()
        .asString()
        .contains("ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND")
        .doesNotContain("snapshot");
    bob.clear();
    harness.connect(ALICE).send("{'a':'op','c':'c','d':'d','v':1500,'seq':1501,'op':['!']}");
    assertThat(bob.received()).isEmpty();

    WireClient eve = harness.connect().extended(EVE);
    eve.send("{'a':'s','c':'c','d':'d','v':499}");
    assertThat(eve.received())
        .singleElement()
        .asString()
        .contains(
            "ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND",
            "'snapshot':{'v':1501,'data':'!" + history.text(),
            "'epoch':0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void submit_belowTheBase_isVoidedBeforeItIsAnsweredAndStaysSo(boolean restarted) {
    history.trimmed();
    WireClient alice = harness.connect(ALICE);
    alice.send("{'a':'s','c':'c','d':'d','v':1500}");
    alice.clear();
    WireClient bob = harness.connect().extended(BOB);
    String late = "{'a':'op','c':'c','d':'d','v':3,'seq':7,'op':['late']}";
    bob.send(late);
    String answer = "'fate':'not-committed','snapshot':{'v':1501,'data':'" + history.text();
    assertThat(bob.received()).singleElement().asString().contains(answer);
    assertThat(alice.received())
        .containsExactly("{'a':'op','c':'c','d':'d','v':1500,'src':'','seq':0}");
    if (restarted) {
      harness.restart();
    }
    WireClient again = harness.connect().extended(BOB);
    again.send(late);
    assertThat(again.received()).singleElement().asString().contains(answer);
    WireClient base = harness.connect(BOB);
    base.send(late);
    assertThat(base.received())
        .singleElement()
        .asString()
        .contains("ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND")
        .doesNotContain("fate", "snapshot");
    assertThat(harness.text()).isEqualTo(history.text());
  }

  @Test
  void submit_thatStandsInTheLogButIsBelowItsBase_isToldThatItIsCommitted() {
    WireClient bob = harness.connect().extended(BOB);
    String edit = "{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['b']}";
    history.write(1);
    bob.send(edit);
    bob.connection().close(CloseReason.ABNORMAL);
    for (int i = 0; i < 2; i++) {
      harness.time().pass(Duration.ofMinutes(11));
      write(ALICE, 3 + i * 800, 800);
    }
    WireClient again = harness.connect().extended(BOB);
    again.send(edit);
    assertThat(again.received())
        .singleElement()
        .asString()
        .contains("ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND", "'fate':'committed'", "'v':1603");
    WireClient base = harness.connect(BOB);
    base.send(edit);
    assertThat(base.received()).singleElement().asString().contains("error").doesNotContain("fate");
    assertThat(harness.text()).hasSize(1_602);
  }

  private void write(String secret, int revision, int letters) {
    WireClient client = harness.connect(secret);
    for (int i = revision; i < revision + letters; i++) {
      client.post("{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':['x']}".formatted(i, i + 1));
      harness.time().runDue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void restart_atRandomPoints_givesTheLiveDocumentAndKnowsDuplicates(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 12; i++) {
      WireClient alice = harness.connect(ALICE);
      long revision = history.revision();
      history.resume(alice);
      history.write(1 + random.nextInt(300));
      if (random.nextInt(3) == 0) {
        harness.time().pass(Duration.ofMinutes(random.nextInt(15)));
      }
      harness.restart();
      assertThat(harness.text()).isEqualTo(history.text());
      WireClient again = harness.connect(ALICE);
      again.send(
          "{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':['again']}"
              .formatted(history.revision() - 1, history.revision()));
      assertThat(again.received())
          .containsExactly(ack(history.revision() - 1, ALICE, history.revision()));
      again.clear();
      again.send(
          "{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':['again']}"
              .formatted(revision, revision + 1));
      assertThat(again.received()).last().asString().contains("'seq':" + (revision + 1));
      assertThat(harness.text()).isEqualTo(history.text());
    }
  }

  @Test
  void replacedHistory_makesSubscribersComeBackAndResync() {
    WireClient alice = harness.connect().extended(ALICE);
    alice.send("{'a':'s','c':'c','d':'d','v':1}");
    CompletionStage<Snapshot> reading = harness.server().snapshot(new DocumentId("c", "d"));
    Snapshot old = get(reading);
    long start = 1L << 32;
    Snapshot restored =
        new Snapshot(1, start, old.hash(), old.content(), old.submissions(), 0, old.modifiedAt());
    Bytes hash = Bytes.copyOf(old.hash().toByteArray());
    LogHead head = get(harness.logs().head(KEY)).orElseThrow();
    StorageCodec codec = new StorageCodec(OperationTypes.of(TextType.TEXT));
    get(
        harness
            .logs()
            .replace(
                KEY,
                head,
                new LogSnapshot(
                    new LogHead(1, start, hash), Bytes.copyOf(codec.encodeSnapshot(restored)))));
    harness.settle();
    assertThat(alice.closed()).contains(Session.RESTART);
    WireClient again = harness.connect().extended(ALICE);
    again.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['x']}");
    again.send("{'a':'s','c':'c','d':'d','v':1}");
    assertThat(again.received())
        .satisfiesExactly(
            fate ->
                assertThat(fate)
                    .contains("'fate':'", "'snapshot':{'v':" + (start + 1), "'epoch':1"),
            resync -> assertThat(resync).contains("'snapshot':{'v':" + (start + 1), "'epoch':1"));
  }

  private <T> T get(CompletionStage<T> stage) {
    harness.time().runDue();
    return stage.toCompletableFuture().join();
  }
}
