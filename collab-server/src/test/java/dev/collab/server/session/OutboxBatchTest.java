package dev.collab.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.protocol.WireLimits;
import dev.collab.server.access.Delivery;
import dev.collab.server.access.ServerLimits;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How messages share frames. The window is 5 milliseconds. */
class OutboxBatchTest {

  private static final Duration WINDOW = Delivery.DEFAULT.window();
  private static final CloseReason KICKED = new CloseReason(4005, "kicked");

  private final SlowConnection connection = new SlowConnection();
  private OutboxHarness harness = new OutboxHarness(ServerLimits.DEFAULT);
  private Outbox outbox = open(ServerLimits.DEFAULT);

  private Outbox open(ServerLimits limits) {
    harness = new OutboxHarness(limits);
    connection.queued = 0;
    Outbox opened = harness.outbox(connection);
    opened.batch();
    return opened;
  }

  private static ServerLimits wire(WireLimits.Builder wire) {
    return ServerLimits.builder().wire(wire.build()).build();
  }

  private void pass(Duration time) {
    harness.time.pass(time);
  }

  private List<String> sent() {
    List<String> sent = List.copyOf(connection.sent);
    connection.sent.clear();
    return sent;
  }

  @Test
  void messages_ofAConnectionWithoutTheExtension_leaveAloneAndAtOnce() {
    Outbox base = harness.outbox(connection);
    base.send("1");
    base.send("2");
    assertThat(sent()).containsExactly("1", "2");
  }

  @Test
  void firstMessage_leavesAtOnce_andThoseWithinTheWindowLeaveTogether() {
    outbox.send("1");
    assertThat(sent()).containsExactly("1");
    outbox.send("2");
    outbox.broadcast("d", Frame.of("3"));
    outbox.presence("p", Frame.of("4"));
    pass(WINDOW.minusNanos(1));
    assertThat(sent()).isEmpty();
    pass(Duration.ofNanos(1));
    assertThat(sent()).containsExactly("[2,3,4]");
  }

  @Test
  void message_aloneInAWindow_isNoBatch() {
    outbox.send("1");
    outbox.send("2");
    pass(WINDOW);
    assertThat(sent()).containsExactly("1", "2");
  }

  @Test
  void windows_followEachOther_untilNothingCame() {
    outbox.send("1");
    outbox.send("2");
    pass(WINDOW);
    outbox.send("3");
    assertThat(sent()).containsExactly("1", "2");
    pass(WINDOW);
    assertThat(sent()).containsExactly("3");
    pass(WINDOW);
    outbox.send("4");
    assertThat(sent()).containsExactly("4");
  }

  @Test
  void windowOfZero_letsEachMessageLeaveAtOnce() {
    outbox =
        open(
            ServerLimits.builder()
                .delivery(Delivery.builder().window(Duration.ZERO).build())
                .build());
    outbox.send("1");
    outbox.send("2");
    assertThat(sent()).containsExactly("1", "2");
  }

  @ParameterizedTest
  @CsvSource({"0, 1000", "5, 200", "50, 20"})
  void thousandMessages_oneEachMillisecond_leaveInAFrameForEachWindow(long window, int frames) {
    Delivery delivery = Delivery.builder().window(Duration.ofMillis(window)).build();
    outbox = open(ServerLimits.builder().delivery(delivery).build());
    for (int message = 0; message < 1000; message++) {
      outbox.send("7");
      pass(Duration.ofMillis(1));
    }
    pass(Duration.ofMillis(window));
    assertThat(String.join("", connection.sent).chars().filter(unit -> unit == '7')).hasSize(1000);
    assertThat(sent()).hasSizeBetween(frames, frames + 1);
  }

  @Test
  void messages_fromBeforeTheExtension_keepFramesOfTheirOwn() {
    Outbox late = harness.outbox(connection);
    connection.queued = Long.MAX_VALUE;
    late.send("error");
    late.send("handshake");
    late.batch();
    late.send("1");
    late.send("2");
    assertThat(OutboxHarness.drained(connection, late))
        .containsExactly("error", "handshake", "[1,2]");
  }

  @ParameterizedTest
  @CsvSource({"2, 2, '[1,2]'", "3, 2, '[1,2,3]'", "4, 3, '[1,2,3]|4'"})
  void batch_asLongAsTheClientTakes_isNotLonger(int messages, int frames, String expected) {
    outbox = open(wire(WireLimits.builder().batch(3)));
    outbox.send("0");
    for (int i = 1; i <= messages; i++) {
      outbox.send("" + i);
    }
    pass(WINDOW);
    assertThat(connection.sent).hasSize(frames);
    assertThat(String.join("|", sent())).isEqualTo("0|" + expected);
  }

  @Test
  void whatFillsABatch_doesNotWaitForTheEndOfTheWindow() {
    outbox = open(wire(WireLimits.builder().batch(3)));
    outbox.send("0");
    outbox.send("1");
    outbox.send("2");
    assertThat(sent()).containsExactly("0");
    outbox.send("3");
    assertThat(sent()).containsExactly("[1,2,3]");
  }

  /** A frame of two texts is longer than both of them by the brackets and the comma. */
  @ParameterizedTest
  @CsvSource({"96, true", "97, true", "98, false"})
  void batch_isNeverLongerThanAFrameMayBe(int length, boolean together) {
    outbox = open(wire(WireLimits.builder().frame(200)));
    outbox.send("0");
    outbox.send("x".repeat(100));
    outbox.send("y".repeat(length));
    pass(WINDOW);
    assertThat(sent()).hasSize(together ? 2 : 3).allMatch(frame -> frame.length() <= 200);
  }

  @Test
  void message_longerThanABatchMayBe_leavesAloneAndInItsPlace() {
    outbox = open(wire(WireLimits.builder().frame(20)));
    outbox.send("0");
    outbox.send("1");
    outbox.send("2");
    outbox.send("x".repeat(30));
    outbox.send("3");
    outbox.send("4");
    pass(WINDOW);
    assertThat(sent()).containsExactly("0", "[1,2]", "x".repeat(30), "[3,4]");
  }

  @Test
  void connectionThatWasOutOfRoom_getsWhatHasGatheredInAsFewFramesAsPossible() {
    connection.queued = Outbox.CONNECTION_ROOM;
    for (int i = 1; i <= 5; i++) {
      outbox.send("" + i);
      pass(WINDOW);
    }
    assertThat(sent()).isEmpty();
    connection.queued = Outbox.CONNECTION_ROOM - 1;
    outbox.drain();
    assertThat(sent()).containsExactly("[1,2,3,4,5]");
  }

  @Test
  void presence_thatIsReplacedInTheWindow_leavesOnceAndAtTheEnd() {
    outbox.send("0");
    outbox.presence("p", Frame.of("old"));
    outbox.broadcast("d", Frame.of("entry"));
    outbox.presence("p", Frame.of("new"));
    pass(WINDOW);
    assertThat(sent()).containsExactly("0", "[entry,new]");
  }

  @Test
  void close_sendsWhatWaitsForTheWindow_andNothingMore() {
    outbox.send("1");
    outbox.send("the reason");
    outbox.close(KICKED);
    outbox.send("late");
    assertThat(sent()).containsExactly("1", "the reason");
    assertThat(connection.closed).contains(KICKED);
    pass(WINDOW);
    assertThat(sent()).isEmpty();
    assertThat(harness.budget.used()).isZero();
  }

  @Test
  void close_ofAConnectionWithoutRoom_forgetsWhatWaits() {
    connection.queued = Outbox.CONNECTION_ROOM;
    outbox.send("1");
    outbox.close(KICKED);
    assertThat(connection.closed).contains(KICKED);
    connection.queued = 0;
    outbox.drain();
    assertThat(sent()).isEmpty();
  }

  @Test
  void end_forgetsWhatWaits() {
    outbox.send("1");
    outbox.send("2");
    assertThat(outbox.end(CloseReason.ABNORMAL)).isTrue();
    assertThat(outbox.end(CloseReason.NORMAL)).isFalse();
    pass(WINDOW);
    assertThat(sent()).containsExactly("1");
    assertThat(connection.closed).contains(CloseReason.ABNORMAL);
  }

  @Test
  void scheduler_thatRefuses_costsTheBatchesAndNoMessage() {
    Outbox shutDown =
        new Outbox(
            connection,
            ServerLimits.DEFAULT,
            (delay, task) -> {
              throw new RejectedExecutionException("shut down");
            },
            harness.time,
            harness.budget,
            harness);
    shutDown.batch();
    shutDown.send("1");
    shutDown.send("2");
    assertThat(sent()).containsExactly("1", "2");
    assertThat(connection.closed).isEmpty();
  }

  @Test
  void pool_thatRefuses_costsNoMessage() {
    Outbox shutDown =
        new Outbox(
            connection,
            ServerLimits.DEFAULT,
            harness.time,
            task -> {
              throw new RejectedExecutionException("shut down");
            },
            harness.budget,
            harness);
    shutDown.batch();
    shutDown.send("1");
    shutDown.send("2");
    pass(WINDOW);
    assertThat(sent()).containsExactly("1", "2");
  }
}
