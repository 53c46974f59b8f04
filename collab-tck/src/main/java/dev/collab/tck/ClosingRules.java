package dev.collab.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

abstract class ClosingRules extends TransportRules {

  private static final CloseReason OWN = new CloseReason(4321, "because");

  ClosingRules(TransportContract contract) {
    super(contract);
  }

  @Test
  void required_T5_1_closeByTheClient_isToldToTheServer() {
    Pair pair = connect();
    pair.client().connection().close(OWN);
    assertThat(pair.server().nextClose()).isEqualTo(OWN);
    assertThat(pair.server().connection().isOpen()).isFalse();
  }

  @Test
  void required_T5_1_closeByTheServer_isToldToTheClient() {
    Pair pair = connect();
    pair.server().connection().close(OWN);
    assertThat(pair.client().nextClose()).isEqualTo(OWN);
    assertThat(pair.client().connection().isOpen()).isFalse();
  }

  @Test
  void required_T5_1_closeReasons_ofAllKinds_arrive() {
    List<CloseReason> reasons =
        List.of(
            CloseReason.NORMAL,
            CloseReason.GOING_AWAY,
            new CloseReason(1008, "x".repeat(123)),
            new CloseReason(3000, "é ü"),
            new CloseReason(4999, ""));
    Acceptor acceptor = new Acceptor(LIMIT, Peer::new);
    var transport = open(acceptor);
    for (CloseReason reason : reasons) {
      Pair first = connect(transport, acceptor, new Peer());
      first.client().connection().close(reason);
      assertThat(first.server().nextClose()).isEqualTo(reason);
      Pair second = connect(transport, acceptor, new Peer());
      second.server().connection().close(reason);
      assertThat(second.client().nextClose()).isEqualTo(reason);
    }
  }

  @Test
  void required_T5_2_whoCloses_isToldToo() {
    Acceptor acceptor = new Acceptor(LIMIT, Peer::new);
    var transport = open(acceptor);
    Pair first = connect(transport, acceptor, new Peer());
    first.client().connection().close(OWN);
    assertThat(first.client().nextClose()).isEqualTo(OWN);
    Pair second = connect(transport, acceptor, new Peer());
    second.server().connection().close(OWN);
    assertThat(second.server().nextClose()).isEqualTo(OWN);
  }

  @Test
  void required_T5_3_close_again_doesNothing() {
    Pair pair = connect();
    pair.client().connection().close(OWN);
    pair.client().connection().close(CloseReason.NORMAL);
    assertThat(pair.server().nextClose()).isEqualTo(OWN);
    pair.server().connection().close(CloseReason.NORMAL);
    assertThat(pair.client().nextClose()).isEqualTo(OWN);
  }

  @Test
  void required_T5_3_closeByBothAtOnce_isToldOnceToEach() {
    Acceptor acceptor = new Acceptor(LIMIT, Peer::new);
    var transport = open(acceptor);
    for (int round = 0; round < 20; round++) {
      Pair pair = connect(transport, acceptor, new Peer());
      var closing =
          CompletableFuture.runAsync(() -> pair.client().connection().close(CloseReason.NORMAL));
      pair.server().connection().close(CloseReason.GOING_AWAY);
      pair.client().nextClose();
      pair.server().nextClose();
      Awaiting.await(closing);
      assertThat(pair.client().events()).isEmpty();
      assertThat(pair.server().events()).isEmpty();
    }
  }

  @Test
  void required_T5_4_sendOnAClosedConnection_isDroppedSilently() {
    Pair pair = connect();
    pair.client().connection().close(OWN);
    pair.client().connection().send("too late");
    assertThat(pair.server().nextEvent()).isEqualTo(new Peer.Event.Closed(OWN));
    pair.server().connection().send("too late");
    pair.client().nextClose();
    assertThat(pair.client().connection().queued()).isZero();
    assertThat(pair.server().connection().queued()).isZero();
  }

  @Test
  void required_T5_5_end_isTheLastEvent() {
    Acceptor acceptor = new Acceptor(LIMIT, Peer::new);
    var transport = open(acceptor);
    for (int round = 0; round < 20; round++) {
      Pair pair = connect(transport, acceptor, new Peer());
      Connection server = pair.server().connection();
      var sending =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 500; i++) {
                  server.send("frame " + i);
                }
              });
      pair.client().nextFrame();
      pair.client().connection().close(OWN);
      pair.client().nextClose();
      pair.server().nextClose();
      Awaiting.await(sending);
      assertThat(pair.client().events()).isEmpty();
    }
  }

  @Test
  void required_T5_6_listener_mayClose() {
    var server = new CompletableFuture<Connection>();
    Pair pair = connect(event -> {}, event -> Awaiting.await(server).close(OWN));
    server.complete(pair.server().connection());
    pair.client().connection().send("please");
    assertThat(pair.client().nextClose()).isEqualTo(OWN);
    assertThat(pair.server().nextFrame()).isEqualTo("please");
    pair.server().nextClose();
  }

  @Test
  void required_T5_7_framesBeforeAnOrderlyEnd_arrive() {
    Pair pair = connect();
    pair.server().connection().send("last words");
    pair.server().awaitDrained();
    pair.server().connection().close(OWN);
    assertThat(pair.client().nextFrame()).isEqualTo("last words");
    assertThat(pair.client().nextClose()).isEqualTo(OWN);
  }

  @Test
  void required_T5_8_closeWhileTheOtherEndDoesNotRead_completesOnceItDoes() {
    var release = new CompletableFuture<Void>();
    Pair pair = connect(event -> Awaiting.await(release), event -> {});
    for (int i = 0; i < 300; i++) {
      pair.server().connection().send("x".repeat(100_000));
    }
    pair.server().connection().close(OWN);
    assertThat(pair.server().connection().isOpen()).isFalse();
    release.complete(null);
    pair.client().nextClose();
    pair.server().nextClose();
  }
}
