package dev.collab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.DocumentId;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.Broadcast;
import dev.collab.server.access.BroadcastFilter;
import dev.collab.server.access.Caller;
import dev.collab.server.access.PresenceTimes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an application's filter keeps from whom, and what it cannot keep from anybody. */
class BroadcastFilterTest {

  private static final PresenceTimes LONG =
      new PresenceTimes(Duration.ofHours(2), Duration.ofHours(2), Duration.ofHours(5));

  private static final BroadcastFilter NOTHING_TO_EVE =
      (recipient, what) -> !recipient.principal().equals("eve");

  private static ServerHarness harness(Ground ground, BroadcastFilter filter) {
    return new ServerHarness(ground)
        .withPresence(LONG)
        .with(builder -> builder.filter(filter).heartbeat(Duration.ZERO));
  }

  private static WireClient reader(CollabServer server, ServerHarness harness, String name) {
    WireClient client = harness.member(server, name);
    client.send("{'a':'ps','ch':'room','seq':1}");
    client.clear();
    return client;
  }

  private static String shown(String value, long version) {
    return "{'a':'p','ch':'room','id':'u1','p':%s,'pv':%d}".formatted(value, version);
  }

  private static List<String> of(WireClient client, String kind) {
    return client.received().stream()
        .filter(frame -> frame.startsWith("{'a':'" + kind + "',"))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void presence_filteredForOne_isShownToTheOthersOnEveryServer(Ground ground) {
    ServerHarness harness = harness(ground, NOTHING_TO_EVE);
    CollabServer second = harness.start();
    WireClient alice = reader(harness.server(), harness, "alice");
    WireClient bob = reader(harness.server(), harness, "bob");
    WireClient far = reader(second, harness, "carol");
    WireClient eve = reader(harness.server(), harness, "eve");
    alice.send(shown("{'x':1}", 0));
    harness.settle();
    assertThat(of(bob, "p")).singleElement().asString().contains("'x':1");
    assertThat(of(far, "p")).singleElement().asString().contains("'x':1");
    eve.send("{'a':'pr','ch':'room'}");
    alice.send(shown("null", 1));
    harness.settle();
    assertThat(of(eve, "p")).as("neither the presence nor that it ended").isEmpty();
    assertThat(of(bob, "p")).hasSize(2).last().asString().contains("'p':null");
    assertThat(of(far, "p")).hasSize(2).last().asString().contains("'p':null");
  }

  @Test
  void subscribe_whatIsFiltered_isMissingInTheReply() {
    ServerHarness harness = harness(Ground.CALM, NOTHING_TO_EVE);
    WireClient alice = harness.member(harness.server(), "alice");
    alice.send(shown("{'x':1}", 0));
    WireClient bob = harness.member(harness.server(), "bob");
    WireClient eve = harness.member(harness.server(), "eve");
    bob.send("{'a':'ps','ch':'room','seq':1}");
    eve.send("{'a':'ps','ch':'room','seq':1}");
    assertThat(bob.received()).singleElement().asString().contains("'x':1");
    assertThat(of(eve, "ps")).hasSize(1);
    assertThat(eve.received()).singleElement().asString().doesNotContain("'x':1");
  }

  @Test
  void presence_filteredAfterItWasShown_isWithdrawnOnceAndShownWhenLetThroughAgain() {
    boolean[] open = {true};
    ServerHarness harness =
        harness(Ground.CALM, (recipient, what) -> open[0] || !recipient.principal().equals("eve"));
    WireClient alice = reader(harness.server(), harness, "alice");
    WireClient bob = reader(harness.server(), harness, "bob");
    WireClient eve = reader(harness.server(), harness, "eve");
    alice.send(shown("{'x':1}", 0));
    open[0] = false;
    alice.send(shown("{'x':2}", 1));
    alice.send(shown("{'x':3}", 2));
    assertThat(of(eve, "p"))
        .satisfiesExactly(
            first -> assertThat(first).contains("'x':1"),
            end -> assertThat(end).contains("'id':'u1','p':null,'pv':1"));
    assertThat(of(bob, "p")).hasSize(3);
    eve.clear();
    open[0] = true;
    alice.send(shown("{'x':4}", 3));
    alice.send(shown("null", 4));
    assertThat(of(eve, "p"))
        .satisfiesExactly(
            again -> assertThat(again).contains("'x':4"),
            end -> assertThat(end).contains("'p':null"));
  }

  @Test
  void repeat_filteredAfterItWasShown_isWithdrawn() {
    boolean[] open = {true};
    ServerHarness harness = harness(Ground.CALM, (recipient, what) -> open[0]);
    WireClient alice = reader(harness.server(), harness, "alice");
    WireClient eve = reader(harness.server(), harness, "eve");
    alice.send(shown("{'x':1}", 0));
    eve.clear();
    open[0] = false;
    eve.send("{'a':'pr','ch':'room'}");
    assertThat(of(eve, "p")).singleElement().asString().contains("'p':null");
  }

  @Test
  void filter_isAskedForRecipientAndOwnerAndNeverAboutOnesOwn() {
    List<String> asked = new ArrayList<>();
    ServerHarness harness =
        harness(
            Ground.CALM,
            (recipient, what) -> {
              asked.add(recipient.principal() + " of " + what.user().name());
              return true;
            });
    WireClient alice = reader(harness.server(), harness, "alice");
    reader(harness.server(), harness, "bob");
    alice.send(shown("{'x':1}", 0));
    assertThat(of(alice, "p")).as("its acknowledgement").hasSize(1);
    assertThat(asked).isNotEmpty().containsOnly("bob of alice");
  }

  @Test
  void presence_inADocument_namesTheDocument() {
    List<Broadcast> asked = new ArrayList<>();
    ServerHarness harness =
        harness(
            Ground.CALM,
            (recipient, what) -> {
              asked.add(what);
              return false;
            });
    harness.author(ServerHarness.EVE, "hello");
    WireClient alice = harness.member(harness.server(), "alice");
    WireClient bob = harness.member(harness.server(), "bob");
    bob.send("{'a':'ps','ch':'c.d','seq':1}");
    bob.clear();
    alice.send(
        "{'a':'p','ch':'c.d','id':'u1','p':{'selections':[{'anchor':1,'head':1}]},'pv':0,"
            + "'c':'c','d':'d','v':1,'t':'http://sharejs.org/types/textv1'}");
    assertThat(of(alice, "p")).hasSize(1);
    assertThat(of(bob, "p")).isEmpty();
    assertThat(asked)
        .isNotEmpty()
        .allSatisfy(
            what ->
                assertThat(((Broadcast.Presence) what).document())
                    .isEqualTo(Optional.of(new DocumentId("c", "d"))));
  }

  @Test
  void typing_filteredForOne_isToldToTheOthersOnEveryServer() {
    ServerHarness harness = harness(Ground.CALM, NOTHING_TO_EVE);
    CollabServer second = harness.start();
    List<WireClient> clients =
        List.of(
            harness.member(harness.server(), "alice"),
            harness.member(harness.server(), "bob"),
            harness.member(harness.server(), "eve"),
            harness.member(second, "carol"),
            harness.member(second, "eve"));
    clients.forEach(client -> client.send("{'a':'cs','r':'lobby','v':null}"));
    clients.forEach(WireClient::clear);
    clients.get(0).send("{'a':'ct','r':'lobby','typing':true}");
    clients.get(0).send("{'a':'cp','r':'lobby','seq':1,'e':{'post':{'text':'hello'}}}");
    for (int heard : new int[] {1, 3}) {
      assertThat(of(clients.get(heard), "ct")).first().asString().contains("'typing':true");
    }
    for (int deaf : new int[] {2, 4}) {
      assertThat(of(clients.get(deaf), "ct")).isEmpty();
      assertThat(of(clients.get(deaf), "ce")).as("events are not filtered").isNotEmpty();
    }
  }

  @Test
  void filter_thatThrows_letsNothingThroughAndDisturbsNobodyElse() {
    BroadcastFilter broken =
        (Caller recipient, Broadcast what) -> {
          if (recipient.principal().equals("eve")) {
            throw new IllegalStateException("broken");
          }
          return true;
        };
    ServerHarness harness = harness(Ground.CALM, broken);
    WireClient alice = reader(harness.server(), harness, "alice");
    WireClient eve = reader(harness.server(), harness, "eve");
    WireClient bob = reader(harness.server(), harness, "bob");
    alice.send(shown("{'x':1}", 0));
    assertThat(of(eve, "p")).isEmpty();
    assertThat(of(bob, "p")).hasSize(1);
    assertThat(eve.closed()).isEmpty();
    assertThat(of(alice, "p")).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void operations_reachEverySubscriberWhateverTheFilterSays(Ground ground) {
    ServerHarness harness = harness(ground, (recipient, what) -> false);
    WireClient author = harness.author(ServerHarness.ALICE, "hello");
    WireClient eve = harness.member(harness.server(), "eve");
    eve.send("{'a':'s','c':'c','d':'d','v':1}");
    eve.clear();
    author.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['>> ']}");
    harness.settle();
    assertThat(of(eve, "op")).singleElement().asString().contains("'op':['>> ']");
    assertThat(of(author, "op"))
        .as("the origin gets its acknowledgement alone")
        .containsExactly(ServerHarness.ack(1, ServerHarness.ALICE, 2));
  }
}
