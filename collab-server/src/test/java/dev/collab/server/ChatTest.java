package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static dev.collab.server.ServerHarness.EVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.PresenceTimes;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chat rooms, in frames, on one server and on two. */
class ChatTest {

  private static final PresenceTimes LONG =
      new PresenceTimes(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(5));

  private static ServerHarness harness(Ground ground) {
    return new ServerHarness(ground).withPresence(LONG);
  }

  private final ServerHarness harness = harness(Ground.CALM);

  private static WireClient member(ServerHarness harness, CollabServer server, String secret) {
    WireClient client = harness.connect(server);
    client.send(
        "{'a':'hs','id':'%s','protocol':1,'protocolMinor':2,'collab':1,'user':{'name':'%s'}}"
            .formatted(secret, secret.substring(0, 1)));
    client.send("{'a':'cs','r':'lobby','v':null}");
    client.clear();
    return client;
  }

  private static WireClient member(ServerHarness harness, String secret) {
    return member(harness, harness.server(), secret);
  }

  private static String event(long sequence, String event) {
    return "{'a':'cp','r':'lobby','seq':" + sequence + ",'e':" + event + "}";
  }

  private static String post(long sequence, String text) {
    return event(sequence, "{'post':{'text':'" + text + "'}}");
  }

  private static List<String> events(WireClient client) {
    return client.received().stream().filter(frame -> frame.contains("'a':'ce'")).toList();
  }

  private static String history(WireClient client, String range) {
    client.clear();
    client.send("{'a':'ch','r':'lobby','id':7," + range + "'limit':200}");
    return client.received().get(client.received().size() - 1);
  }

  @Test
  void subscribe_toARoomThatNobodyUsed_isEmpty() {
    WireClient alice = harness.connect().extended(ALICE);
    alice.send("{'a':'cs','r':'lobby','v':null}");
    assertThat(alice.received())
        .singleElement()
        .asString()
        .startsWith("{'a':'cs','r':'lobby','v':0,'room':{'members':[],'first':1,'last':0")
        .endsWith("'messages':[]}");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void post_isAcknowledgedWithNumberAndTimeAndToldToTheOthers(Ground ground) {
    ServerHarness harness = harness(ground);
    WireClient alice = member(harness, ALICE);
    WireClient bob = member(harness, BOB);
    alice.send(post(1, "hello"));
    harness.settle();
    assertThat(alice.received().stream().filter(frame -> frame.contains("'a':'cp'")))
        .singleElement()
        .asString()
        .contains("'r':'lobby','seq':1,'v':1,'e':{'post':{'id':1,'user':{'id':'", "'name':'a'")
        .contains("'t':", "'text':'hello'");
    assertThat(events(bob))
        .satisfiesExactly(
            created -> assertThat(created).contains("'v':0,'e':{'retain':{"),
            posted -> assertThat(posted).contains("'v':1,'e':{'post':{'id':1", "'text':'hello'"));
    assertThat(events(alice)).noneMatch(frame -> frame.contains("'post'"));
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void post_sentAgain_isAcknowledgedAgainAndThereOnce(Ground ground) {
    ServerHarness harness = harness(ground);
    WireClient alice = member(harness, ALICE);
    WireClient bob = member(harness, BOB);
    alice.send(post(1, "once"));
    alice.connection().close(CloseReason.ABNORMAL);
    harness.settle();
    WireClient again = member(harness, ALICE);
    again.send(post(1, "once"));
    harness.settle();
    assertThat(again.received()).singleElement().asString().contains("'seq':1,'v':1", "'id':1");
    assertThat(events(bob)).filteredOn(frame -> frame.contains("'post'")).hasSize(1);
    assertThat(history(bob, "")).contains("'id':1,").doesNotContain("'id':2,");
  }

  @Test
  void edit_andDelete_areTheAuthorsOwn() {
    WireClient alice = member(harness, ALICE);
    WireClient bob = member(harness, BOB);
    alice.send(post(1, "first"));
    bob.send(event(1, "{'edit':{'id':1,'text':'spoofed'}}"));
    bob.send(event(2, "{'delete':{'id':1}}"));
    assertThat(bob.received())
        .filteredOn(frame -> frame.contains("'a':'cp'"))
        .hasSize(2)
        .allMatch(frame -> frame.contains("ERR_CHAT_NOT_AUTHOR"));
    alice.send(event(2, "{'edit':{'id':1,'text':'better'}}"));
    assertThat(history(bob, "")).contains("'text':'better'", "'edited':");
    alice.send(event(3, "{'delete':{'id':1}}"));
    assertThat(history(bob, "")).contains("'id':1,", "'deleted':true").doesNotContain("better");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'edit':{'id':9,'text':'x'}}=ERR_CHAT_MESSAGE_NOT_FOUND",
        "{'delete':{'id':9}}=ERR_CHAT_MESSAGE_NOT_FOUND",
        "{'remove':{'user':'x'}}=ERR_FORBIDDEN",
        "{'retain':{'messages':1}}=ERR_FORBIDDEN",
        "{'shout':{}}=ERR_CHAT_BADLY_FORMED",
        "{}=ERR_CHAT_BADLY_FORMED",
        "{'post':{'text':1}}=ERR_CHAT_BADLY_FORMED",
        "{'post':{'text':'a'},'join':true}=ERR_CHAT_BADLY_FORMED"
      })
  void event_thatIsWrongOrForbidden_isRefusedAndNobodyNotices(String row) {
    WireClient alice = member(harness, ALICE);
    WireClient bob = member(harness, BOB);
    bob.send(post(1, "hi"));
    alice.clear();
    bob.clear();
    alice.send(event(1, row.substring(0, row.indexOf('='))));
    assertThat(alice.received())
        .singleElement()
        .asString()
        .contains("'a':'cp'", row.substring(row.indexOf('=') + 1));
    assertThat(bob.received()).isEmpty();
    alice.send(post(2, "fine"));
    assertThat(events(bob)).hasSize(1);
  }

  @Test
  void post_inAnothersName_isRefused() {
    WireClient eve = member(harness, EVE);
    eve.send(
        "{'a':'cp','r':'lobby','seq':1,'src':'" + ALICE + "','e':{'post':{'text':'I am Alice'}}}");
    assertThat(eve.received()).singleElement().asString().contains("ERR_SOURCE_NOT_OWNED");
    eve.send(event(2, "{'post':{'text':'x','user':{'id':'alice','name':'Alice'},'id':99,'t':1}}"));
    assertThat(eve.received())
        .last()
        .asString()
        .contains("'a':'cp'", "'id':1,")
        .doesNotContain("alice");
  }

  @Test
  void chat_inTheBase_isNotOffered() {
    WireClient base = harness.connect(ALICE);
    base.send("{'a':'cs','r':'lobby','v':null}");
    base.send(post(1, "x"));
    assertThat(base.received())
        .hasSize(2)
        .allMatch(frame -> frame.contains("ERR_ACTION_NOT_SUPPORTED"));
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void subscribe_sinceAVersion_tellsWhatWasMissed(Ground ground) {
    ServerHarness harness = harness(ground);
    WireClient alice = member(harness, ALICE);
    alice.send(post(1, "one"));
    alice.send(post(2, "two"));
    alice.send(post(3, "three"));
    harness.settle();
    WireClient bob = harness.connect().extended(BOB);
    bob.send("{'a':'cs','r':'lobby','v':2}");
    assertThat(bob.received())
        .satisfiesExactly(
            two -> assertThat(two).contains("'a':'ce'", "'v':2", "'text':'two'"),
            three -> assertThat(three).contains("'a':'ce'", "'v':3", "'text':'three'"),
            done -> assertThat(done).isEqualTo("{'a':'cs','r':'lobby','v':4}"));
    bob.clear();
    bob.send("{'a':'cs','r':'lobby','v':5}");
    assertThat(bob.received())
        .singleElement()
        .asString()
        .contains("ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT");
  }

  @Test
  void history_pagesInBothDirections() {
    WireClient alice = member(harness, ALICE);
    for (int i = 1; i <= 10; i++) {
      alice.send(post(i, "m" + i));
    }
    alice.clear();
    alice.send("{'a':'ch','r':'lobby','id':1,'before':8,'limit':3}");
    alice.send("{'a':'ch','r':'lobby','id':2,'after':8,'limit':3}");
    alice.send("{'a':'ch','r':'lobby','id':3,'limit':2}");
    assertThat(alice.received())
        .satisfiesExactly(
            before ->
                assertThat(before)
                    .startsWith("{'a':'ch','r':'lobby','id':1,")
                    .contains("'m5'", "'m6'", "'m7'", "'more':true")
                    .doesNotContain("'m4'", "'m8'"),
            after ->
                assertThat(after).contains("'m9'", "'m10'", "'more':false").doesNotContain("'m8'"),
            newest -> assertThat(newest).contains("'m9'", "'m10'", "'more':true"));
  }

  @Test
  void typing_isToldToTheOthersAndEndsByItself() {
    WireClient alice = member(harness, ALICE);
    WireClient bob = member(harness, BOB);
    alice.post("{'a':'ct','r':'lobby','typing':true}");
    harness.time().runDue();
    assertThat(alice.received()).containsExactly("{'a':'ct','r':'lobby'}");
    assertThat(bob.received()).singleElement().asString().contains("'name':'a'", "'typing':true");
    harness.time().pass(Duration.ofSeconds(5));
    alice.post("{'a':'ct','r':'lobby','typing':true}");
    harness.time().pass(Duration.ofSeconds(5));
    assertThat(bob.received()).hasSize(2).last().asString().contains("'typing':true");
    harness.time().pass(Duration.ofSeconds(2));
    assertThat(bob.received()).hasSize(3).last().asString().contains("'typing':false");
  }

  @Test
  void typing_atAnotherServer_isToldToo() {
    CollabServer other = harness.start();
    WireClient alice = member(harness, ALICE);
    WireClient bob = member(harness, other, BOB);
    alice.clear();

    alice.post("{'a':'ct','r':'lobby','typing':true}");
    harness.time().runDue();
    assertThat(alice.received()).containsExactly("{'a':'ct','r':'lobby'}");
    assertThat(bob.received())
        .singleElement()
        .asString()
        .startsWith("{'a':'ct','r':'lobby','user':{")
        .contains("'name':'a'", "'typing':true");

    alice.connection().close(CloseReason.NORMAL);
    harness.time().pass(Duration.ofSeconds(1));
    assertThat(bob.received()).hasSize(2).last().asString().contains("'typing':false");
  }

  @Test
  void typing_saidWithEveryKey_isToldEveryTwoSeconds() {
    WireClient alice = member(harness, ALICE);
    WireClient bob = member(harness, BOB);
    for (int key = 0; key < 100; key++) {
      alice.post("{'a':'ct','r':'lobby','typing':true}");
      harness.time().pass(Duration.ofMillis(100));
    }
    assertThat(bob.received()).hasSize(5).allMatch(frame -> frame.contains("'typing':true"));
  }

  @Test
  void typing_begunAndEndedOverAndOver_lastsAsLongAsTheLastTime() {
    WireClient alice = member(harness, ALICE);
    for (int i = 0; i < 50; i++) {
      alice.post("{'a':'ct','r':'lobby','typing':false}");
      alice.post("{'a':'ct','r':'lobby','typing':true}");
    }
    harness.time().runDue();
    WireClient bob = member(harness, BOB);
    harness.time().pass(Duration.ofSeconds(4));
    alice.post("{'a':'ct','r':'lobby','typing':true}");
    harness.time().pass(Duration.ofSeconds(5));
    assertThat(bob.received()).singleElement().asString().contains("'typing':true");
    harness.time().pass(Duration.ofSeconds(6));
    assertThat(bob.received()).hasSize(2).last().asString().contains("'typing':false");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void readMarks_areGatheredAndKept(Ground ground) {
    ServerHarness harness = harness(ground);
    WireClient alice = member(harness, ALICE);
    WireClient bob = member(harness, BOB);
    alice.send(post(1, "one"));
    bob.send(post(1, "two"));
    harness.settle();
    alice.clear();
    bob.clear();
    bob.post("{'a':'cr','r':'lobby','read':1}");
    bob.post("{'a':'cr','r':'lobby','read':2}");
    bob.post("{'a':'cr','r':'lobby','read':99}");
    harness.settle();
    assertThat(bob.received()).filteredOn(frame -> frame.contains("'a':'cr'")).hasSize(3);
    assertThat(events(alice)).singleElement().asString().contains("'read':{'user':'", "'id':2}");
    WireClient eve = harness.connect().extended(EVE);
    eve.send("{'a':'cs','r':'lobby','v':null}");
    assertThat(eve.received().get(0)).contains("'read':2");
  }

  @Test
  void events_aboveTheRate_areRefusedWithATime() {
    WireClient alice = member(harness, ALICE);
    for (int i = 1; i <= 21; i++) {
      alice.post(post(i, "m" + i));
    }
    harness.time().runDue();
    assertThat(alice.received()).filteredOn(frame -> frame.contains("error")).hasSize(1);
    assertThat(alice.received())
        .filteredOn(frame -> frame.contains("error"))
        .singleElement()
        .asString()
        .contains("'seq':21", "ERR_RATE_EXCEEDED", "'retryAfter':200");
    harness.time().pass(Duration.ofMillis(200));
    alice.clear();
    alice.post(post(21, "m21"));
    harness.time().runDue();
    assertThat(alice.received()).filteredOn(frame -> frame.contains("'seq':21,'v':")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {4_095, 4_096, 4_097})
  void text_upToTheLimit_isPosted(int length) {
    WireClient alice = member(harness, ALICE);
    alice.send(post(1, "x".repeat(length)));
    assertThat(alice.received().get(alice.received().size() - 1).contains("ERR_CHAT_TEXT_TOO_LONG"))
        .isEqualTo(length > 4_096);
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void room_onTwoServers_hasOneOrderForAll(Ground ground) {
    ServerHarness harness = harness(ground);
    CollabServer second = harness.start();
    WireClient alice = member(harness, ALICE);
    WireClient bob = member(harness, second, BOB);
    for (int i = 1; i <= 5; i++) {
      alice.post(post(i, "a" + i));
      bob.post(post(i, "b" + i));
    }
    harness.settle();
    harness.settle();
    String first = history(alice, "");
    assertThat(history(bob, "")).isEqualTo(first);
    for (int i = 1; i <= 5; i++) {
      assertThat(first).containsOnlyOnce("'a" + i + "'").containsOnlyOnce("'b" + i + "'");
      assertThat(first).contains("'id':" + i + ",").contains("'id':" + (i + 5) + ",");
    }
    harness.restart();
    assertThat(history(member(harness, EVE), "")).isEqualTo(first);
  }
}
