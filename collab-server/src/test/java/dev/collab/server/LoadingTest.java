package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.LogSnapshot;
import dev.collab.document.DocumentId;
import dev.collab.document.Snapshot;
import dev.collab.operation.CollabException;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A document that cannot be loaded is unavailable, never empty, and concerns no other. */
class LoadingTest {

  private static final Bytes START = Bytes.copyOf(new byte[16]);
  private static final String KEY = "document/c/d";
  private static final String FETCH = "{'a':'f','c':'c','d':'d','v':null}";
  private static final String CREATE =
      "{'a':'op','c':'c','d':'d','v':null,'seq':1,'create':{'type':'text'}}";

  private TamperedCoordinator log = new TamperedCoordinator(InMemoryCoordinator.builder().build());
  private final ServerHarness harness =
      ServerHarness.over(target -> log = new TamperedCoordinator(target));

  @ParameterizedTest
  @CsvSource({"3, true", "4, true", "5, false"})
  void fetch_whenLoadingFailsSomeTimes_isAnsweredInTheEnd(int failures, boolean read) {
    for (int i = 0; i < failures; i++) {
      log.loads.add(i % 2 == 0 ? TamperedCoordinator.failure() : TamperedCoordinator.thrown());
    }
    WireClient client = harness.connect(ALICE);
    client.send(FETCH);
    assertThat(client.received())
        .singleElement()
        .asString()
        .contains(read ? "'type':null" : "ERR_UNAVAILABLE");
    client.clear();
    log.loads.clear();
    client.send(FETCH);
    assertThat(client.received()).singleElement().asString().contains("'type':null");
  }

  @ParameterizedTest
  @CsvSource({"10, true", "11, false"})
  void submit_whenLoadingFails_waitsLongerThanReaders(int failures, boolean committed) {
    for (int i = 0; i < failures; i++) {
      log.loads.add(TamperedCoordinator.failure());
    }
    WireClient client = harness.connect(ALICE);
    client.send(CREATE);
    harness.settle();
    assertThat(client.received())
        .singleElement()
        .asString()
        .contains(committed ? "'v':0" : "ERR_UNAVAILABLE");
  }

  @Test
  void corruptLog_isAnErrorAndConcernsNoOtherDocument() {
    append(0, new LogHead(0, 0, START), List.of(new LogEntry(1, START, Bytes.ofUtf8("{"))));
    WireClient client = harness.connect(ALICE);
    client.send(FETCH);
    client.send(CREATE);
    client.send("{'a':'f','c':'c','d':'other','v':null}");
    assertThat(client.received())
        .satisfiesExactly(
            read -> assertThat(read).contains("'a':'f'", "ERR_LOG_CORRUPT"),
            edit -> assertThat(edit).contains("'a':'op'", "ERR_LOG_CORRUPT"),
            other -> assertThat(other).contains("'type':null"));
    CompletionStage<Snapshot> snapshot = harness.server().snapshot(new DocumentId("c", "d"));
    harness.settle();
    assertThat(snapshot.toCompletableFuture())
        .isCompletedExceptionally()
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .havingCause()
        .isInstanceOf(CollabException.class);
  }

  private void append(long epoch, LogHead start, List<LogEntry> entries) {
    harness.logs().create(KEY, new LogHead(epoch, start.revision(), start.hash()));
    harness.logs().append(KEY, start, entries);
    harness.time().runDue();
  }

  @Test
  void logThatEndsAboveZeroWithoutEntriesAndSnapshot_isNotAnEmptyDocument() {
    harness.logs().create(KEY, new LogHead(0, 5, START));
    WireClient client = harness.connect(ALICE);
    client.send(FETCH);
    assertThat(client.received()).singleElement().asString().contains("ERR_LOG_CORRUPT");
  }

  @Test
  void logThatEndsBeforeTheSnapshot_isNotServed() {
    WireClient alice = harness.author(ALICE, "text");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['x']}");
    LogHead ahead =
        harness
            .logs()
            .head(KEY)
            .toCompletableFuture()
            .getNow(Optional.empty())
            .orElse(new LogHead(0, 2, START));
    Bytes rubbish = Bytes.ofUtf8("rubbish");
    harness.restart();
    log.loads.add(TamperedCoordinator.answer(Optional.of(new LogSnapshot(ahead, rubbish))));
    log.loads.add(TamperedCoordinator.answer(Optional.of(new LogSnapshot(ahead, rubbish))));
    WireClient client = harness.connect(BOB);
    client.send(FETCH);
    assertThat(client.received()).singleElement().asString().contains("ERR_LOG_CORRUPT");
  }

  @Test
  void load_whileAnotherServerSavesASnapshotAndTrims_beginsAgain() {
    LongHistory history = new LongHistory(harness);
    history.trimmed();
    harness.restart();
    log.loads.add(TamperedCoordinator.answer(Optional.empty()));
    WireClient client = harness.connect(BOB);
    client.send(FETCH);
    assertThat(client.received())
        .singleElement()
        .asString()
        .contains("'v':" + history.revision(), history.text());
  }

  @Test
  void unsubscribe_whileTheDocumentIsBeingLoaded_isHeeded() {
    var held = new CompletableFuture<Void>();
    log.loads.add(real -> held.thenCompose(nothing -> real.get()));
    WireClient bob = harness.connect(BOB);
    bob.post("{'a':'s','c':'c','d':'d','v':null}");
    bob.send("{'a':'u','c':'c','d':'d'}");
    held.complete(null);
    harness.settle();
    bob.clear();
    harness.author(ALICE, "text");
    assertThat(bob.received()).isEmpty();
  }

  @Test
  void close_whileTheDocumentIsBeingLoaded_leavesNothingBehind() {
    var held = new CompletableFuture<Void>();
    log.loads.add(real -> held.thenCompose(nothing -> real.get()));
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'s','c':'c','d':'d','v':null}");
    bob.connection().close(CloseReason.ABNORMAL);
    harness.settle();
    held.complete(null);
    harness.settle();
    assertThat(log.subscribed).isZero();
  }
}
