package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static dev.collab.server.ServerHarness.EVE;
import static dev.collab.server.ServerHarness.ack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.DocumentId;
import dev.collab.server.ServerHarness.Ground;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents are created, deleted and created again: all of it entries of one log. */
class LifeCycleTest {

  private static final String TEXT = "http://sharejs.org/types/textv1";

  private static String create(long version, int sequence, String text) {
    return "{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'create':{'type':'text','data':'%s'}}"
        .formatted(version, sequence, text);
  }

  private static String delete(long version, int sequence) {
    return "{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'del':true}".formatted(version, sequence);
  }

  private static String edit(long version, int sequence, String letter) {
    return "{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':['%s']}"
        .formatted(version, sequence, letter);
  }

  @ParameterizedTest
  @EnumSource
  void createdDeletedAndCreatedAgain_isOneLogToASubscriberOfAnotherServer(Ground ground) {
    ServerHarness over = new ServerHarness(ground);
    WireClient alice = over.connect(ALICE);
    WireClient bob = over.connect(over.start(), BOB, "");
    bob.send("{'a':'s','c':'c','d':'d','v':null}");
    bob.clear();
    alice.send(create(0, 1, "one"));
    alice.send(delete(1, 2));
    alice.send(create(2, 3, "two"));
    assertThat(alice.received())
        .containsExactly(ack(0, ALICE, 1), ack(1, ALICE, 2), ack(2, ALICE, 3));
    over.settle();
    assertThat(bob.received())
        .satisfiesExactly(
            first -> assertThat(first).contains("'v':0", "'create':{'type':'" + TEXT, "'one'"),
            end -> assertThat(end).contains("'v':1", "'del':true"),
            second -> assertThat(second).contains("'v':2", "'create':{'type':'" + TEXT, "'two'"));
    bob.clear();
    bob.send(edit(3, 1, "x"));
    assertThat(bob.received()).containsExactly(ack(3, BOB, 1));
    assertThat(over.text()).isEqualTo("xtwo");
  }

  @ParameterizedTest
  @EnumSource
  void lateEditsOfTheEarlierLife_areRefusedAndNeverReachTheNewOne(Ground ground) {
    ServerHarness over = new ServerHarness(ground);
    WireClient alice = over.author(ALICE, "one");
    WireClient bob = over.connect(over.start(), BOB, "");
    alice.send(delete(1, 2));
    bob.send(edit(1, 1, "x"));
    bob.send(edit(2, 2, "x"));
    alice.send(create(2, 3, "two"));
    bob.send(edit(1, 3, "x"));
    bob.send(edit(2, 4, "x"));
    assertThat(bob.received())
        .satisfiesExactly(
            late -> assertThat(late).contains("'seq':1", "ERR_DOC_WAS_DELETED"),
            absent -> assertThat(absent).contains("'seq':2", "ERR_DOC_DOES_NOT_EXIST"),
            again -> assertThat(again).contains("'seq':3", "ERR_DOC_WAS_DELETED"),
            created -> assertThat(created).contains("'seq':4", "ERR_DOC_ALREADY_CREATED"));
    assertThat(over.text()).isEqualTo("two");
  }

  @ParameterizedTest
  @EnumSource
  void submissionsOfTheEarlierLife_sentAgain_areAcknowledgedWhereTheyWere(Ground ground) {
    ServerHarness over = new ServerHarness(ground);
    WireClient alice = over.author(ALICE, "one");
    alice.send(edit(1, 2, "x"));
    over.await(over.start().documents().delete(new DocumentId("c", "d")));
    WireClient bob = over.connect(BOB);
    bob.send(create(3, 1, "two"));
    WireClient again = over.connect(ALICE);
    again.send(edit(1, 2, "x").replace("'seq'", "'src':'" + ALICE + "','seq'"));
    assertThat(again.received()).containsExactly(ack(1, ALICE, 2));
    assertThat(over.text()).isEqualTo("two");
  }

  @ParameterizedTest
  @EnumSource
  void creationsAndDeletionsOfManyAtOnce_leaveOneOrder(Ground ground) {
    ServerHarness over = new ServerHarness(ground);
    CollabServer second = over.start();
    List<WireClient> clients =
        List.of(over.connect(ALICE), over.connect(second, BOB, ""), over.connect(second, EVE, ""));
    WireClient watcher = over.connect();
    watcher.send("{'a':'hs','id':null,'protocol':1,'protocolMinor':2}");
    watcher.send("{'a':'s','c':'c','d':'d','v':null}");
    watcher.clear();
    for (int round = 1; round <= 10; round++) {
      for (WireClient client : clients) {
        client.post(
            round % 2 == 1
                ? create(0, round, "x").replace("'v':0", "'v':null")
                : delete(0, round).replace("'v':0", "'v':null"));
      }
      over.settle();
    }
    long created =
        clients.stream()
            .flatMap(client -> client.received().stream())
            .filter(reply -> !reply.contains("error") && reply.endsWith("1}"))
            .count();
    assertThat(created).isPositive();
    List<String> told = watcher.received();
    boolean exists = false;
    for (String entry : told) {
      if (entry.contains("'create'")) {
        assertThat(exists).isFalse();
        exists = true;
      } else {
        assertThat(entry).contains("'del':true");
        exists = false;
      }
    }
    assertThat(told.stream().filter(entry -> entry.contains("'create'"))).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource
  void presenceInADocumentThatIsDeleted_isNullForAll(Ground ground) {
    ServerHarness over = new ServerHarness(ground);
    WireClient alice = over.author(ALICE, "text");
    WireClient bob = over.connect(over.start(), BOB, "");
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    bob.send("{'a':'ps','ch':'c.d','seq':1}");
    String presence =
        "{'a':'p','ch':'c.d','id':'1','p':{'selections':[{'anchor':1,'head':1}]},'pv':%d,"
            + "'c':'c','d':'d','v':%d,'t':'"
            + TEXT
            + "'}";
    alice.post(presence.formatted(0, 1));
    over.time().pass(Duration.ofSeconds(5));
    assertThat(bob.received()).last().asString().contains("'a':'p'", "'anchor':1");
    bob.clear();
    alice.post(delete(1, 2));
    over.time().pass(Duration.ofSeconds(5));
    assertThat(bob.received())
        .anySatisfy(frame -> assertThat(frame).contains("'a':'op'", "'del':true"));
    WireClient eve = over.connect(over.start(), EVE, "");
    eve.post("{'a':'ps','ch':'c.d','seq':1}");
    over.time().pass(Duration.ofSeconds(5));
    assertThat(eve.received()).noneMatch(frame -> frame.contains("'anchor':1"));
    alice.clear();
    alice.post(presence.formatted(1, 1));
    over.time().pass(Duration.ofSeconds(5));
    assertThat(alice.received()).last().asString().contains("'p':null");
  }

  @ParameterizedTest
  @EnumSource
  void resync_acrossTheLivesOfADocument_saysSince(Ground ground) {
    ServerHarness over = new ServerHarness(ground);
    DocumentId id = new DocumentId("c", "d");
    WireClient alice = over.author(ALICE, "one");
    alice.send(delete(1, 2));
    alice.send(create(2, 3, "two"));
    over.await(over.server().documents().purge(id));
    WireClient bob = over.connect(over.start()).extended(BOB);
    bob.send(edit(1, 1, "x"));
    assertThat(bob.received())
        .singleElement()
        .asString()
        .contains("'fate':'not-committed'", "'data':'two'", "'epoch':1,'created':3}");
    assertThat(over.text()).isEqualTo("two");
  }
}
