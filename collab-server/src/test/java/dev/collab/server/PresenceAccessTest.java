package dev.collab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.DocumentId;
import dev.collab.protocol.Permission;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.PresenceTimes;
import dev.collab.server.access.Resource;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may show presence where, and who sees it, also when that changes. */
class PresenceAccessTest {

  private static final PresenceTimes LONG =
      new PresenceTimes(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(5));
  private static final String SEE = "{'a':'ps','ch':'c.d','seq':1,'c':'c','d':'d'}";
  private static final String SHOW =
      "{'a':'p','ch':'c.d','id':'1','p':{},'pv':0,'c':'c','d':'d','v':1,"
          + "'t':'http://sharejs.org/types/textv1'}";

  private final TestPolicy policy = new TestPolicy();

  private ServerHarness harness(Ground ground) {
    return new ServerHarness(ground).withPresence(LONG).with(builder -> builder.access(policy));
  }

  private static WireClient seeing(ServerHarness harness, CollabServer server, String name) {
    WireClient client = harness.member(server, name);
    client.send(SEE);
    client.clear();
    return client;
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void change_toReading_takesBackWhatIsShownOnAllServers(Ground ground) {
    ServerHarness harness = harness(ground);
    CollabServer other = harness.start();
    harness.author(ServerHarness.ALICE, "abc");
    WireClient bob = seeing(harness, other, "bob");
    WireClient eve = seeing(harness, harness.server(), "eve");
    eve.send(SHOW);
    harness.settle();
    assertThat(bob.received()).last().asString().contains("'p':{}");
    policy.allow("eve", Permission.READ);
    other.access().permissionsChanged("eve");
    harness.settle();
    assertThat(bob.received()).last().asString().contains("'p':null");
    eve.clear();
    eve.send(SHOW.replace("'pv':0", "'pv':5"));
    assertThat(eve.received()).singleElement().asString().contains("ERR_FORBIDDEN");
    WireClient ann = harness.member(harness.server(), "ann");
    ann.send(SHOW);
    harness.settle();
    assertThat(eve.received()).last().asString().contains("'p':{}");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void change_toNothing_endsWhatIsShownAndSeen(Ground ground) {
    ServerHarness harness = harness(ground);
    harness.author(ServerHarness.ALICE, "abc");
    WireClient bob = seeing(harness, harness.server(), "bob");
    WireClient eve = seeing(harness, harness.server(), "eve");
    eve.send(SHOW);
    harness.settle();
    policy.allow("eve", Permission.NONE);
    harness.server().access().permissionsChanged("eve");
    harness.settle();
    assertThat(bob.received()).last().asString().contains("'p':null");
    eve.clear();
    bob.send(SHOW);
    harness.settle();
    assertThat(eve.received()).isEmpty();
  }

  @Test
  void presence_inADocument_isNotSeenThroughTheChannelOfItsName() {
    ServerHarness harness = harness(Ground.CALM);
    harness.author(ServerHarness.ALICE, "abc");
    policy.deny("eve", new Resource.Document(new DocumentId("c", "d")));
    WireClient eve = harness.member(harness.server(), "eve");
    eve.send(SEE);
    assertThat(eve.received()).singleElement().asString().contains("ERR_FORBIDDEN");
    eve.clear();
    eve.send("{'a':'ps','ch':'c.d','seq':2}");
    WireClient bob = harness.member(harness.server(), "bob");
    bob.send(SHOW);
    bob.send("{'a':'p','ch':'c.d','id':'2','p':'plain','pv':0}");
    harness.settle();
    assertThat(eve.received()).hasSize(2).last().asString().contains("'p':'plain'");
    eve.clear();
    eve.send("{'a':'ps','ch':'c.d','seq':3}");
    assertThat(eve.received()).singleElement().asString().doesNotContain("'v':1").contains("plain");
  }
}
