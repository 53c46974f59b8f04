package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static dev.collab.server.ServerHarness.EVE;
import static dev.collab.server.ServerHarness.ack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.presence.User;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.Authentication;
import dev.collab.server.access.Rate;
import dev.collab.server.access.ServerLimits;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks too fast is held up, refused or closed, and nobody else notices. */
class RatesTest {

  /** Two at once, and one more every ten seconds. */
  private static final Rate TWO = new Rate(0.1, 2);

  private static ServerHarness harness(ServerLimits limits) {
    return new ServerHarness(Ground.CALM).withLimits(limits);
  }

  private static ServerLimits.Builder limits() {
    return ServerLimits.builder();
  }

  private static List<String> told(ServerHarness harness) {
    return harness.events().of(RateLimited.class).stream()
        .map(event -> event.what() + " " + event.action())
        .toList();
  }

  private static String edit(int sequence) {
    return "{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':['x']}"
        .formatted(sequence - 1, sequence);
  }

  // ---- operations and requests wait

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 1"})
  void operations_aboveTheRate_waitAndAreNotRefused(int count, int delayed) {
    ServerHarness harness = harness(limits().operationRate(TWO).build());
    WireClient alice = harness.author(ALICE, "");
    harness.settle();
    harness.events().clear();
    for (int i = 0; i < count; i++) {
      alice.post(edit(i + 2));
    }
    harness.time().runDue();
    assertThat(alice.received()).hasSize(count - delayed);
    assertThat(harness.server().status().connections().get(0).waitingRequests()).isEqualTo(delayed);
    harness.time().pass(Duration.ofSeconds(10L * delayed));
    assertThat(alice.received())
        .containsExactlyElementsOf(
            IntStream.range(0, count).mapToObj(i -> ack(i + 1, ALICE, i + 2)).toList());
    assertThat(told(harness)).hasSize(delayed).allMatch("OPERATIONS DELAYED"::equals);
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void operationsOfOthers_areNotHeldUp(Ground ground) {
    ServerHarness harness =
        new ServerHarness(ground).withLimits(limits().operationRate(TWO).build());
    WireClient alice = harness.author(ALICE, "");
    WireClient bob = harness.connect(BOB);
    alice.clear();
    for (int i = 0; i < 20; i++) {
      alice.post(edit(i + 2));
    }
    bob.post("{'a':'op','c':'c','d':'other','v':0,'seq':1,'create':{'type':'text'}}");
    harness.time().pass(Duration.ofSeconds(9));
    assertThat(bob.received()).singleElement().asString().contains("'seq':1");
    assertThat(alice.received()).hasSizeLessThan(4);
    harness.time().pass(Duration.ofSeconds(300));
    assertThat(alice.received()).hasSize(20).allMatch(reply -> !reply.contains("error"));
    assertThat(harness.text()).hasSize(20);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 1"})
  void requests_aboveTheRate_wait(int count, int delayed) {
    ServerHarness harness = harness(limits().requestRate(TWO).build());
    WireClient alice = harness.connect(ALICE);
    harness.settle();
    harness.events().clear();
    for (int i = 0; i < count; i++) {
      alice.post("{'a':'f','c':'c','d':'d%d','v':null}".formatted(i));
    }
    harness.time().runDue();
    assertThat(alice.received()).hasSize(count - delayed);
    harness.time().pass(Duration.ofSeconds(10L * delayed));
    assertThat(alice.received()).hasSize(count).last().asString().contains("'d':'d" + (count - 1));
    assertThat(told(harness)).hasSize(delayed).allMatch("REQUESTS DELAYED"::equals);
  }

  @Test
  void requestBehindAnOperationThatWaits_doesNotOvertakeIt() {
    ServerHarness harness = harness(limits().operationRate(TWO).build());
    WireClient alice = harness.author(ALICE, "");
    harness.settle();
    for (int i = 0; i < 3; i++) {
      alice.post(edit(i + 2));
    }
    alice.post("{'a':'f','c':'c','d':'d','v':null}");
    harness.time().runDue();
    assertThat(alice.received()).hasSize(2);
    harness.settle();
    assertThat(alice.received()).hasSize(4).anyMatch(reply -> reply.contains("'a':'f'"));
  }

  // ---- what waits is bounded

  @ParameterizedTest
  @CsvSource({"4, 0", "5, 0", "6, 1"})
  void messages_thatWait_areLimitedAndMoreAreRefusedAtOnce(int count, int refused) {
    // one is done, one is held up, three more may wait for their turn
    ServerHarness harness =
        harness(limits().operationRate(new Rate(0.1, 1)).maxWaitingMessages(3).build());
    WireClient alice = harness.author(ALICE, "");
    for (int i = 0; i < count; i++) {
      alice.post(
          "{'a':'op','c':'c','d':'e%d','v':0,'seq':%d,'create':{'type':'text'}}"
              .formatted(i, i + 2));
    }
    alice.post("{'a':'pp'}");
    harness.time().runDue();
    assertThat(alice.received())
        .hasSize(refused + 1 + 1)
        .filteredOn(reply -> reply.contains("ERR_RATE_EXCEEDED"))
        .hasSize(refused);
    assertThat(alice.received()).as("a ping waits for nothing").contains("{'a':'pp'}");
    harness.time().pass(Duration.ofMinutes(5));
    assertThat(alice.received())
        .filteredOn(reply -> reply.contains("'src':"))
        .hasSize(count - refused);
  }

  @ParameterizedTest
  @CsvSource({"999, true", "1000, true", "1001, false"})
  void messagesThatWait_areLimitedInTheirLength(int length, boolean taken) {
    // one is done, one is held up, the others wait for their turn
    ServerHarness harness =
        harness(limits().operationRate(new Rate(0.1, 1)).maxWaitingUnits(1_000).build());
    WireClient alice = harness.author(ALICE, "");
    alice.post(edit(2));
    alice.post(edit(3));
    alice.post(fetch(600));
    alice.post(fetch(length - 600));
    harness.time().runDue();
    assertThat(alice.received())
        .hasSize(taken ? 1 : 2)
        .filteredOn(reply -> reply.contains("ERR_RATE_EXCEEDED"))
        .hasSize(taken ? 0 : 1);
    assertThat(told(harness))
        .hasSize(taken ? 1 : 2)
        .endsWith(taken ? "OPERATIONS DELAYED" : "REQUESTS REFUSED");
    harness.time().pass(Duration.ofMinutes(5));
    assertThat(alice.received())
        .filteredOn(reply -> reply.startsWith("{'data'"))
        .hasSize(taken ? 2 : 1);
    alice.clear();
    alice.send(fetch(1_000)); // what has had its turn does not count any more
    assertThat(alice.received()).singleElement().asString().startsWith("{'data'");
  }

  private static String fetch(int length) {
    String frame = "{'a':'f','c':'c','d':'d','x':''}";
    return frame.replace("''", "'" + "x".repeat(length - frame.length()) + "'");
  }

  @ParameterizedTest
  @CsvSource({"16383, true", "16384, true", "16385, false"})
  void framesBehindAHandshakeThatIsNotDecided_areLimited(int length, boolean taken) {
    CompletableFuture<Authentication> answer = new CompletableFuture<>();
    ServerHarness harness = new ServerHarness(Ground.CALM).withAuthenticator(credentials -> answer);
    WireClient client = harness.connect();
    client.post("{'a':'hs','id':null,'protocol':1}");
    int left = length;
    for (; left > 4_096; left -= 4_000) {
      client.post(ping(4_000));
    }
    client.post(ping(left));
    harness.time().runDue();
    assertThat(client.received()).hasSize(taken ? 0 : 1);
    assertThat(client.received()).allMatch(reply -> reply.contains("ERR_RATE_EXCEEDED"));
  }

  private static String ping(int length) {
    return "{'a':'pp','x':'" + "x".repeat(length - "{'a':'pp','x':''}".length()) + "'}";
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 1"})
  void pings_aboveTheRate_areRefusedWithATime(int count, int refused) {
    ServerHarness harness = harness(limits().requestRate(TWO).build());
    WireClient alice = harness.connect();
    alice.send("{'a':'hs','id':null,'protocol':1,'collab':1}");
    alice.clear();
    for (int i = 0; i < count; i++) {
      alice.post("{'a':'pp'}");
    }
    harness.time().pass(Duration.ofMillis(10));
    assertThat(alice.received())
        .filteredOn(reply -> reply.contains("ERR_RATE_EXCEEDED"))
        .hasSize(refused)
        .allMatch(reply -> reply.contains("'retryAfter':10000"));
    alice.clear();
    harness.time().pass(Duration.ofSeconds(10));
    alice.post("{'a':'pp'}");
    harness.time().runDue();
    assertThat(alice.received()).contains("{'a':'pp'}");
  }

  // ---- chat and presence

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 1"})
  void chatEvents_aboveTheRate_areRefusedWithATime(int count, int refused) {
    ServerHarness harness = harness(limits().chatRate(TWO).build());
    WireClient alice = harness.connect().extended(ALICE);
    for (int i = 0; i < count; i++) {
      alice.post("{'a':'cp','r':'r','seq':%d,'e':{'post':{'text':'hi'}}}".formatted(i + 1));
    }
    harness.time().runDue();
    assertThat(alice.received())
        .filteredOn(reply -> reply.contains("ERR_RATE_EXCEEDED"))
        .hasSize(refused)
        .allMatch(reply -> reply.contains("'retryAfter':10000"));
    assertThat(told(harness)).hasSize(refused).allMatch("CHAT REFUSED"::equals);
  }

  /** Tells presences from the request to show them once more. */
  private static boolean isPresence(String frame) {
    return frame.startsWith("{'a':'p',");
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 1"})
  void presences_aboveTheRate_wait(int count, int delayed) {
    ServerHarness harness = harness(limits().presenceRate(TWO).build());
    WireClient alice = harness.connect(ALICE);
    for (int i = 0; i < count; i++) {
      alice.post("{'a':'p','ch':'x','id':'1','p':%d,'pv':%d}".formatted(i, i));
    }
    harness.time().runDue();
    assertThat(alice.received()).filteredOn(RatesTest::isPresence).hasSize(count - delayed);
    harness.time().pass(Duration.ofSeconds(10));
    assertThat(alice.received()).filteredOn(RatesTest::isPresence).hasSize(count);
    assertThat(told(harness)).hasSize(delayed).allMatch("PRESENCE DELAYED"::equals);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, false"})
  void rooms_atTheLimit_areSubscribedAndOneMoreIsNot(int count, boolean granted) {
    ServerHarness harness = harness(limits().maxSubscriptions(2).build());
    WireClient alice = harness.connect().extended(ALICE);
    for (int i = 0; i < count; i++) {
      alice.clear();
      alice.send("{'a':'cs','r':'r%d','v':null}".formatted(i));
    }
    assertThat(alice.received().toString().contains("ERR_TOO_MANY_SUBSCRIPTIONS"))
        .isEqualTo(!granted);
    assertThat(told(harness)).hasSize(granted ? 0 : 1);
  }

  private static final List<String> KINDS =
      List.of(
          "{'a':'s','c':'c','d':'%d','v':null}",
          "{'a':'bs','c':'c','b':['%d']}",
          "{'a':'ps','ch':'%d','seq':1}",
          "{'a':'cs','r':'%d','v':null}");

  @ParameterizedTest
  @CsvSource({"3, true", "4, true", "5, false"})
  void subscriptionsOfAllKinds_countTogether(int count, boolean granted) {
    for (int last = 0; last < KINDS.size(); last++) {
      ServerHarness harness = harness(limits().maxSubscriptions(4).build());
      WireClient alice = harness.connect().extended(ALICE);
      for (int i = 0; i < count; i++) {
        alice.clear();
        alice.send(KINDS.get((last + count - 1 - i) % KINDS.size()).formatted(i));
      }
      assertThat(alice.received().toString().contains("ERR_TOO_MANY_SUBSCRIPTIONS"))
          .isEqualTo(!granted);
      assertThat(told(harness)).hasSize(granted ? 0 : 1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':'u','c':'c','d':'0'}",
        "{'a':'bu','c':'c','b':['1']}",
        "{'a':'pu','ch':'2','seq':2}",
        "{'a':'cu','r':'3'}"
      })
  void subscriptionThatEnds_makesRoomForOneOfAnyKind(String end) {
    for (String another : KINDS) {
      ServerHarness harness = harness(limits().maxSubscriptions(4).build());
      WireClient alice = harness.connect().extended(ALICE);
      for (int i = 0; i < KINDS.size(); i++) {
        alice.send(KINDS.get(i).formatted(i));
        alice.send(KINDS.get(i).formatted(i)); // the same once more is no other one
      }
      assertThat(told(harness)).isEmpty();
      alice.send(end);
      alice.clear();
      alice.send(another.formatted(9));
      assertThat(alice.received().toString()).contains("'a'").doesNotContain("error");
      alice.clear();
      alice.send(another.formatted(10));
      assertThat(alice.received().toString()).contains("ERR_TOO_MANY_SUBSCRIPTIONS");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, false"})
  void subscriptionsAskedForBeforeTheHandshakeIsDecided_countAsWell(int count, boolean granted) {
    CompletableFuture<Authentication> answer = new CompletableFuture<>();
    ServerHarness harness =
        harness(limits().maxSubscriptions(2).build()).withAuthenticator(credentials -> answer);
    WireClient alice = harness.connect();
    alice.post("{'a':'hs','id':null,'protocol':1,'collab':1}");
    for (int i = 0; i < count; i++) {
      alice.post(KINDS.get(i + 1).formatted(i));
    }
    harness.time().runDue();
    assertThat(alice.received()).isEmpty();
    answer.complete(Authentication.accepted("alice", User.of("alice", "Alice")));
    harness.settle();
    assertThat(alice.received()).hasSize(count + 1);
    assertThat(alice.received().toString().contains("ERR_TOO_MANY_SUBSCRIPTIONS"))
        .isEqualTo(!granted);
  }

  // ---- whoever goes on is closed

  @ParameterizedTest
  @CsvSource({"2, true", "3, true", "4, false"})
  void refusals_tooMany_endTheConnection(int count, boolean open) {
    for (String frame : List.of("nonsense", "{'a':'zz'}", "{'a':'f'}")) {
      ServerHarness harness = harness(limits().refusalRate(new Rate(0.1, 3)).build());
      flood(harness, harness.connect(ALICE), count, frame, open);
    }
  }

  @ParameterizedTest
  @CsvSource({"2, true", "3, true", "4, false"})
  void refusals_tooManyBeforeTheHandshake_endTheConnection(int count, boolean open) {
    for (String frame : List.of("nonsense", "{'a':'zz'}", "{'a':'f','c':'c','d':'d'}")) {
      ServerHarness harness = harness(limits().refusalRate(new Rate(0.1, 3)).build());
      flood(harness, harness.connect(), count, frame, open);
    }
  }

  private static void flood(
      ServerHarness harness, WireClient eve, int count, String frame, boolean open) {
    for (int i = 0; i < count; i++) {
      eve.post(frame);
    }
    harness.time().runDue();
    assertThat(eve.received()).as("each is answered until then").hasSize(count);
    assertThat(eve.closed().isEmpty()).isEqualTo(open);
    if (!open) {
      assertThat(eve.closed()).contains(Session.FLOOD);
      assertThat(told(harness)).containsExactly("FRAMES CLOSED");
    }
  }

  @ParameterizedTest
  @CsvSource({"131071, true", "131072, true", "196608, false"})
  void longFrames_countSeveralTimes(int length, boolean open) {
    ServerHarness harness = harness(limits().refusalRate(new Rate(0.1, 3)).build());
    WireClient eve = harness.connect(ALICE);
    eve.post("x".repeat(length));
    harness.time().runDue();
    assertThat(eve.closed().isEmpty()).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({"3, true", "4, false"})
  void emptyBatches_askForNothing_andAreInVain(int count, boolean open) {
    ServerHarness harness = harness(limits().refusalRate(new Rate(0.1, 3)).build());
    WireClient eve = harness.connect().extended(EVE);
    for (int i = 0; i < count; i++) {
      eve.post("[]");
    }
    eve.post("{'a':'pp'}");
    harness.time().runDue();
    assertThat(eve.received()).hasSize(open ? 1 : 0).allMatch("{'a':'pp'}"::equals);
    assertThat(eve.closed().isEmpty()).isEqualTo(open);
  }

  @Test
  void refusals_atALowRate_endNothing() {
    ServerHarness harness = harness(limits().refusalRate(new Rate(0.1, 3)).build());
    WireClient clumsy = harness.connect(ALICE);
    for (int i = 0; i < 100; i++) {
      clumsy.post("nonsense");
      harness.time().pass(Duration.ofSeconds(10));
    }
    assertThat(clumsy.closed()).isEmpty();
    assertThat(clumsy.received()).hasSize(100);
  }
}
