package dev.collab.server.session;

import static dev.collab.server.session.OutboxHarness.room;
import static dev.collab.server.session.OutboxHarness.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.server.access.Delivery;
import dev.collab.server.access.ServerLimits;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is dropped for a connection that does not keep up, and when it is closed. */
class SlowConsumerTest {

  private static final Duration TIMEOUT = Delivery.DEFAULT.stallTimeout();

  private final SlowConnection connection = new SlowConnection();

  private static ServerLimits total(long limit) {
    return ServerLimits.builder()
        .delivery(Delivery.builder().maxQueuedTotal(limit).build())
        .build();
  }

  // Presences.

  @Test
  void presences_areDroppedBeforeAnyBroadcast_andToldOnceThereIsRoom() {
    OutboxHarness harness = new OutboxHarness(room(4, 100).build());
    Outbox outbox = harness.outbox(connection);
    outbox.broadcast("d", Frame.of("d1"));
    outbox.presence("p", Frame.of("p".repeat(190)));
    outbox.broadcast("d", Frame.of("d2"));
    outbox.presence("q", Frame.of("q".repeat(190)));
    assertThat(harness.slow).isEmpty();
    outbox.broadcast("d", Frame.of("d3"));
    assertThat(harness.slow).containsExactly("shed 2");
    assertThat(harness.lost).isEmpty();
    assertThat(OutboxHarness.drained(connection, outbox)).containsExactly("d1", "d2", "d3");
    assertThat(harness.lost).containsExactlyInAnyOrder("p", "q");
    assertThat(harness.budget.used()).isZero();
  }

  @Test
  void presences_moreThanThereIsRoomFor_comeForwardOneAfterTheOther() {
    OutboxHarness harness = new OutboxHarness(room(10, 100).build());
    Outbox outbox = harness.outbox(connection);
    List<String> all = List.of("abcdefghijklmnop".split(""));
    all.forEach(key -> outbox.presence(key, Frame.of(key.repeat(100))));
    for (int round = 0; round < all.size(); round++) {
      OutboxHarness.drained(connection, outbox);
      List<Object> lost = List.copyOf(harness.lost);
      harness.lost.clear();
      connection.queued = Outbox.CONNECTION_ROOM;
      lost.forEach(key -> outbox.presence(key, Frame.of(key.toString().repeat(100))));
    }
    OutboxHarness.drained(connection, outbox);
    assertThat(connection.sent.stream().map(frame -> frame.substring(0, 1)))
        .containsExactlyInAnyOrderElementsOf(all);
    assertThat(harness.lost).isEmpty();
  }

  @Test
  void presence_thatIsSentAgain_isNotLost() {
    OutboxHarness harness = new OutboxHarness(room(4, 100).build());
    Outbox outbox = harness.outbox(connection);
    outbox.presence("p", Frame.of("p".repeat(200)));
    outbox.presence("q", Frame.of("q".repeat(200)));
    outbox.send("a1");
    outbox.send("a2");
    assertThat(harness.slow).containsExactly("shed 2");
    outbox.presence("p", Frame.of("p2"));
    assertThat(OutboxHarness.drained(connection, outbox)).containsExactly("a1", "a2", "p2");
    assertThat(harness.lost).containsExactly("q");
  }

  @Test
  void endOfAPresence_isNotDropped() {
    OutboxHarness harness = new OutboxHarness(room(3, 4).build());
    Outbox outbox = harness.outbox(connection);
    outbox.presence("p", Frame.of("live"));
    outbox.presenceEnd("p", Frame.of("gone"));
    outbox.broadcast("d", Frame.of("d1"));
    outbox.broadcast("d", Frame.of("d2"));
    outbox.broadcast("d", Frame.of("d3"));
    assertThat(OutboxHarness.drained(connection, outbox)).containsExactly("gone", "d3");
    assertThat(harness.lost).isEmpty();
  }

  @Test
  void endOfAPresence_staysBeforeWhatIsShownAfterwards() {
    OutboxHarness harness = new OutboxHarness(room(20, 100).build());
    Outbox outbox = harness.outbox(connection);
    for (int i = 0; i < 5; i++) {
      outbox.presence("p", Frame.of("live" + i));
      outbox.presenceEnd("p", Frame.of("gone" + i));
      outbox.presence("p", Frame.of("again" + i));
    }
    assertThat(OutboxHarness.drained(connection, outbox)).containsExactly("gone0", "again4");
    assertThat(harness.budget.used()).isZero();
  }

  @Test
  void endsOfPresences_withoutNumber_closeTheConnection() {
    OutboxHarness harness = new OutboxHarness(room(3, 2).build());
    Outbox outbox = harness.outbox(connection);
    for (int i = 1; i <= 4; i++) {
      outbox.presenceEnd(i, Frame.of("p" + i));
    }
    assertThat(connection.closed).contains(Outbox.TOO_SLOW);
    assertThat(harness.slow).containsExactly("too slow");
  }

  @Test
  void keysOfLostPresences_countToo() {
    OutboxHarness harness = new OutboxHarness(room(10, 0).build());
    Outbox outbox = harness.outbox(connection);
    for (int i = 0; i < 1_000; i++) {
      outbox.presence(i, Frame.of("x"));
      assertThat(harness.budget.used()).isLessThanOrEqualTo(weight(10, 0));
    }
    assertThat(connection.closed).contains(Outbox.TOO_SLOW);
  }

  // Connections that take nothing.

  @ParameterizedTest
  @CsvSource({"-1, false", "0, true", "1, true"})
  void connection_thatTakesNothingForTheTimeout_isClosed(long nanos, boolean closed) {
    OutboxHarness harness = new OutboxHarness(ServerLimits.DEFAULT);
    connection.queued = 0;
    Outbox outbox = harness.outbox(connection);
    connection.queued = 10;
    outbox.send("0123456789");
    harness.time.pass(TIMEOUT.plusNanos(nanos));
    assertThat(connection.closed.isPresent()).isEqualTo(closed);
    assertThat(harness.slow).isEqualTo(closed ? List.of("too slow") : List.of());
  }

  @Test
  void connection_thatTakesALittle_stays() {
    OutboxHarness harness = new OutboxHarness(ServerLimits.DEFAULT);
    Outbox outbox = harness.outbox(connection);
    connection.queued = 100_000; // more than there is room for
    outbox.send("waits");
    for (int i = 1; i < 10; i++) {
      harness.time.pass(TIMEOUT);
      connection.queued = 100_000 - i;
    }
    assertThat(connection.closed).isEmpty();
    assertThat(connection.sent).isEmpty();
    harness.time.pass(TIMEOUT.multipliedBy(2).plusSeconds(12));
    assertThat(connection.closed).contains(Outbox.TOO_SLOW);
  }

  @Test
  void connection_thatTookEverything_isNotWatched() {
    OutboxHarness harness = new OutboxHarness(ServerLimits.DEFAULT);
    connection.queued = 0;
    Outbox outbox = harness.outbox(connection);
    connection.queued = 10;
    outbox.send("0123456789");
    connection.queued = 0;
    harness.time.pass(TIMEOUT.multipliedBy(3));
    assertThat(connection.closed).isEmpty();
    connection.queued = 10;
    outbox.send("0123456789");
    harness.time.pass(TIMEOUT);
    assertThat(connection.closed).contains(Outbox.TOO_SLOW);
  }

  @Test
  void longFrame_getsTimeForASlowNetwork() {
    OutboxHarness harness = new OutboxHarness(ServerLimits.DEFAULT);
    connection.queued = 0;
    Outbox outbox = harness.outbox(connection);
    connection.queued = 1 << 20;
    outbox.send("a megabyte, of which the network tells only when it is through");
    harness.time.pass(TIMEOUT.plusSeconds(63));
    assertThat(connection.closed).isEmpty();
    harness.time.pass(Duration.ofSeconds(1));
    assertThat(connection.closed).contains(Outbox.TOO_SLOW);
  }

  @Test
  void room_ofWhichTheConnectionDidNotTell_isFoundAllTheSame() {
    OutboxHarness harness = new OutboxHarness(ServerLimits.DEFAULT);
    Outbox outbox = harness.outbox(connection);
    connection.queued = 100_000;
    outbox.send("waits");
    connection.queued = 0;
    harness.time.pass(TIMEOUT.plusSeconds(6));
    assertThat(connection.sent).containsExactly("waits");
    assertThat(connection.closed).isEmpty();
  }

  // All connections together.

  @Test
  void frame_thatWaitsForMany_isCountedOnce_andWhatSurroundsItEachTime() {
    OutboxHarness harness = new OutboxHarness(ServerLimits.DEFAULT);
    Frame shared = Frame.of("x".repeat(1_000));
    Outbox[] outboxes = new Outbox[10];
    SlowConnection[] connections = new SlowConnection[10];
    for (int i = 0; i < outboxes.length; i++) {
      connections[i] = new SlowConnection();
      outboxes[i] = harness.outbox(connections[i]);
      outboxes[i].broadcast("d", shared);
      assertThat(outboxes[i].weight()).isEqualTo(weight(1, 1_000));
    }
    assertThat(harness.budget.used()).isEqualTo(1_000 + weight(10, 0));
    for (int i = 0; i < 9; i++) {
      OutboxHarness.drained(connections[i], outboxes[i]);
    }
    assertThat(harness.budget.used()).isEqualTo(weight(1, 1_000));
    outboxes[9].end(Outbox.TOO_SLOW);
    assertThat(harness.budget.used()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1063, false", "1064, false", "1065, true"})
  void total_overTheLimit_closesWhatCannotBeShortened(int length, boolean closes) {
    OutboxHarness harness = new OutboxHarness(total(weight(1, 1_000) + 64));
    Outbox outbox = harness.outbox(connection);
    outbox.send("x".repeat(length - 64));
    SlowConnection other = new SlowConnection();
    harness.outbox(other).send("");
    assertThat(connection.closed.isPresent()).isEqualTo(closes);
    assertThat(other.closed).isEmpty();
  }

  @Test
  void total_overTheLimit_shortensTheFullestQueuesFirst() {
    OutboxHarness harness = new OutboxHarness(total(weight(12, 10)));
    Outbox full = harness.outbox(connection);
    for (int i = 0; i < 10; i++) {
      full.broadcast("d", Frame.of("entry %4d".formatted(i)));
    }
    SlowConnection other = new SlowConnection();
    Outbox little = harness.outbox(other);
    for (int i = 0; i < 3; i++) {
      little.broadcast("d", Frame.of("entry %4d".formatted(i)));
    }
    assertThat(harness.budget.used()).isLessThanOrEqualTo(weight(9, 10));
    assertThat(little.weight()).isEqualTo(weight(3, 10));
    assertThat(connection.closed).isEmpty();
    assertThat(OutboxHarness.drained(connection, full))
        .startsWith("entry    0")
        .endsWith("entry    9");
    assertThat(harness.slow).containsExactly("shed 8");
  }
}
