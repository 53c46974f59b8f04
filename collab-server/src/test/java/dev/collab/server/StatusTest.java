package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.DocumentId;
import dev.collab.protocol.Dialect;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.observe.ConnectionStatus;
import dev.collab.server.observe.DocumentStatus;
import dev.collab.server.observe.Gauge;
import dev.collab.server.observe.ServerGauges;
import dev.collab.server.observe.ServerStatus;
import dev.collab.server.observe.StatusRequest;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server says of itself when it is asked. */
class StatusTest {

  private static final DocumentId DOCUMENT = new DocumentId("c", "d");

  private final ServerHarness harness = new ServerHarness(Ground.CALM);
  private TamperedCoordinator log = new TamperedCoordinator(InMemoryCoordinator.create());

  private Coordinator tampered(Coordinator target) {
    log = new TamperedCoordinator(target);
    return log;
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1_001})
  void limit_outsideItsRange_isRefused(int limit) {
    assertThatThrownBy(() -> StatusRequest.first(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outside 0..1000");
  }

  @Test
  void server_thatNobodyUses_hasNothingToTell() {
    ServerStatus status = harness.server().status();
    assertThat(status.documents()).isEmpty();
    assertThat(status.connections()).isEmpty();
    assertThat(status.next()).isEmpty();
    assertThat(status.gauges().values()).containsOnlyKeys(Gauge.values());
    assertThat(status.gauges().values().values()).containsOnly(0L);
  }

  @Test
  void document_tellsItsRevisionReadersAndSize() {
    harness.author(ALICE, "abc");
    harness.connect(BOB).send("{'a':'s','c':'c','d':'d','v':null}");

    DocumentStatus document = harness.server().status().documents().get(0);

    assertThat(document.document()).isEqualTo(DOCUMENT);
    assertThat(document.state()).isEqualTo(DocumentStatus.State.LOADED);
    assertThat(document.revision()).isEqualTo(1);
    assertThat(document.epoch()).isZero();
    assertThat(document.keptEntries()).isEqualTo(1);
    assertThat(document.subscribers()).isEqualTo(2);
    assertThat(document.waitingSubmissions()).isZero();
    assertThat(document.lag()).isZero();
    assertThat(document.size()).isEqualTo(3);
    assertThat(document.memory()).isPositive();
  }

  @Test
  void document_thatIsBeingLoaded_tellsWhoWaits() {
    ServerHarness slow = ServerHarness.over(this::tampered);
    log.loads.add(TamperedCoordinator.silence());
    slow.connect(ALICE).send("{'a':'s','c':'c','d':'d','v':null}");
    DocumentStatus document = slow.server().status().documents().get(0);
    assertThat(document.state()).isEqualTo(DocumentStatus.State.LOADING);
    assertThat(document.waitingSubmissions()).isEqualTo(1);
    assertThat(slow.server().gauges().get(Gauge.DOCUMENTS)).isEqualTo(1);
    assertThat(slow.server().gauges().get(Gauge.DOCUMENTS_LOADED)).isZero();
  }

  @Test
  void submissions_thatWaitForTheLog_areCounted() {
    ServerHarness slow = ServerHarness.over(this::tampered);
    WireClient alice = slow.author(ALICE, "abc");
    log.appends.add(TamperedCoordinator.silence());
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['x']}");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':3,'op':['y']}");
    ServerStatus status = slow.server().status();
    assertThat(status.documents().get(0).waitingSubmissions()).isEqualTo(2);
    assertThat(status.connections().get(0).waitingRequests()).isEqualTo(2);
    assertThat(status.gauges().get(Gauge.WAITING_SUBMISSIONS)).isEqualTo(2);
    assertThat(status.gauges().get(Gauge.WAITING_REQUESTS)).isEqualTo(2);
  }

  @Test
  void document_whoseLogIsAheadOfIt_tellsByHowMuch() {
    ServerHarness slow = ServerHarness.over(this::tampered);
    slow.author(ALICE, "abc");
    log.appends.add(TamperedCoordinator.silence()); // keeps the document from taking in more
    slow.connect(BOB).send("{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['x']}");
    CollabServer other = slow.startOnTheSharedLog();
    WireClient eve = slow.connect(other);
    eve.extended("eeeeeeeeeeeeeeeeeeeeee");
    for (int i = 0; i < 3; i++) {
      eve.send("{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':['y']}".formatted(i + 1, i + 1));
    }
    assertThat(slow.server().status().documents().get(0).lag()).isEqualTo(3);
    assertThat(slow.server().gauges().get(Gauge.LAG_MAX)).isEqualTo(3);
  }

  @Test
  void memory_growsWithTheEntriesAndShrinksWhenTheyAreForgotten() {
    LongHistory history = new LongHistory(harness);
    history.write(400);
    long before = harness.server().status().documents().get(0).memory();
    history.write(99);
    assertThat(harness.server().status().documents().get(0).memory()).isGreaterThan(before);
    harness.time().pass(Duration.ofMinutes(11));
    history.write(1_000);
    DocumentStatus document = harness.server().status().documents().get(0);
    assertThat(document.revision()).isEqualTo(1_500);
    assertThat(document.keptEntries()).isEqualTo(1_000);
    assertThat(document.memory()).isLessThan(3 * before);
  }

  @Test
  void connection_tellsWhoItIsAndWhatItDoes() {
    WireClient alice = harness.connect(harness.server(), ALICE, "alice");
    alice.send("{'a':'s','c':'c','d':'d','v':null}");
    alice.send("{'a':'s','c':'c','d':'e','v':null}");
    alice.send("{'a':'u','c':'c','d':'e'}");

    ConnectionStatus status = harness.server().status().connections().get(0);

    assertThat(status.connection().principal()).isEqualTo("alice");
    assertThat(status.connection().dialect()).contains(Dialect.BASE);
    assertThat(status.subscriptions()).isEqualTo(1);
    assertThat(status.waitingRequests()).isZero();
    assertThat(status.queuedFrames()).isZero();
    assertThat(status.queuedUnits()).isZero();
    assertThat(Duration.between(status.connection().openedAt(), status.lastFrameAt()))
        .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(120));
    assertThat(status.toString()).doesNotContain(ALICE);
  }

  @Test
  void rooms_andChannels_areCounted() {
    WireClient alice = harness.connect().extended(ALICE);
    alice.send("{'a':'cs','r':'room','v':null}");
    alice.send("{'a':'ps','ch':'one','seq':1}");
    alice.send("{'a':'ping'}");
    ServerStatus status = harness.server().status();
    assertThat(status.connections().get(0).rooms()).isEqualTo(1);
    assertThat(status.gauges().get(Gauge.ROOM_SUBSCRIPTIONS)).isEqualTo(1);
    assertThat(status.gauges().get(Gauge.ROOMS)).isEqualTo(1);
    assertThat(status.gauges().get(Gauge.PRESENCE_CHANNELS)).isEqualTo(1);
    assertThat(status.gauges().get(Gauge.DOCUMENTS)).isZero();
  }

  @Test
  void connection_thatHasEnded_isNotTold() {
    WireClient alice = harness.author(ALICE, "abc");
    alice.connection().close(CloseReason.NORMAL);
    harness.settle();
    assertThat(harness.server().status().connections()).isEmpty();
    assertThat(harness.server().gauges().get(Gauge.CONNECTIONS)).isZero();
  }

  @Test
  void gauges_areSumsOverAllConnectionsAndDocuments() {
    WireClient alice = harness.author(ALICE, "abc");
    alice.send("{'a':'s','c':'c','d':'e','v':null}");
    harness.connect();
    harness.connect(BOB).send("{'a':'s','c':'c','d':'d','v':null}");
    harness.connect();

    ServerGauges gauges = harness.server().gauges();

    assertThat(gauges.get(Gauge.CONNECTIONS)).isEqualTo(3); // one had no handshake in time
    assertThat(gauges.get(Gauge.CONNECTIONS_READY)).isEqualTo(2);
    assertThat(gauges.get(Gauge.SUBSCRIPTIONS)).isEqualTo(3);
    assertThat(gauges.get(Gauge.DOCUMENTS)).isEqualTo(2);
    assertThat(gauges.get(Gauge.DOCUMENTS_LOADED)).isEqualTo(2);
    assertThat(gauges.get(Gauge.KEPT_ENTRIES)).isEqualTo(1);
    assertThat(gauges.get(Gauge.MEMORY))
        .isEqualTo(
            harness.server().status().documents().stream().mapToLong(DocumentStatus::memory).sum());
  }

  @ParameterizedTest
  @CsvSource({"1, 7", "2, 4", "3, 3", "6, 2", "7, 1", "1000, 1"})
  void pages_followEachOtherWithoutGapUntilTheEnd(int limit, int pages) {
    WireClient alice = harness.connect(ALICE);
    for (int i = 6; i >= 0; i--) {
      alice.send("{'a':'s','c':'c%d','d':'d%d','v':null}".formatted(i % 2, i));
    }
    List<DocumentId> documents = new ArrayList<>();
    List<Long> connections = new ArrayList<>();
    int seen = 0;
    Optional<StatusRequest> next = Optional.of(StatusRequest.first(limit));
    while (next.isPresent()) {
      ServerStatus status = harness.server().status(next.get());
      assertThat(status.documents()).hasSizeLessThanOrEqualTo(limit);
      status.documents().forEach(document -> documents.add(document.document()));
      status.connections().forEach(c -> connections.add(c.connection().number()));
      next = status.next();
      seen++;
    }
    assertThat(seen).isEqualTo(pages);
    assertThat(documents)
        .extracting(DocumentId::toString)
        .containsExactly("c0/d0", "c0/d2", "c0/d4", "c0/d6", "c1/d1", "c1/d3", "c1/d5");
    assertThat(connections).containsExactly(1L);
  }

  @Test
  void page_ofNothing_hasTheGaugesAndNoEnd() {
    harness.author(ALICE, "abc");
    ServerStatus status = harness.server().status(StatusRequest.first(0));
    assertThat(status.documents()).isEmpty();
    assertThat(status.connections()).isEmpty();
    assertThat(status.next()).isEmpty();
    assertThat(status.gauges().get(Gauge.DOCUMENTS)).isEqualTo(1);
  }

  @Test
  void gauges_thatAreMissing_areZero() {
    ServerGauges gauges = ServerGauges.of(Map.of(Gauge.CONNECTIONS, 2L));
    assertThat(gauges.get(Gauge.CONNECTIONS)).isEqualTo(2);
    assertThat(gauges.get(Gauge.MEMORY)).isZero();
  }
}
