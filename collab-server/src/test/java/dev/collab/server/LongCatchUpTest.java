package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.Delivery;
import dev.collab.server.access.PresenceTimes;
import dev.collab.server.access.ServerLimits;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that comes back is sent more than may wait for it. */
class LongCatchUpTest {

  /** What a message takes besides its text, as the limit counts. */
  private static final int SURROUNDINGS = 64;

  private static final int POSTS = 12;

  /** Long enough for everything to gather that is sent meanwhile. */
  private static final Delivery GATHERING =
      Delivery.builder().window(Duration.ofSeconds(1)).build();

  /** Nobody is taken for gone while somebody waits. */
  private static final PresenceTimes LASTING =
      new PresenceTimes(Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));

  private static ServerHarness harness(long queue) {
    return new ServerHarness(Ground.CALM)
        .withLimits(ServerLimits.builder().maxQueuedFrames(queue).delivery(GATHERING).build());
  }

  private static ServerHarness room(long queue) {
    ServerHarness harness = harness(queue);
    WireClient alice = harness.connect().extended(ALICE);
    alice.send("{'a':'cs','r':'lobby','v':null}");
    for (int i = 1; i <= POSTS; i++) {
      alice.send(
          "{'a':'cp','r':'lobby','seq':%d,'e':{'post':{'text':'%s'}}}"
              .formatted(i, "post %2d %s".formatted(i, "x".repeat(100))));
    }
    assertThat(alice.closed()).isEmpty();
    return harness;
  }

  private static List<String> answers(ServerHarness harness, String... requests) {
    return everything(harness, requests).stream().filter(it -> !it.contains("'access'")).toList();
  }

  /** Asks for something while the answer to a ping has just left, so that all of it has to wait. */
  private static List<String> everything(ServerHarness harness, String... requests) {
    WireClient bob = harness.connect().extended(BOB);
    bob.post("{'a':'pp'}");
    Stream.of(requests).forEach(bob::post);
    harness.settle();
    assertThat(bob.closed()).isEmpty();
    List<String> told = bob.everything();
    assertThat(told).first().isEqualTo("{'a':'pp'}");
    return told.subList(1, told.size());
  }

  private static long weight(List<String> messages) {
    return messages.stream().mapToLong(message -> message.length() + SURROUNDINGS).sum();
  }

  private static List<String> startingWith(List<String> messages, String start) {
    return messages.stream().filter(message -> message.startsWith(start)).toList();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1})
  void room_whoseCatchUpIsAsLongAsWhatMayWait_isToldCompletely(long more) {
    String request = "{'a':'cs','r':'lobby','v':0}";
    List<String> all = everything(room(1 << 20), request);
    List<String> told = everything(room(weight(all) + more), request);
    assertThat(told).isEqualTo(all).hasSize(POSTS + 3);
    assertThat(told).last().isEqualTo("{'a':'cs','r':'lobby','v':" + (POSTS + 1) + "}");
  }

  @ParameterizedTest
  @ValueSource(longs = {1_500, 3_000})
  void room_whoseCatchUpIsFarTooLong_isToldCompletely(long queue) {
    List<String> told = answers(room(queue), "{'a':'cs','r':'lobby','v':0}");
    assertThat(told).hasSize(POSTS + 2);
    for (int i = 0; i <= POSTS; i++) {
      assertThat(told.get(i)).contains("'a':'ce'", "'v':" + i + ",");
    }
    assertThat(told).last().isEqualTo("{'a':'cs','r':'lobby','v':" + (POSTS + 1) + "}");
  }

  @Test
  void room_inWhichMuchHappensDuringTheCatchUp_isToldOnceAndInOrder() {
    ServerHarness harness = room(2_000);
    WireClient bob = harness.connect().extended(BOB);
    WireClient alice = harness.connect().extended(ALICE);
    bob.post("{'a':'pp'}");
    bob.post("{'a':'cs','r':'lobby','v':0}");
    for (int i = 1; i <= 10; i++) {
      harness.time().pass(Duration.ofMillis(700));
      alice.post(
          "{'a':'cp','r':'lobby','seq':%d,'e':{'post':{'text':'later'}}}".formatted(POSTS + i));
    }
    harness.settle();
    assertThat(bob.closed()).isEmpty();
    List<String> events = startingWith(bob.received(), "{'a':'ce'");
    assertThat(events).hasSize(POSTS + 11);
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i)).contains("'v':" + i + ",");
    }
    assertThat(startingWith(bob.received(), "{'a':'cs'")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1})
  void messagesOfARoom_makeUpHalfOfWhatMayWaitAtMost(long more) {
    for (String request :
        List.of(
            "{'a':'cs','r':'lobby','v':null,'limit':2}",
            "{'a':'ch','r':'lobby','id':1,'limit':2}",
            "{'a':'ch','r':'lobby','id':1,'after':0,'limit':2}")) {
      int two = answers(room(1 << 20), request).get(0).length();
      List<String> told = answers(room(2L * (two + more)), request);
      boolean fits = more >= 0;
      assertThat(told).singleElement().asString().hasSize(fits ? two : told.get(0).length());
      assertThat(told.get(0).split("'text'", -1)).hasSize(fits ? 3 : 2);
      if (!request.contains("cs")) {
        assertThat(told.get(0)).endsWith("'more':true}");
      }
    }
  }

  @Test
  void pagesOfARoom_thatTogetherAreTooLong_comeOneAfterTheOther() {
    String[] requests =
        IntStream.range(1, 30)
            .mapToObj(i -> "{'a':'ch','r':'lobby','id':%d,'limit':3}".formatted(i))
            .toArray(String[]::new);
    List<String> told = answers(room(2_000), requests);
    assertThat(told).hasSize(29).allMatch(page -> page.startsWith("{'a':'ch','r':'lobby'"));
  }

  /** Entries of which no two fit into half of what may wait. */
  private static ServerHarness document(long queue, int edits) {
    ServerHarness harness = harness(queue);
    WireClient alice = harness.author(ALICE, "");
    for (int i = 1; i <= edits; i++) {
      alice.send(
          "{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':['%s']}"
              .formatted(i, i + 1, "x".repeat(200)));
    }
    alice.connection().close(CloseReason.NORMAL);
    harness.settle();
    return harness;
  }

  private static List<String> versions(List<String> messages) {
    List<String> versions = new ArrayList<>();
    for (String message : messages) {
      if (message.startsWith("{'a':'op'")) {
        versions.add(message.replaceAll(".*?'v':(\\d+),.*", "$1"));
      }
    }
    return versions;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'a':'s','c':'c','d':'d','v':0}",
        "{'a':'f','c':'c','d':'d','v':0}",
        "{'a':'bs','c':'c','b':{'d':0}}",
        "{'a':'bf','c':'c','b':{'d':0}}"
      })
  void document_whoseCatchUpIsFarTooLong_isToldCompletelyAndWithoutGap(String request) {
    List<String> told = answers(document(900, 10), request);
    assertThat(versions(told))
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
    assertThat(told).last().asString().startsWith(request.substring(0, 8));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1})
  void document_whoseCatchUpIsAsLongAsWhatMayWait_isToldCompletely(long more) {
    String request = "{'a':'s','c':'c','d':'d','v':0}";
    List<String> all = everything(document(1 << 20, 5), request);
    List<String> told = everything(document(weight(all) + more, 5), request);
    assertThat(told).isEqualTo(all).hasSize(8);
  }

  @Test
  void documents_thatTogetherAreTooLong_comeOneAfterTheOther() {
    ServerHarness harness = harness(2_000);
    WireClient alice = harness.connect(ALICE);
    List<String> requests = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      alice.send(
          "{'a':'op','c':'c','d':'%d','v':0,'seq':%d,'create':{'type':'text','data':'%s'}}"
              .formatted(i, i + 1, "x".repeat(900)));
      requests.add("{'a':'s','c':'c','d':'%d','v':null}".formatted(i));
    }
    List<String> told = answers(harness, requests.toArray(String[]::new));
    assertThat(told).hasSize(10).allMatch(state -> state.contains("'data':'xxx"));
  }

  /** A channel on which so many presences are shown. */
  private static ServerHarness channel(long queue, int presences) {
    ServerHarness harness = harness(queue).withPresence(LASTING);
    WireClient alice = harness.connect(ALICE);
    for (int i = 0; i < presences; i++) {
      harness.time().pass(Duration.ofSeconds(1));
      alice.send(
          "{'a':'p','ch':'lobby','id':'%02d','p':'%s','pv':1}".formatted(i, "x".repeat(100)));
    }
    return harness;
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1})
  void presencesOfAChannel_inTheAnswer_makeUpHalfOfWhatMayWaitAtMost(long more) {
    String request = "{'a':'ps','ch':'lobby','seq':1}";
    String whole = answers(channel(1 << 20, 4), request).get(0);
    List<String> told = answers(channel(2L * (whole.length() + more), 4), request);
    assertThat(told.get(0).split("'pv':1", -1)).hasSize(more < 0 ? 3 : 5);
    assertThat(startingWith(told, "{'a':'p',")).hasSize(more < 0 ? 2 : 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void presencesOfAChannel_thatAreFarTooMany_areAllShown(boolean extended) {
    ServerHarness harness = channel(8_000, 40);
    WireClient bob = extended ? harness.connect().extended(BOB) : harness.connect(BOB);
    bob.post("{'a':'pp'}");
    for (int i = 1; i <= 5; i++) {
      bob.post("{'a':'ps','ch':'lobby','seq':%d}".formatted(i));
    }
    harness.time().pass(Duration.ofMinutes(2));
    assertThat(bob.closed()).isEmpty();
    assertThat(startingWith(bob.received(), "{'a':'ps'")).hasSize(5);
    String all = bob.received().toString();
    for (int i = 0; i < 40; i++) {
      assertThat(all).contains("'id':'%02d'".formatted(i));
    }
  }
}
