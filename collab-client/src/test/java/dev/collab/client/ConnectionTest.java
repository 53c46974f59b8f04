package dev.collab.client;

import static dev.collab.client.Script.SECRET;
import static dev.collab.client.Script.ack;
import static dev.collab.client.Script.done;
import static dev.collab.client.Script.entry;
import static dev.collab.client.Script.insert;
import static dev.collab.client.Script.json;
import static dev.collab.client.Script.state;
import static dev.collab.client.Script.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.client.ScriptedServer.Peer;
import dev.collab.tck.VirtualTime;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.transport.Connection;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.TransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connecting, losing the connection and connecting again. */
class ConnectionTest {

  private static final String FIRST =
      json("{'a':'hs','id':null,'protocol':1,'protocolMinor':2,'collab':1}");

  @Test
  void connect_firstTime_shakesHandsWithoutId() {
    Script script = new Script();
    script.client.connect();
    assertThat(script.client.status()).isEqualTo(ClientStatus.DISCONNECTED);
    script.time.runDue();
    assertThat(script.client.status()).isEqualTo(ClientStatus.CONNECTING);
    assertThat(script.server.peer().take()).containsExactly(FIRST);
    script.server.peer().say(Script.handshake(SECRET));
    assertThat(script.client.status()).isEqualTo(ClientStatus.CONNECTED);
    assertThat(script.takeClientEvents()).containsExactly("CONNECTING", "CONNECTED");
  }

  @Test
  void connectionLost_afterHandshake_offersTheSameIdAgain() {
    Script script = new Script();
    script.connect();
    script.server.peer().close();
    assertThat(script.client.status()).isEqualTo(ClientStatus.CONNECTING);
    script.time.pass(Duration.ofMillis(100));
    assertThat(script.server.count()).isEqualTo(2);
    assertThat(script.server.peer().take())
        .containsExactly(
            json("{'a':'hs','id':'" + SECRET + "','protocol':1,'protocolMinor':2,'collab':1}"));
    assertThat(script.takeClientEvents()).containsExactly("CONNECTING", "CONNECTED", "CONNECTING");
  }

  @Test
  void request_beforeHandshakeIsAnswered_waits() {
    Script script = new Script();
    script.client.connect();
    script.open();
    assertThat(script.server.peer().take()).containsExactly(FIRST);
    script.server.peer().say(Script.handshake(SECRET));
    assertThat(script.server.peer().take())
        .containsExactly(json("{'a':'s','c':'c','d':'d','v':null}"));
  }

  @Test
  void connect_failing_waitsLongerEachTime() {
    List<Long> attempts = new ArrayList<>();
    VirtualTime time = new VirtualTime();
    CollabClient client =
        CollabClient.builder(
                listener -> {
                  attempts.add(time.instant().toEpochMilli());
                  return CompletableFuture.failedFuture(
                      new TransportException("refused", true, new RuntimeException()));
                })
            .executor(time)
            .scheduler(time)
            .random(new SplittableRandom(3))
            .build();
    client.connect();
    time.pass(Duration.ofSeconds(60));
    assertThat(client.status()).isEqualTo(ClientStatus.CONNECTING);
    for (int i = 1; i < attempts.size(); i++) {
      assertThat(attempts.get(i) - attempts.get(i - 1))
          .isBetween(50L, Math.min(5000L, 50L << Math.min(i, 20)));
    }
    assertThat(attempts.size()).isBetween(60 / 5, 60);
  }

  @Test
  void connect_refusedForGood_givesUp() {
    VirtualTime time = new VirtualTime();
    List<String> attempts = new ArrayList<>();
    CollabClient client =
        CollabClient.builder(
                listener -> {
                  attempts.add("attempt");
                  return CompletableFuture.failedFuture(
                      new TransportException("no such host", false, new Exception()));
                })
            .executor(time)
            .scheduler(time)
            .build();
    client.connect();
    time.pass(Duration.ofSeconds(60));
    assertThat(client.status()).isEqualTo(ClientStatus.DISCONNECTED);
    assertThat(attempts).hasSize(1);
  }

  @Test
  void connectionLost_withPolicyNever_staysDisconnectedUntilToldToConnect() {
    Script script = new Script(builder -> builder.reconnect(ReconnectPolicy.never()));
    script.connect();
    script.server.peer().close();
    script.time.pass(Duration.ofSeconds(60));
    assertThat(script.client.status()).isEqualTo(ClientStatus.DISCONNECTED);
    assertThat(script.server.count()).isEqualTo(1);
    script.connect();
    assertThat(script.client.status()).isEqualTo(ClientStatus.CONNECTED);
  }

  @Test
  void handshake_unanswered_connectsAnew() {
    Script script = new Script();
    script.client.connect();
    script.time.pass(Duration.ofMillis(9_900));
    assertThat(script.server.count()).isEqualTo(1);
    Peer silent = script.server.peer();
    script.time.pass(Duration.ofMillis(300));
    assertThat(silent.closeCode()).isEqualTo(4010);
    assertThat(script.server.count()).isEqualTo(2);
    assertThat(script.takeClientEvents()).containsExactly("CONNECTING", "ERR_NO_ANSWER");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERR_UNAVAILABLE", "ERR_RATE_EXCEEDED", "ERR_UNKNOWN_ERROR"})
  void handshake_refusedForTheMoment_isReportedAndTriedAgain(String code) {
    Script script = new Script();
    script.client.connect();
    script.time.runDue();
    script.server.peer().say("{'a':'hs','error':{'code':'%s','message':'no'}}".formatted(code));
    script.time.pass(Duration.ofSeconds(1));
    assertThat(script.server.count()).isEqualTo(2);
    assertThat(script.takeClientEvents()).containsExactly("CONNECTING", code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ERR_FORBIDDEN",
        "APP_SCHOOL_IS_OUT",
        "ERR_PROTOCOL_VERSION_NOT_SUPPORTED",
        "ERR_MESSAGE_BADLY_FORMED"
      })
  void handshake_refusedForGood_isReportedAndNotTriedAgain(String code) {
    Script script = new Script();
    script.client.connect();
    script.time.runDue();
    script.server.peer().say("{'a':'hs','error':{'code':'%s','message':'no'}}".formatted(code));
    script.time.pass(Duration.ofMinutes(10));
    assertThat(script.server.count()).isEqualTo(1);
    assertThat(script.takeClientEvents()).containsExactly("CONNECTING", code, "DISCONNECTED");
    script.client.connect();
    script.time.runDue();
    assertThat(script.server.count()).isEqualTo(2);
  }

  @Test
  void connection_openedTooLate_isClosedAndNotUsed() {
    VirtualTime time = new VirtualTime();
    ScriptedServer server = new ScriptedServer(time);
    InMemoryTransport transport = InMemoryTransport.builder(server).executor(time).build();
    CompletableFuture<Connection> late = new CompletableFuture<>();
    List<Integer> attempts = new ArrayList<>();
    CollabClient client =
        CollabClient.builder(
                listener -> {
                  attempts.add(attempts.size());
                  return attempts.size() == 1
                      ? transport.connect(listener).thenCombine(late, (open, unused) -> open)
                      : transport.connect(listener);
                })
            .executor(time)
            .scheduler(time)
            .random(new SplittableRandom(1))
            .build();
    client.connect();
    time.runDue();
    Peer first = server.peer();
    time.pass(Duration.ofSeconds(11));
    assertThat(attempts).hasSize(2);
    late.complete(null);
    time.runDue();
    assertThat(first.closeCode()).isEqualTo(1001);
    assertThat(first.take()).isEmpty();
    server.peer().say(Script.handshake(SECRET));
    assertThat(client.status()).isEqualTo(ClientStatus.CONNECTED);
  }

  @Test
  void malformedFrame_isReportedAndNothingIsLost() {
    Script script = new Script();
    SharedDocument<Text, TextOperation> document = script.openAt1("abc");
    insert(document, 0, "x");
    script.takeClientEvents();
    Peer first = script.server.peer();
    first.say("{'a':'op','c':'c'");
    assertThat(first.closeCode()).isEqualTo(1002);
    assertThat(script.takeClientEvents()).containsExactly("ERR_MESSAGE_BADLY_FORMED", "CONNECTING");
    script.time.pass(Duration.ofSeconds(1));
    Peer second = script.shakeHands(SECRET);
    assertThat(second.take())
        .containsExactly(submission(1, 1, 1, "['x']"), json("{'a':'s','c':'c','d':'d','v':1}"));
    second.say(ack(1, 1), done("s"));
    assertThat(document.hasUnsavedChanges()).isFalse();
    assertThat(document.state()).hasToString("xabc");
  }

  @Test
  void malformedFrames_behindEveryHandshake_areAnsweredByGrowingWaits() {
    Script script = new Script();
    script.connect();
    long longest = 0;
    for (int i = 0; i < 12; i++) {
      longest = Math.max(longest, waitAfterNonsense(script));
    }
    assertThat(longest).isGreaterThan(1000);
    script.time.pass(Duration.ofSeconds(5));
    assertThat(waitAfterNonsense(script)).isLessThanOrEqualTo(100);
  }

  private static long waitAfterNonsense(Script script) {
    int count = script.server.count();
    long begin = script.time.instant().toEpochMilli();
    script.server.peer().say("nonsense");
    while (script.server.count() == count) {
      script.time.pass(Duration.ofMillis(10));
    }
    script.shakeHands(SECRET);
    return script.time.instant().toEpochMilli() - begin;
  }

  @Test
  void oversizedFrame_isReportedAndConnectsAnew() {
    VirtualTime time = new VirtualTime();
    ScriptedServer server = new ScriptedServer(time);
    List<String> errors = new ArrayList<>();
    CollabClient client =
        CollabClient.builder(
                InMemoryTransport.builder(server).executor(time).maxFrameLength(300).build())
            .executor(time)
            .scheduler(time)
            .listener(
                new ClientListener() {
                  @Override
                  public void onError(dev.collab.operation.CollabException error) {
                    errors.add(error.code());
                  }
                })
            .build();
    client.connect();
    time.runDue();
    server.peer().say(Script.handshake(SECRET));
    server.peer().say("{'a':'pp','x':'" + "x".repeat(300) + "'}");
    assertThat(errors).containsExactly("ERR_FRAME_TOO_LARGE");
    assertThat(server.peer().closeCode()).isEqualTo(1002);
  }

  @Test
  void lateFrames_ofAnOldConnection_areDropped() {
    Script script = new Script();
    SharedDocument<Text, TextOperation> document = script.openAt1("abc");
    Peer first = script.server.peer();
    script.client.disconnect();
    script.client.connect();
    first.say(entry(1, "'op':['x']"), ack(1, 1));
    script.shakeHands(SECRET).say(done("s"));
    first.say(entry(1, "'op':['x']"));
    assertThat(document.state()).hasToString("abc");
    assertThat(document.revision()).isEqualTo(1);
  }

  @Test
  void submission_unanswered_countsAsADeadConnectionAndIsSentAgain() {
    Script script = new Script();
    SharedDocument<Text, TextOperation> document = script.openAt1("abc");
    script.time.pass(Duration.ofSeconds(30));
    insert(document, 0, "x");
    Peer first = script.server.peer();
    assertThat(first.take()).containsExactly(submission(1, 1, 1, "['x']"));
    script.time.pass(Duration.ofMillis(9_999));
    assertThat(first.closeCode()).isZero();
    script.time.pass(Duration.ofMillis(101));
    assertThat(first.closeCode()).isEqualTo(4010);
    Peer second = script.shakeHands(SECRET);
    assertThat(second.take()).first().isEqualTo(submission(1, 1, 1, "['x']"));
  }

  @Test
  void submissions_answeredInTime_keepTheConnection() {
    Script script = new Script();
    SharedDocument<Text, TextOperation> document = script.openAt1("abc");
    for (int i = 0; i < 20; i++) {
      insert(document, 0, "x");
      script.time.pass(Duration.ofSeconds(9));
      script.server.peer().say(ack(1 + i, 1 + i));
    }
    assertThat(script.server.count()).isEqualTo(1);
    assertThat(document.hasUnsavedChanges()).isFalse();
  }

  @Test
  void keepAlive_asksASilentServerAndGivesItUp() {
    Script script = new Script(builder -> builder.keepAlive(Duration.ofSeconds(20)));
    Peer peer = script.connect();
    script.time.pass(Duration.ofSeconds(45));
    assertThat(peer.take()).containsExactly(json("{'a':'pp'}"));
    peer.say("{'a':'pp'}");
    script.time.pass(Duration.ofSeconds(35));
    assertThat(peer.closeCode()).isZero();
    script.time.pass(Duration.ofSeconds(25));
    assertThat(peer.closeCode()).isEqualTo(4010);
  }

  @Test
  void disconnect_whileWaitingToConnect_staysDisconnected() {
    Script script = new Script();
    script.connect();
    script.server.peer().close();
    script.client.disconnect();
    script.time.pass(Duration.ofSeconds(60));
    assertThat(script.client.status()).isEqualTo(ClientStatus.DISCONNECTED);
    assertThat(script.server.count()).isEqualTo(1);
  }

  @Test
  void edit_whileDisconnected_isSentWhenConnectedAgain() {
    Script script = new Script();
    SharedDocument<Text, TextOperation> document = script.openAt1("abc");
    script.client.disconnect();
    script.time.runDue();
    insert(document, 3, "d");
    insert(document, 4, "e");
    assertThat(document.state()).hasToString("abcde");
    Peer peer = script.connect();
    assertThat(peer.take()).containsExactly(json("{'a':'s','c':'c','d':'d','v':1}"));
    peer.say(entry(1, "'op':['x']"), done("s"));
    assertThat(peer.take()).containsExactly(submission(2, 1, 1, json("[4,'de']")));
  }

  @Test
  void close_closesTheConnectionAndTheDocuments() {
    Script script = new Script();
    SharedDocument<Text, TextOperation> document = script.openAt1("abc");
    insert(document, 0, "x");
    var saved = document.whenSaved();
    script.time.runDue();
    script.client.close();
    assertThat(script.server.peer().closeCode()).isEqualTo(1000);
    assertThat(script.client.status()).isEqualTo(ClientStatus.CLOSED);
    assertThat(document.status()).isEqualTo(DocumentStatus.CLOSED);
    assertThat(script.result(saved)).isEqualTo("ERR_DOC_CLOSED");
    assertThat(document.pendingEdits()).containsExactly(TextOperation.insert(0, "x"));
    assertThat(document.state()).hasToString("xabc");
    assertThatThrownBy(script.client::connect).isInstanceOf(IllegalStateException.class);
    script.client.close();
    script.time.pass(Duration.ofSeconds(60));
    assertThat(script.server.count()).isEqualTo(1);
  }

  @Test
  void handshake_withoutExtension_speaksTheBase() {
    Script script = new Script();
    script.client.connect();
    SharedDocument<Text, TextOperation> document = script.open();
    script
        .server
        .peer()
        .say("{'a':'hs','protocol':1,'protocolMinor':2,'id':'" + SECRET + "','type':'json0'}");
    script.server.peer().say(state("s", 1, "abc"));
    script.server.peer().take();
    insert(document, 0, "x");
    assertThat(script.server.peer().take())
        .containsExactly(
            json("{'a':'op','c':'c','d':'d','v':1,'src':'" + SECRET + "','seq':1,'op':['x']}"));
  }
}
