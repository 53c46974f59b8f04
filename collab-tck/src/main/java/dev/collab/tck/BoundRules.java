package dev.collab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

abstract class BoundRules extends TransportRules {

  /** More than the buffers of a network connection take over. */
  private static final int FLOOD_FRAMES = 600;

  BoundRules(TransportContract contract) {
    super(contract);
  }

  @Test
  void required_T3_1_frameOfTheLongestLength_arrives() {
    Pair pair = connect();
    for (String text : List.of("x".repeat(LIMIT), "\ud83d\ude00".repeat(LIMIT / 2))) {
      pair.client().connection().send(text);
      assertThat(pair.server().nextFrame()).isEqualTo(text);
      pair.server().connection().send(text);
      assertThat(pair.client().nextFrame()).isEqualTo(text);
    }
  }

  @Test
  void required_T3_2_frameToTheServer_oneTooLong_isReportedAndTheConnectionLives() {
    Pair pair = connect();
    expectOversized(pair.client(), pair.server(), "x".repeat(LIMIT + 1));
  }

  @Test
  void required_T3_2_frameToTheClient_oneTooLong_isReportedAndTheConnectionLives() {
    Pair pair = connect();
    expectOversized(pair.server(), pair.client(), "x".repeat(LIMIT + 1));
  }

  @Test
  void required_T3_2_frame_farTooLong_isReportedAndTheConnectionLives() {
    Pair pair = connect();
    expectOversized(pair.client(), pair.server(), "é".repeat(LIMIT * 20));
    expectOversized(pair.server(), pair.client(), "é".repeat(LIMIT * 20));
  }

  @Test
  void required_T3_3_framesAroundOneThatIsTooLong_arriveInOrder() {
    Pair pair = connect();
    Connection client = pair.client().connection();
    for (String text : List.of("a", "x".repeat(LIMIT + 1), "b", "x".repeat(LIMIT + 1), "c")) {
      client.send(text);
    }
    assertThat(pair.server().nextFrame()).isEqualTo("a");
    assertThat(pair.server().nextEvent()).isEqualTo(new Peer.Event.Oversized(LIMIT));
    assertThat(pair.server().nextFrame()).isEqualTo("b");
    assertThat(pair.server().nextEvent()).isEqualTo(new Peer.Event.Oversized(LIMIT));
    assertThat(pair.server().nextFrame()).isEqualTo("c");
  }

  @Test
  void required_T4_1_sentFrame_isDrainedInTheEnd() {
    Pair pair = connect();
    for (Peer peer : List.of(pair.client(), pair.server())) {
      peer.connection().send("x");
      peer.awaitDrained();
      assertThat(peer.connection().queued()).isZero();
    }
  }

  @Test
  void required_T4_2_framesToASlowServer_countAsQueuedUntilItReads() {
    var release = new CompletableFuture<Void>();
    Pair pair = connect(event -> {}, waitFor(release));
    expectFlood(pair.client(), pair.server(), release);
  }

  @Test
  void required_T4_2_framesToASlowClient_countAsQueuedUntilItReads() {
    var release = new CompletableFuture<Void>();
    Pair pair = connect(waitFor(release), event -> {});
    expectFlood(pair.server(), pair.client(), release);
  }

  @Test
  void required_T4_3_closedConnection_hasNothingQueued() {
    var release = new CompletableFuture<Void>();
    Pair pair = connect(waitFor(release), event -> {});
    Connection server = pair.server().connection();
    flood(server);
    server.close(CloseReason.NORMAL);
    assertThat(server.queued()).isZero();
    release.complete(null);
  }

  @Test
  void required_T4_4_slowConnection_doesNotHoldUpAnother() {
    var release = new CompletableFuture<Void>();
    Acceptor acceptor = new Acceptor(LIMIT, Peer::new);
    var transport = open(acceptor);
    Pair slow = connect(transport, acceptor, new Peer(waitFor(release)));
    Pair fast = connect(transport, acceptor, new Peer());
    flood(slow.server().connection());
    fast.server().connection().send("x");
    assertThat(fast.client().nextFrame()).isEqualTo("x");
    release.complete(null);
  }

  private static Consumer<Peer.Event> waitFor(CompletableFuture<Void> release) {
    return event -> Awaiting.await(release);
  }

  private static void flood(Connection connection) {
    String frame = "x".repeat(100_000);
    for (int i = 0; i < FLOOD_FRAMES; i++) {
      connection.send(frame);
    }
  }

  private static void expectFlood(Peer from, Peer to, CompletableFuture<Void> release) {
    flood(from.connection());
    assertThat(from.connection().queued()).isPositive();
    from.forgetDrained();
    release.complete(null);
    from.awaitDrained();
    assertThat(from.connection().queued()).isZero();
    for (int i = 0; i < FLOOD_FRAMES; i++) {
      assertThat(to.nextFrame()).hasSize(100_000);
    }
  }

  private static void expectOversized(Peer from, Peer to, String frame) {
    from.connection().send(frame);
    from.connection().send("next");
    assertThat(to.nextEvent()).isEqualTo(new Peer.Event.Oversized(LIMIT));
    assertThat(to.nextFrame()).isEqualTo("next");
    to.connection().send("back");
    assertThat(from.nextFrame()).isEqualTo("back");
  }
}
