package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static dev.collab.server.ServerHarness.EVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.Delivery;
import dev.collab.server.access.PresenceTimes;
import dev.collab.server.access.Rate;
import dev.collab.server.access.ServerLimits;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees what of whom, in the base and in the extension, on one server and on two. */
class PresenceTest {

  private static final PresenceTimes LONG =
      new PresenceTimes(Duration.ofHours(2), Duration.ofHours(2), Duration.ofHours(5));

  private static final String TEXT = "http://sharejs.org/types/textv1";

  private static ServerHarness harness(Ground ground) {
    return new ServerHarness(ground).withPresence(LONG);
  }

  private final ServerHarness harness = harness(Ground.CALM);

  private static String plain(String id, String value, long version) {
    return "{'a':'p','ch':'room','id':'%s','p':%s,'pv':%d}".formatted(id, value, version);
  }

  private static String cursor(String id, int at, long presenceVersion, long version) {
    return cursor(id, "{'selections':[{'anchor':%d,'head':%d}]}".formatted(at, at), presenceVersion)
        .replace("VERSION", "" + version);
  }

  private static String cursor(String id, String value, long presenceVersion) {
    return ("{'a':'p','ch':'c.d','id':'%s','p':%s,'pv':%d,'c':'c','d':'d','v':VERSION,'t':'%s'}")
        .formatted(id, value, presenceVersion, TEXT);
  }

  private static WireClient subscribe(WireClient client, String channel) {
    client.send("{'a':'ps','ch':'" + channel + "','seq':1}");
    return client;
  }

  private static List<String> presences(WireClient client) {
    return client.received().stream().filter(frame -> frame.startsWith("{'a':'p',")).toList();
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void update_plain_isAcknowledgedAndDeliveredToTheOthersAlone(Ground ground) {
    ServerHarness harness = harness(ground);
    WireClient alice = subscribe(harness.connect(ALICE), "room");
    WireClient bob = subscribe(harness.connect(BOB), "room");
    WireClient eve = subscribe(harness.connect(EVE), "other");
    assertThat(alice.received())
        .containsExactly("{'a':'ps','ch':'room','seq':1}", "{'a':'pr','ch':'room'}");
    alice.clear();
    bob.clear();
    eve.clear();
    alice.send(plain("u1", "{'x':1}", 0));
    assertThat(alice.received())
        .containsExactly(
            "{'a':'p','ch':'room','src':'" + ALICE + "','id':'u1','p':{'x':1},'pv':0}");
    assertThat(bob.received())
        .singleElement()
        .asString()
        .startsWith("{'a':'p','ch':'room','src':'")
        .endsWith("','id':'u1','p':{'x':1},'pv':0}")
        .doesNotContain(ALICE);
    assertThat(eve.received()).isEmpty();
  }

  @Test
  void subscribe_later_getsWhatIsShown() {
    WireClient alice = harness.connect(ALICE);
    alice.send(plain("u1", "{'x':1}", 0));
    WireClient bob = subscribe(harness.connect(BOB), "room");
    assertThat(bob.received())
        .satisfiesExactly(
            reply -> assertThat(reply).isEqualTo("{'a':'ps','ch':'room','seq':1}"),
            shown -> assertThat(shown).contains("'id':'u1','p':{'x':1},'pv':0}"),
            wanted -> assertThat(wanted).isEqualTo("{'a':'pr','ch':'room'}"));
    WireClient eve = subscribe(harness.connect().extended(EVE), "room");
    assertThat(eve.received())
        .singleElement()
        .asString()
        .startsWith("{'a':'ps','ch':'room','seq':1,'presences':[{'ch':'room','src':'")
        .contains("'id':'u1','p':{'x':1},'pv':0,'user':{'id':'", "'name':'Guest'}", "'status':'");
  }

  @Test
  void client_thatAsks_isShownEverythingOnceMoreAtItsRate() {
    WireClient alice = harness.author(ALICE, "hello");
    alice.send(cursor("cur", 5, 0, 1));
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'pr','ch':'c.d'}");
    assertThat(bob.received()).isEmpty();
    subscribe(bob, "c.d");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['>> ']}");
    bob.clear();
    for (int i = 0; i < 1_000; i++) {
      bob.post("{'a':'pr','ch':'c.d'}");
    }
    harness.time().runDue();
    assertThat(presences(bob)).hasSize(40).allMatch(frame -> frame.contains("'anchor':8"));
    harness.time().pass(Duration.ofSeconds(1));
    assertThat(presences(bob)).hasSizeBetween(41, 60);
  }

  @Test
  void subscribe_withAnOlderNumber_isAnsweredAndChangesNothing() {
    WireClient alice = harness.connect(ALICE);
    alice.send("{'a':'ps','ch':'room','seq':5}");
    alice.send("{'a':'pu','ch':'room','seq':4}");
    WireClient bob = harness.connect(BOB);
    bob.send(plain("u1", "1", 0));
    assertThat(presences(alice)).hasSize(1);
    alice.send("{'a':'pu','ch':'room','seq':6}");
    bob.send(plain("u1", "2", 1));
    assertThat(presences(alice)).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void connection_ends_whatItShowedIsGone(Ground ground) {
    ServerHarness harness = harness(ground);
    WireClient alice = harness.connect(ALICE);
    WireClient bob = subscribe(harness.connect(BOB), "room");
    alice.send(plain("u1", "1", 3));
    bob.clear();
    alice.connection().close(CloseReason.NORMAL);
    harness.settle();
    assertThat(bob.received()).singleElement().asString().contains("'id':'u1','p':null,'pv':4}");
    assertThat(presences(subscribe(harness.connect(EVE), "room"))).isEmpty();
  }

  @Test
  void client_comesBackAndShowsItAgain_isSeenAgain() {
    WireClient alice = harness.connect(ALICE);
    WireClient bob = subscribe(harness.connect(BOB), "room");
    alice.send(plain("u1", "1", 3));
    alice.connection().close(CloseReason.NORMAL);
    harness.settle();
    bob.clear();
    harness.connect(ALICE).send(plain("u1", "2", 4));
    assertThat(bob.received()).singleElement().asString().contains("'p':2,'pv':4}");
  }

  @Test
  void update_older_isAnsweredAndNotShown() {
    WireClient alice = harness.connect(ALICE);
    WireClient bob = subscribe(harness.connect(BOB), "room");
    alice.send(plain("u1", "'new'", 7));
    bob.clear();
    alice.clear();
    alice.send(plain("u1", "'old'", 6));
    assertThat(alice.received()).hasSize(1);
    assertThat(bob.received()).isEmpty();
    assertThat(presences(subscribe(harness.connect(EVE), "room")))
        .singleElement()
        .asString()
        .contains("'new'");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void presence_shownAgainFromTheFirstVersion_isSeenByAllBehindItsEnd(Ground ground) {
    ServerHarness harness = harness(ground);
    CollabServer second = harness.start();
    WireClient near = subscribe(harness.connect(BOB), "room");
    WireClient far = subscribe(harness.connect(second, EVE, ""), "room");
    WireClient alice = harness.connect(ALICE);
    for (int round = 0; round < 3; round++) {
      alice.send(plain("u1", "1", 0));
      alice.send(plain("u1", "2", 1));
      alice.send(plain("u1", "null", 2));
    }
    alice.send(plain("u1", "'again'", 0));
    settleReads(harness);
    for (WireClient reader : List.of(near, far)) {
      List<String> seen = presences(reader);
      assertThat(seen.get(seen.size() - 1)).contains("'p':'again','pv':0}");
      assertThat(seen.get(seen.size() - 2)).contains("'p':null,'pv':2}");
    }
    assertThat(presences(subscribe(harness.connect(second, EVE, ""), "room")))
        .singleElement()
        .asString()
        .contains("'p':'again'");
  }

  /** What comes in one frame, or within one window, is not mixed up. */
  @Test
  void presence_shownAgainAtOnce_isSeenByBothDialectsBehindItsEnd() {
    WireClient base = subscribe(harness.connect(BOB), "room");
    WireClient extended = subscribe(harness.connect().extended(EVE), "room");
    WireClient alice = harness.connect(ALICE);
    alice.post(plain("u1", "1", 0));
    alice.post(plain("u1", "2", 1));
    alice.post(plain("u1", "null", 2));
    alice.post(plain("u1", "'again'", 0));
    harness.settle();
    for (WireClient reader : List.of(base, extended)) {
      List<String> seen = presences(reader);
      assertThat(seen.get(seen.size() - 1)).contains("'p':'again','pv':0");
      assertThat(seen.get(seen.size() - 2)).contains("'p':null,'pv':2");
    }
  }

  /** A removal that waits because of the rate is overtaken by what is shown behind it. */
  @Test
  void presence_shownAgainInAFlood_isSeenBehindItsEnd() {
    WireClient bob = subscribe(harness.connect(BOB), "room");
    WireClient alice = harness.connect(ALICE);
    for (int i = 0; i < 60; i++) {
      alice.post(plain("u1", "" + i, i));
    }
    alice.post(plain("u1", "null", 60));
    alice.post(plain("u1", "'again'", 0));
    harness.settle();
    List<String> seen = presences(bob);
    assertThat(seen.get(seen.size() - 1)).contains("'p':'again','pv':0}");
    assertThat(seen.get(seen.size() - 2)).contains("'p':null");
    assertThat(presences(alice)).hasSize(62).noneMatch(frame -> frame.contains("error"));
  }

  @Test
  void update_ofALaterConnectionWithLowerVersions_isSeen() {
    WireClient bob = subscribe(harness.connect(BOB), "room");
    harness.connect(ALICE).send(plain("u1", "1", 9));
    harness.connect(ALICE).send(plain("u1", "2", 0));
    List<String> seen = presences(bob);
    assertThat(seen.get(seen.size() - 1)).contains("'p':2,'pv':0}");
    assertThat(seen.get(seen.size() - 2)).contains("'p':null");
  }

  @ParameterizedTest
  @CsvSource({"1023, true", "1024, false"})
  void numbersOfRequests_areRememberedOfTheLastChannels(int others, boolean remembered) {
    ServerHarness fast =
        new ServerHarness(Ground.CALM)
            .withLimits(ServerLimits.builder().requestRate(new Rate(1e9, 1_000_000)).build());
    WireClient bob = fast.connect(BOB);
    bob.send("{'a':'pu','ch':'room','seq':9}");
    for (int i = 0; i < others; i++) {
      bob.post("{'a':'pu','ch':'other%d','seq':1}".formatted(i));
    }
    bob.send("{'a':'ps','ch':'room','seq':8}");
    bob.clear();
    fast.connect(ALICE).send(plain("u1", "1", 0));
    assertThat(presences(bob).stream().anyMatch(state -> state.contains("'p':1")))
        .as("a late request has no effect")
        .isNotEqualTo(remembered);
  }

  // Whose it is.

  @Test
  void update_ofAnothersId_isRefusedAndNobodyNotices() {
    WireClient alice = harness.connect(ALICE);
    WireClient bob = subscribe(harness.connect(BOB), "room");
    WireClient eve = harness.connect(EVE);
    alice.send(plain("u1", "1", 0));
    bob.clear();
    eve.send(plain("u1", "'spoofed'", 9));
    eve.send(plain("u1", "null", 10));
    assertThat(eve.received())
        .hasSize(2)
        .allSatisfy(frame -> assertThat(frame).contains("ERR_PRESENCE_NOT_OWNED"));
    assertThat(bob.received()).isEmpty();
  }

  @Test
  void update_inAnothersName_isRefused() {
    WireClient eve = harness.connect(EVE);
    WireClient bob = subscribe(harness.connect(BOB), "room");
    bob.clear();
    eve.send("{'a':'p','ch':'room','src':'" + ALICE + "','id':'x','p':1,'pv':0}");
    assertThat(eve.received()).singleElement().asString().contains("ERR_SOURCE_NOT_OWNED");
    assertThat(bob.received()).isEmpty();
    eve.send("{'a':'p','ch':'room','src':'" + EVE + "','id':'x','p':1,'pv':0}");
    assertThat(bob.received()).hasSize(1);
  }

  // Documents.

  @ParameterizedTest
  @EnumSource(Ground.class)
  void cursor_ofAnOlderRevision_isMovedOverWhatWasCommitted(Ground ground) {
    ServerHarness harness = harness(ground);
    WireClient alice = harness.author(ALICE, "hello");
    WireClient bob = subscribe(harness.connect(BOB), "c.d");
    bob.clear();
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['>> ']}");
    WireClient eve = harness.connect(EVE);
    eve.send(cursor("cur", 5, 0, 1));
    assertThat(eve.received()).hasSize(1);
    assertThat(eve.received().get(0))
        .contains("'src':'" + EVE + "'", "[{'anchor':8,'head':8}]", "'v':2,'t':'" + TEXT + "'");
    assertThat(presences(bob)).singleElement().asString().contains("'anchor':8", "'v':2");
  }

  @Test
  void cursor_overOwnAndForeignInsertion_goesBehindItsOwnAlone() {
    WireClient alice = harness.author(ALICE, "hello");
    WireClient bob = harness.connect(BOB);
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':[5,'!!']}");
    alice.clear();
    alice.send(cursor("a", 5, 0, 1));
    bob.send(cursor("b", 5, 0, 1));
    assertThat(presences(alice)).singleElement().asString().contains("'anchor':7");
    assertThat(presences(bob)).singleElement().asString().contains("'anchor':5");
  }

  @Test
  void cursor_knownAlready_isMovedForNewcomers() {
    WireClient alice = harness.author(ALICE, "hello");
    WireClient bob = harness.connect(BOB);
    bob.send(cursor("cur", 5, 0, 1));
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['>> ']}");
    assertThat(presences(subscribe(harness.connect(EVE), "c.d")))
        .singleElement()
        .asString()
        .contains("'anchor':8", "'v':2");
  }

  @Test
  void cursor_inADocumentThatWasDeleted_isGone() {
    WireClient alice = harness.author(ALICE, "hello");
    WireClient bob = harness.connect(BOB);
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'del':true}");
    bob.send(cursor("cur", 5, 0, 1));
    assertThat(presences(bob)).singleElement().asString().contains("'p':null");
    assertThat(presences(subscribe(harness.connect(EVE), "c.d"))).isEmpty();
  }

  @Test
  void cursor_outsideTheText_isMovedToItsEnd() {
    harness.author(ALICE, "hello");
    WireClient bob = harness.connect(BOB);
    bob.send(cursor("cur", 99, 0, 1));
    assertThat(presences(bob)).singleElement().asString().contains("'anchor':5,'head':5");
  }

  @Test
  void cursor_fromTheFuture_isRefused() {
    harness.author(ALICE, "hello");
    WireClient bob = harness.connect(BOB);
    bob.send(cursor("cur", 1, 0, 2));
    assertThat(bob.received())
        .singleElement()
        .asString()
        .contains("ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "[]",
        "'text'",
        "{'selections':1}",
        "{'selections':[1]}",
        "{'selections':[{'anchor':1}]}",
        "{'selections':[{'anchor':-1,'head':0}]}"
      })
  void cursor_ofAnotherForm_isRefusedAndNobodyNotices(String value) {
    WireClient alice = harness.author(ALICE, "hello");
    subscribe(alice, "c.d");
    alice.clear();
    WireClient bob = harness.connect(BOB);
    bob.send(cursor("cur", value, 0).replace("VERSION", "1"));
    assertThat(bob.received()).singleElement().asString().contains("ERR_PRESENCE_BADLY_FORMED");
    assertThat(alice.received()).isEmpty();
    bob.send(cursor("cur", 1, 0, 1));
    assertThat(alice.received()).hasSize(1);
  }

  @Test
  void cursor_ofATypeWithoutPresence_isRefused() {
    ServerHarness moody = harness.withType(new MoodyType());
    WireClient alice = moody.connect(ALICE);
    alice.send("{'a':'op','c':'c','d':'d','v':0,'seq':1,'create':{'type':'text'}}");
    alice.clear();
    alice.send(cursor("cur", 1, 0, 1));
    assertThat(alice.received())
        .singleElement()
        .asString()
        .contains("ERR_TYPE_DOES_NOT_SUPPORT_PRESENCE");
  }

  // Limits.

  @ParameterizedTest
  @ValueSource(ints = {2_045, 2_046, 2_047, 2_048})
  void value_upToTheLimit_isShown(int length) {
    WireClient alice = harness.connect(ALICE);
    alice.send(plain("u1", "'" + "x".repeat(length) + "'", 0));
    assertThat(alice.received().get(0).contains("ERR_PRESENCE_TOO_LARGE"))
        .isEqualTo(length + 1 > 2_048);
  }

  @Test
  void presences_upToTheLimit_areShown() {
    WireClient alice = harness.connect(ALICE);
    for (int i = 0; i < 64; i++) {
      alice.send(plain("u" + i, "1", 0));
    }
    assertThat(alice.received()).hasSize(64).noneMatch(frame -> frame.contains("error"));
    alice.clear();
    alice.send(plain("u64", "1", 0));
    assertThat(alice.received()).singleElement().asString().contains("ERR_TOO_MANY_PRESENCES");
    alice.send(plain("u0", "null", 1));
    alice.clear();
    alice.send(plain("u64", "1", 0));
    assertThat(alice.received()).singleElement().asString().doesNotContain("error");
  }

  @Test
  void endsOfWhatWasNeverShown_inAFlood_waitUpToTheLimitAndTheOthersAreRefused() {
    WireClient alice = harness.connect(ALICE);
    for (int i = 0; i < 40 + 64 + 1; i++) {
      alice.post(plain("u" + i, "null", 0));
    }
    harness.time().runDue();
    assertThat(alice.received())
        .filteredOn(frame -> frame.contains("error"))
        .singleElement()
        .asString()
        .contains("ERR_TOO_MANY_PRESENCES", "u104");
    harness.settle();
    assertThat(alice.received()).hasSize(40 + 64 + 1);
  }

  @Test
  void channels_upToTheLimit_areSubscribed() {
    WireClient alice = harness.connect(ALICE);
    for (int i = 0; i < 64; i++) {
      subscribe(alice, "room" + i);
    }
    assertThat(alice.received()).hasSize(128).noneMatch(frame -> frame.contains("error"));
    alice.clear();
    subscribe(alice, "room64");
    assertThat(alice.received()).singleElement().asString().contains("ERR_TOO_MANY_SUBSCRIPTIONS");
    alice.send("{'a':'pu','ch':'room0','seq':2}");
    alice.clear();
    subscribe(alice, "room64");
    assertThat(alice.received())
        .containsExactly("{'a':'ps','ch':'room64','seq':1}", "{'a':'pr','ch':'room64'}");
  }

  @Test
  void updates_inAFlood_areAllAnsweredAndTheNewestIsShown() {
    WireClient alice = harness.connect(ALICE);
    WireClient bob = subscribe(harness.connect(BOB), "room");
    bob.clear();
    for (int i = 0; i < 1_000; i++) {
      alice.post(plain("u1", "" + i, i));
    }
    harness.time().runDue();
    assertThat(presences(bob)).hasSize(40);
    harness.time().pass(Duration.ofMillis(50));
    assertThat(presences(bob)).hasSize(41).last().asString().contains("'p':999,'pv':999}");
    harness.settle();
    assertThat(presences(bob)).hasSize(41);
    assertThat(alice.received()).hasSize(1_000).noneMatch(frame -> frame.contains("error"));
  }

  // Time.

  private static final PresenceTimes SHORT =
      new PresenceTimes(Duration.ofSeconds(9), Duration.ofSeconds(30), Duration.ofSeconds(60));

  private static WireClient post(ServerHarness harness, WireClient client, String frame) {
    client.post(frame);
    harness.time().pass(Delivery.DEFAULT.window());
    return client;
  }

  @Test
  void user_whoDoesNothing_isIdleThenAway_andActiveAgain() {
    ServerHarness harness = new ServerHarness(Ground.CALM).withPresence(SHORT);
    WireClient alice = harness.connect().extended(ALICE);
    WireClient bob = harness.connect().extended(BOB);
    post(harness, bob, "{'a':'ps','ch':'room','seq':1}");
    bob.clear();
    post(harness, alice, plain("u1", "1", 0));
    assertThat(bob.received()).singleElement().asString().contains("'status':'active'");
    bob.clear();
    keepAlive(harness, 72, alice, bob);
    assertThat(presences(bob))
        .satisfiesExactly(
            idle -> assertThat(idle).contains("'status':'idle'"),
            away -> assertThat(away).contains("'status':'away'"));
    bob.clear();
    post(harness, alice, plain("u1", "2", 1));
    assertThat(presences(bob)).singleElement().asString().contains("'status':'active'");
    bob.clear();
    post(harness, alice, "{'a':'p','ch':'room','id':'u1','p':2,'pv':2,'away':true}");
    assertThat(presences(bob)).singleElement().asString().contains("'status':'away'");
  }

  @Test
  void client_thatFallsSilent_isGoneWithinTheLease() {
    ServerHarness harness = new ServerHarness(Ground.CALM).withPresence(SHORT);
    WireClient alice = harness.connect(ALICE);
    WireClient bob = harness.connect().extended(BOB);
    post(harness, bob, "{'a':'ps','ch':'room','seq':1}");
    post(harness, alice, plain("u1", "1", 0));
    alice.clear();
    bob.clear();
    for (int i = 0; i < 4; i++) {
      harness.time().pass(Duration.ofSeconds(3));
      post(harness, bob, "{'a':'pp'}");
    }
    assertThat(presences(bob)).singleElement().asString().contains("'p':null");
    assertThat(alice.received()).contains("{'a':'pr','ch':'room'}");
  }

  @Test
  void clientOfTheBase_thatAnswersTheQuestion_stays() {
    ServerHarness harness = new ServerHarness(Ground.CALM).withPresence(SHORT);
    WireClient alice = harness.connect(ALICE);
    WireClient bob = harness.connect().extended(BOB);
    post(harness, bob, "{'a':'ps','ch':'room','seq':1}");
    post(harness, alice, plain("u1", "1", 0));
    int version = 1;
    for (int i = 0; i < 60; i++) {
      harness.time().pass(Duration.ofSeconds(1));
      post(harness, bob, "{'a':'pp'}");
      if (alice.received().contains("{'a':'pr','ch':'room'}")) {
        alice.clear();
        post(harness, alice, plain("u1", "1", version++));
      }
    }
    assertThat(presences(bob)).isNotEmpty().noneMatch(frame -> frame.contains("'p':null"));
    assertThat(version).isGreaterThan(5);
  }

  // Two servers.

  private static final Pattern SOURCE = Pattern.compile("'src':'([^']*)'");

  private static String source(String frame) {
    Matcher matcher = SOURCE.matcher(frame);
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void update_isSeenOnAnotherServer_andItsEndToo(Ground ground) {
    ServerHarness harness = harness(ground);
    CollabServer second = harness.start();
    WireClient bob = subscribe(harness.connect(second, BOB, ""), "room");
    WireClient carol = subscribe(harness.connect(EVE), "room");
    WireClient alice = harness.connect(ALICE);
    alice.send(plain("u1", "{'x':1}", 0));
    settleReads(harness);
    assertThat(presences(bob)).isNotEmpty().allMatch(frame -> frame.contains("'p':{'x':1},'pv':0"));
    assertThat(source(presences(bob).get(0))).isEqualTo(source(presences(carol).get(0)));
    bob.clear();
    alice.connection().close(CloseReason.NORMAL);
    settleReads(harness);
    assertThat(presences(bob)).singleElement().asString().contains("'p':null");
  }

  private static void settleReads(ServerHarness harness) {
    harness.time().pass(Duration.ofMinutes(25));
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void cursor_onAnotherServer_isMovedToTheRevisionThere(Ground ground) {
    ServerHarness harness = harness(ground);
    CollabServer second = harness.start();
    WireClient alice = harness.author(ALICE, "hello");
    WireClient bob = harness.connect(second, BOB, "");
    bob.send("{'a':'s','c':'c','d':'d','v':null}");
    subscribe(bob, "c.d");
    bob.clear();
    alice.send(cursor("cur", 5, 0, 1));
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['>> ']}");
    settleReads(harness);
    WireClient eve = subscribe(harness.connect(second, EVE, ""), "c.d");
    assertThat(presences(eve)).singleElement().asString().contains("'anchor':8", "'v':2");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void server_thatDies_takesItsPresencesAlong(Ground ground) {
    ServerHarness harness = new ServerHarness(ground).withPresence(SHORT);
    CollabServer second = harness.start();
    WireClient bob = harness.connect(second).extended(BOB);
    post(harness, bob, "{'a':'ps','ch':'room','seq':1}");
    WireClient alice = harness.connect().extended(ALICE);
    post(harness, alice, plain("u1", "1", 0));
    keepAlive(harness, 10, alice, bob);
    assertThat(presences(bob)).isNotEmpty().noneMatch(frame -> frame.contains("'p':null"));
    bob.clear();
    harness.server().close();
    keepAlive(harness, 40, bob);
    assertThat(presences(bob)).isNotEmpty().allMatch(frame -> frame.contains("'p':null"));
  }

  /** Two clients show the same id before either server can know of the other. */
  @ParameterizedTest
  @EnumSource(Ground.class)
  void id_claimedOnTwoServersAtOnce_isTheOlderConnectionsForAll(Ground ground) {
    ServerHarness harness = harness(ground);
    CollabServer second = harness.start();
    WireClient near = subscribe(harness.connect(BOB), "room");
    WireClient far = subscribe(harness.connect(second, EVE, ""), "room");
    WireClient older = harness.connect(ALICE);
    WireClient younger = harness.connect(second, "dddddddddddddddddddddd", "");
    younger.post(plain("u1", "'younger'", 0));
    older.post(plain("u1", "'older'", 0));
    settleReads(harness);
    for (WireClient reader : List.of(near, far)) {
      List<String> seen = presences(reader);
      assertThat(seen.get(seen.size() - 1)).contains("'older'");
    }
    younger.send(plain("u1", "'younger still'", 1));
    assertThat(younger.received().get(1)).contains("ERR_PRESENCE_NOT_OWNED");
    older.send(plain("u1", "null", 1));
    younger.send(plain("u1", "'at last'", 2));
    settleReads(harness);
    for (WireClient reader : List.of(near, far)) {
      List<String> seen = presences(reader);
      assertThat(seen.get(seen.size() - 1)).contains("'at last'");
    }
  }

  /** Nobody hears the broadcasts of presence; the leases alone have to do. */
  private static ServerHarness mute() {
    return ServerHarness.over(MuteBroadcasts::new).withPresence(SHORT);
  }

  @Test
  void client_thatFallsSilent_isGoneOnEveryServerWithinTheLease() {
    for (ServerHarness harness :
        List.of(new ServerHarness(Ground.CALM).withPresence(SHORT), mute())) {
      WireClient alice = harness.connect().extended(ALICE);
      WireClient near = harness.connect().extended(BOB);
      WireClient far = harness.connect(harness.start()).extended(EVE);
      post(harness, near, "{'a':'ps','ch':'room','seq':1}");
      post(harness, far, "{'a':'ps','ch':'room','seq':1}");
      post(harness, alice, plain("u1", "1", 0));
      keepAlive(harness, 5, alice, near, far);
      for (WireClient reader : List.of(near, far)) {
        assertThat(presences(reader)).isNotEmpty().noneMatch(frame -> frame.contains("'p':null"));
      }
      keepAlive(harness, (int) SHORT.lease().toSeconds(), near, far);
      for (WireClient reader : List.of(near, far)) {
        assertThat(presences(reader)).last().asString().contains("'p':null");
      }
    }
  }

  @Test
  void server_thatCrashes_leavesNothingOnAnotherOneBeyondTheLease() {
    for (ServerHarness harness :
        List.of(new ServerHarness(Ground.CALM).withPresence(SHORT), mute())) {
      Crash crash = new Crash();
      CollabServer doomed = harness.start(crash::over);
      WireClient alice = harness.connect(doomed).extended(ALICE);
      WireClient bob = harness.connect().extended(BOB);
      post(harness, bob, "{'a':'ps','ch':'room','seq':1}");
      post(harness, alice, plain("u1", "1", 0));
      keepAlive(harness, 12, alice, bob);
      assertThat(presences(bob)).isNotEmpty().noneMatch(frame -> frame.contains("'p':null"));
      crash.happen();
      keepAlive(harness, (int) SHORT.lease().toSeconds(), bob);
      assertThat(presences(bob)).last().asString().contains("'p':null");
    }
  }

  private static void keepAlive(ServerHarness harness, int seconds, WireClient... clients) {
    for (int i = 0; i < seconds; i++) {
      for (WireClient client : clients) {
        post(harness, client, "{'a':'pp'}");
      }
      harness.time().pass(Duration.ofSeconds(1));
    }
  }

  @Test
  void server_whoseLeaseExpired_takesAnotherOneAndShowsEverythingAgain() {
    ServerHarness harness = ServerHarness.over(ForgetfulLeases::new).withPresence(SHORT);
    CollabServer second = harness.start();
    WireClient bob = harness.connect(second).extended(BOB);
    post(harness, bob, "{'a':'ps','ch':'room','seq':1}");
    WireClient alice = harness.connect().extended(ALICE);
    post(harness, alice, plain("u1", "1", 0));
    keepAlive(harness, 60, alice, bob);
    List<String> seen = presences(bob);
    assertThat(seen).isNotEmpty();
    assertThat(seen.get(seen.size() - 1)).contains("'p':1,'pv':0");
  }
}
