package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static dev.collab.server.ServerHarness.EVE;
import static dev.collab.server.ServerHarness.ack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.session.Session;
import dev.collab.transport.CloseReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EditingTest {

  @ParameterizedTest
  @EnumSource(Ground.class)
  void subscribe_missingDocument_hasVersionZeroAndNoType(Ground ground) {
    WireClient alice = new ServerHarness(ground).connect(ALICE);
    alice.send("{'a':'s','c':'c','d':'d','v':null}");
    assertThat(alice.received())
        .containsExactly("{'data':{'v':0,'type':null},'a':'s','c':'c','d':'d'}");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void submit_ofTwoClientsAtOnePlace_laterOneStandsFirst(Ground ground) {
    ServerHarness harness = new ServerHarness(ground);
    WireClient alice = harness.author(ALICE, "");
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'s','c':'c','d':'d','v':null}");
    bob.clear();
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'x':{},'op':['Hello']}");
    bob.send("{'a':'op','c':'c','d':'d','v':1,'seq':1,'x':{},'op':['World']}");
    assertThat(alice.received())
        .satisfiesExactly(
            ack -> assertThat(ack).isEqualTo(ack(1, ALICE, 2)),
            broadcast -> assertThat(broadcast).contains("'v':2", "'op':['World']"));
    assertThat(bob.received())
        .satisfiesExactly(
            broadcast -> assertThat(broadcast).contains("'v':1", "'op':['Hello']"),
            ack -> assertThat(ack).isEqualTo(ack(2, BOB, 1)));
    assertThat(harness.text()).isEqualTo("WorldHello");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void submit_withoutSubscription_getsWhatItLacksAndThenTheAcknowledgement(Ground ground) {
    ServerHarness harness = new ServerHarness(ground);
    WireClient alice = harness.author(ALICE, "");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['1']}");
    alice.send("{'a':'op','c':'c','d':'d','v':2,'seq':3,'op':['2']}");
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['3']}");
    assertThat(bob.received())
        .satisfiesExactly(
            first -> assertThat(first).contains("'v':1", "'op':['1']"),
            second -> assertThat(second).contains("'v':2", "'op':['2']"),
            ack -> assertThat(ack).isEqualTo(ack(3, BOB, 1)));
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void submit_againAfterLostAcknowledgement_isAppliedOnce(Ground ground) {
    ServerHarness harness = new ServerHarness(ground);
    WireClient alice = harness.author(ALICE, "");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['once']}");
    alice.connection().close(CloseReason.ABNORMAL);
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'op','c':'c','d':'d','v':2,'seq':1,'op':[4,'!']}");

    WireClient again = harness.connect(ALICE);
    again.send("{'a':'op','c':'c','d':'d','v':1,'src':'" + ALICE + "','seq':2,'op':['once']}");
    assertThat(again.received()).containsExactly(ack(1, ALICE, 2));
    again.clear();
    again.send("{'a':'s','c':'c','d':'d','v':1}");
    assertThat(again.received())
        .satisfiesExactly(
            own -> assertThat(own).contains("'v':1", "'src':'" + ALICE + "'", "'seq':2"),
            foreign -> assertThat(foreign).contains("'v':2", "'op':[4,'!']"),
            reply -> assertThat(reply).isEqualTo("{'a':'s','c':'c','d':'d'}"));
    assertThat(harness.text()).isEqualTo("once!");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void submit_againAfterRestart_isAppliedOnce(Ground ground) {
    ServerHarness harness = new ServerHarness(ground);
    WireClient alice = harness.author(ALICE, "");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['once']}");
    harness.restart();
    assertThat(alice.closed()).contains(CloseReason.GOING_AWAY);
    WireClient again = harness.connect(ALICE);
    again.send("{'a':'op','c':'c','d':'d','v':1,'src':'" + ALICE + "','seq':2,'op':['once']}");
    assertThat(again.received()).containsExactly(ack(1, ALICE, 2));
    assertThat(harness.text()).isEqualTo("once");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void submit_byAnImpostorWithTheVictimsPublicIdAndNumber_victimLosesNothing(Ground ground) {
    ServerHarness harness = new ServerHarness(ground);
    WireClient alice = harness.author(ALICE, "");
    WireClient eve = harness.connect(EVE);
    eve.send("{'a':'s','c':'c','d':'d','v':1}");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['a']}");
    String broadcast = eve.received().get(1);
    int start = broadcast.indexOf("'src':'") + "'src':'".length();
    String publicId = broadcast.substring(start, broadcast.indexOf('\'', start));
    assertThat(publicId).isNotEqualTo(ALICE);
    eve.clear();

    eve.send("{'a':'op','c':'c','d':'d','v':2,'src':'" + publicId + "','seq':3,'op':['e']}");
    assertThat(eve.received()).singleElement().asString().contains("ERR_SOURCE_NOT_OWNED");
    WireClient claimed = harness.connect(publicId);
    claimed.send("{'a':'op','c':'c','d':'d','v':2,'src':'" + publicId + "','seq':3,'op':['e']}");
    alice.clear();
    alice.send("{'a':'op','c':'c','d':'d','v':2,'seq':3,'op':['b']}");
    assertThat(alice.received()).last().isEqualTo(ack(3, ALICE, 3));
    assertThat(alice.closed()).isEmpty();
    assertThat(harness.text()).isEqualTo("bea");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void handshake_withTheIdOfAnOpenConnection_closesTheOlderOne(Ground ground) {
    ServerHarness harness = new ServerHarness(ground);
    WireClient older = harness.connect(ALICE);
    WireClient newer = harness.connect(ALICE);
    assertThat(older.closed()).contains(Session.REPLACED);
    assertThat(newer.closed()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void handshake_withTheSameIdButAnotherPrincipal_isAnotherClient(Ground ground) {
    ServerHarness harness = new ServerHarness(ground);
    WireClient alice = harness.connect(harness.server(), ALICE, "alice");
    WireClient eve = harness.connect(harness.server(), ALICE, "eve");
    assertThat(alice.closed()).isEmpty();
    assertThat(eve.closed()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void handshake_twice_isAnsweredAlike(Ground ground) {
    WireClient client = new ServerHarness(ground).connect();
    client.send("{'a':'hs','id':null,'protocol':1,'protocolMinor':2}");
    client.send("{'a':'hs','id':null,'protocol':1,'protocolMinor':2}");
    assertThat(client.received()).hasSize(2);
    assertThat(client.received().get(0)).isEqualTo(client.received().get(1));
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void unsubscribe_endsTheBroadcasts(Ground ground) {
    ServerHarness harness = new ServerHarness(ground);
    WireClient alice = harness.author(ALICE, "");
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    bob.send("{'a':'u','c':'c','d':'d'}");
    bob.clear();
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['x']}");
    assertThat(bob.received()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void bulkSubscribe_withAndWithoutVersions_tellsOfEachDocumentOnce(Ground ground) {
    ServerHarness harness = new ServerHarness(ground);
    harness.author(ALICE, "text").send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['a ']}");
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'bs','c':'c','b':['d','other']}");
    assertThat(bob.received())
        .singleElement()
        .asString()
        .contains("'d':{'v':2,'data':'a text'", "'other':{'v':0,'type':null}", "'a':'bs'");
    bob.clear();
    bob.send("{'a':'bs','c':'c','b':{'d':1,'other':0}}");
    assertThat(bob.received())
        .satisfiesExactly(
            entry -> assertThat(entry).contains("'v':1", "'op':['a ']"),
            reply -> assertThat(reply).isEqualTo("{'a':'bs','c':'c','b':{'d':1,'other':0}}"));
    bob.clear();
    bob.send("{'a':'bf','c':'c','b':{'d':9,'other':0}}");
    assertThat(bob.received())
        .singleElement()
        .asString()
        .contains("'d':{'error':{'code':'ERR_OP_VERSION_NEWER", "'other':{'v':0");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void deleteAndCreateAgain_areEntriesOfOneLog(Ground ground) {
    ServerHarness harness = new ServerHarness(ground);
    WireClient alice = harness.author(ALICE, "old");
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    bob.clear();
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'del':true}");
    bob.send("{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['late']}");
    assertThat(bob.received())
        .satisfiesExactly(
            deleted -> assertThat(deleted).contains("'v':1", "'del':true"),
            refused -> assertThat(refused).contains("ERR_DOC_WAS_DELETED", "'seq':1"));
    alice.send("{'a':'op','c':'c','d':'d','v':2,'seq':3,'create':{'type':'text','data':'new'}}");
    assertThat(alice.received()).last().isEqualTo(ack(2, ALICE, 3));
    assertThat(harness.text()).isEqualTo("new");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void twoServersOnOneCoordinator_hearOfEachOther(Ground ground) {
    ServerHarness harness = new ServerHarness(ground);
    WireClient alice = harness.author(ALICE, "");
    CollabServer second = harness.start();
    WireClient bob = harness.connect(second, BOB, "");
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    bob.clear();
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['a']}");
    assertThat(bob.received()).singleElement().asString().contains("'v':1", "'op':['a']");
    alice.clear();
    bob.send("{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['b']}");
    assertThat(bob.received()).last().isEqualTo(ack(2, BOB, 1));
    assertThat(alice.received()).singleElement().asString().contains("'v':2", "'op':['b']");
    assertThat(harness.text()).isEqualTo("ba");
  }
}
