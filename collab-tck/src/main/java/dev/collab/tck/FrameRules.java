package dev.collab.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.transport.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

abstract class FrameRules extends TransportRules {

  FrameRules(TransportContract contract) {
    super(contract);
  }

  @Test
  void required_T2_1_framesToTheServer_arriveInOrder() {
    Pair pair = connect();
    sendMany(pair.client());
    expectMany(pair.server());
  }

  @Test
  void required_T2_1_framesToTheClient_arriveInOrder() {
    Pair pair = connect();
    sendMany(pair.server());
    expectMany(pair.client());
  }

  @Test
  void required_T2_1_framesBothWaysAtOnce_arriveInOrder() {
    Pair pair = connect();
    CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> sendMany(pair.server()));
    sendMany(pair.client());
    expectMany(pair.server());
    expectMany(pair.client());
    Awaiting.await(sending);
  }

  @Test
  void required_T2_2_frame_ofAnyText_arrivesUnchanged() {
    List<String> texts =
        List.of(
            "",
            " ",
            "\u0000",
            "\"\\\r\n\t",
            "é ü ß",
            "\u2028\u2029\ufeff\uffff",
            "\ud83d\ude00 \ud83d\udc68\u200d\ud83d\udc69",
            "\ud83d\ude00".repeat(40_000));
    Pair pair = connect();
    for (String text : texts) {
      pair.client().connection().send(text);
      pair.server().connection().send(text);
    }
    for (String text : texts) {
      assertThat(pair.server().nextFrame()).isEqualTo(text);
      assertThat(pair.client().nextFrame()).isEqualTo(text);
    }
  }

  @Test
  void required_T2_2_framesOfAllLengths_remainFramesOfTheirOwn() {
    List<String> texts = new ArrayList<>();
    for (int length : new int[] {1, 125, 126, 127, 8191, 8192, 8193, 65_535, 65_536, 131_072}) {
      texts.add("x".repeat(length));
      texts.add("é".repeat(length));
    }
    Pair pair = connect();
    texts.forEach(pair.client().connection()::send);
    texts.forEach(pair.server().connection()::send);
    for (String text : texts) {
      assertThat(pair.server().nextFrame()).isEqualTo(text);
      assertThat(pair.client().nextFrame()).isEqualTo(text);
    }
  }

  @Test
  void required_T2_3_framesOfManyThreads_keepTheOrderOfEach() {
    Pair pair = connect();
    int threads = 8;
    int frames = 200;
    var sending = new ArrayList<CompletableFuture<Void>>();
    for (int thread = 0; thread < threads; thread++) {
      String name = "thread" + thread;
      Connection from = pair.server().connection();
      sending.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < frames; i++) {
                  from.send(name + " " + i);
                }
              }));
    }
    var nextOf = new HashMap<String, Integer>();
    for (int i = 0; i < threads * frames; i++) {
      String[] frame = pair.client().nextFrame().split(" ", 2);
      int number = nextOf.merge(frame[0], 1, Integer::sum) - 1;
      assertThat(frame[1]).isEqualTo(String.valueOf(number));
    }
    sending.forEach(Awaiting::await);
  }

  @Test
  void required_T2_4_listener_maySend() {
    var server = new CompletableFuture<Connection>();
    Pair pair =
        connect(
            event -> {},
            event -> {
              if (event instanceof Peer.Event.Frame frame) {
                Awaiting.await(server).send("echo " + frame.text());
              }
            });
    server.complete(pair.server().connection());
    for (int i = 0; i < 500; i++) {
      pair.client().connection().send("x" + i);
    }
    for (int i = 0; i < 500; i++) {
      assertThat(pair.client().nextFrame()).isEqualTo("echo x" + i);
    }
  }

  @Test
  void required_T2_5_twoListenersThatAnswerEachOther_doNotRecurse() {
    int rounds = 5_000;
    var client = new CompletableFuture<Connection>();
    var server = new CompletableFuture<Connection>();
    Pair pair = connect(event -> count(event, client), event -> count(event, server));
    client.complete(pair.client().connection());
    server.complete(pair.server().connection());
    pair.client().connection().send(String.valueOf(rounds));
    String last = "";
    while (!last.equals("0")) {
      last = pair.server().nextFrame();
    }
  }

  @Test
  void required_T2_7_listenerThatThrows_getsTheNextFrame() {
    Pair pair = connect(FrameRules::failOnBad, FrameRules::failOnBad);
    for (String text : List.of("bad", "good")) {
      pair.client().connection().send(text);
      pair.server().connection().send(text);
    }
    assertThat(pair.server().nextFrame()).isEqualTo("bad");
    assertThat(pair.server().nextFrame()).isEqualTo("good");
    assertThat(pair.client().nextFrame()).isEqualTo("bad");
    assertThat(pair.client().nextFrame()).isEqualTo("good");
  }

  @Test
  @SuppressWarnings("NullAway") // what a careless caller does
  void required_T2_8_nullFrame_isRefusedAtOnce() {
    Pair pair = connect();
    for (Peer peer : List.of(pair.client(), pair.server())) {
      assertThatThrownBy(() -> peer.connection().send(null))
          .isInstanceOf(NullPointerException.class);
      assertThatThrownBy(() -> peer.connection().close(null))
          .isInstanceOf(NullPointerException.class);
    }
    pair.client().connection().send("unharmed");
    assertThat(pair.server().nextFrame()).isEqualTo("unharmed");
  }

  private static void count(Peer.Event event, CompletableFuture<Connection> own) {
    if (event instanceof Peer.Event.Frame frame) {
      int left = Integer.parseInt(frame.text());
      if (left > 0) {
        Awaiting.await(own).send(String.valueOf(left - 1));
      }
    }
  }

  private static void failOnBad(Peer.Event event) {
    if (event.equals(new Peer.Event.Frame("bad"))) {
      throw new IllegalStateException("a listener of the kit fails on purpose");
    }
  }

  private static void sendMany(Peer from) {
    for (int i = 0; i < 1_000; i++) {
      from.connection().send("frame " + i);
    }
  }

  private static void expectMany(Peer at) {
    for (int i = 0; i < 1_000; i++) {
      assertThat(at.nextFrame()).isEqualTo("frame " + i);
    }
  }
}
