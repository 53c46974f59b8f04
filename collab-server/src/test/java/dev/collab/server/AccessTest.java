package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.ack;
import static dev.collab.server.ServerHarness.secret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.DocumentId;
import dev.collab.protocol.Permission;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.Resource;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client may do with a document or a room, asked of the application. */
class AccessTest {

  private static final String TEXT = "http://sharejs.org/types/textv1";
  private static final Resource DOCUMENT = new Resource.Document(new DocumentId("c", "d"));

  private final TestPolicy policy = new TestPolicy();
  private final ServerHarness harness = harness(Ground.CALM);

  private ServerHarness harness(Ground ground) {
    return new ServerHarness(ground).with(builder -> builder.access(policy));
  }

  private static WireClient client(ServerHarness harness, String name) {
    return harness.connect(harness.server(), secret(name), name);
  }

  /** Who may do what: of all actions the least permission that is needed. */
  @ParameterizedTest(name = "{0} needs {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':'f','c':'c','d':'d','v':null}|READ",
        "{'a':'f','c':'c','d':'d','v':0}|READ",
        "{'a':'s','c':'c','d':'d','v':null}|READ",
        "{'a':'s','c':'c','d':'d','v':1}|READ",
        "{'a':'bf','c':'c','b':['d']}|READ",
        "{'a':'bs','c':'c','b':{'d':1}}|READ",
        "{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['x']}|WRITE",
        "{'a':'op','c':'c','d':'d','v':1,'seq':1,'del':true}|WRITE",
        "{'a':'ps','ch':'c.d','seq':1,'c':'c','d':'d'}|READ",
        "{'a':'ps','ch':'c.d','seq':1}|READ",
        "{'a':'ps','ch':'plain','seq':1}|READ",
        "{'a':'p','ch':'c.d','id':'1','p':{},'pv':0,'c':'c','d':'d','v':1,'t':'TEXT'}|COMMENT",
        "{'a':'p','ch':'plain','id':'1','p':{},'pv':0}|COMMENT",
        "{'a':'cs','r':'r','v':null}|READ",
        "{'a':'ch','r':'r','id':1}|READ",
        "{'a':'cr','r':'r','read':0}|READ",
        "{'a':'ct','r':'r','typing':true}|WRITE",
        "{'a':'cp','r':'r','seq':1,'e':{'join':true}}|READ",
        "{'a':'cp','r':'r','seq':1,'e':{'leave':true}}|READ",
        "{'a':'cp','r':'r','seq':1,'e':{'post':{'text':'x'}}}|WRITE",
        "{'a':'cp','r':'r','seq':1,'e':{'edit':{'id':1,'text':'y'}}}|WRITE",
        "{'a':'cp','r':'r','seq':1,'e':{'delete':{'id':1}}}|MANAGE",
        "{'a':'cp','r':'r','seq':1,'e':{'erase':{'id':1}}}|MANAGE",
        "{'a':'cp','r':'r','seq':1,'e':{'remove':{'user':'alice'}}}|MANAGE",
        "{'a':'cp','r':'r','seq':1,'e':{'retain':{'messages':5}}}|MANAGE",
      })
  void action_withEachPermission_isDoneFromTheNeededOneOn(String frame, Permission needed) {
    policy.allow("alice", Permission.MANAGE);
    WireClient alice = harness.member(harness.server(), "alice");
    alice.send("{'a':'op','c':'c','d':'d','v':0,'seq':1,'create':{'type':'text','data':'abc'}}");
    alice.send("{'a':'cp','r':'r','seq':1,'e':{'post':{'text':'hello'}}}");
    for (Permission permission : Permission.values()) {
      String name = permission.text();
      policy.allow(name, permission);
      WireClient client = harness.member(harness.server(), name);
      client.send(frame.replace("TEXT", TEXT));
      String answer = client.received().get(client.received().size() - 1);
      if (permission.compareTo(needed) < 0) {
        assertThat(answer).as(name).containsAnyOf("ERR_FORBIDDEN", "ERR_CHAT_NOT_AUTHOR");
        assertThat(answer).as(name).doesNotContain("'data':{'d':{'v'", "hello");
      } else if (!frame.contains("'edit'")) {
        assertThat(answer).as(name).doesNotContain("'error'");
        break; // it is done once
      }
    }
    assertThat(alice.closed()).isEmpty();
  }

  @Test
  void submit_whenForbidden_changesNothingAndNobodyHears() {
    WireClient alice = harness.author(ALICE, "abc");
    policy.allow("eve", Permission.READ);
    WireClient eve = client(harness, "eve");
    eve.send("{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['x']}");
    assertThat(eve.received()).singleElement().asString().contains("ERR_FORBIDDEN");
    assertThat(alice.received()).isEmpty();
    assertThat(harness.text()).isEqualTo("abc");
  }

  @Test
  void bulk_ofSeveralDocuments_isDecidedForEach() {
    harness.author(ALICE, "abc");
    policy.deny("eve", DOCUMENT);
    WireClient eve = client(harness, "eve");
    eve.send("{'a':'bs','c':'c','b':['d','e']}");
    assertThat(eve.received())
        .containsExactly(
            "{'data':{'e':{'v':0,'type':null},'d':{'error':{'code':'ERR_FORBIDDEN',"
                + "'message':'the user may not do this'}}},'a':'bs','c':'c'}");
  }

  @Test
  void policy_isAskedOnceForEachConnectionAndResource() {
    WireClient alice = harness.author(ALICE, "abc");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['x']}");
    alice.send("{'a':'f','c':'c','d':'d','v':null}");
    assertThat(policy.asked(DOCUMENT)).isEqualTo(1);
    client(harness, "bob").send("{'a':'f','c':'c','d':'d','v':null}");
    assertThat(policy.asked(DOCUMENT)).isEqualTo(2);
  }

  @Test
  void subscribe_asOneOfTheExtension_isToldFirstWhatItMayDo() {
    policy.allow("eve", Permission.COMMENT);
    WireClient eve = harness.member(harness.server(), "eve");
    eve.send("{'a':'s','c':'c','d':'d','v':null}");
    eve.send("{'a':'bs','c':'c','b':['e']}");
    eve.send("{'a':'cs','r':'r','v':null}");
    assertThat(eve.everything())
        .satisfiesExactly(
            frame ->
                assertThat(frame)
                    .isEqualTo("{'a':'access','c':'c','d':'d','permission':'comment'}"),
            frame -> assertThat(frame).contains("'a':'s'"),
            frame ->
                assertThat(frame)
                    .isEqualTo("{'a':'access','c':'c','d':'e','permission':'comment'}"),
            frame -> assertThat(frame).contains("'a':'bs'"),
            frame -> assertThat(frame).isEqualTo("{'a':'access','r':'r','permission':'comment'}"),
            frame -> assertThat(frame).contains("'a':'cs'"));
  }

  @Test
  void subscribe_asOneOfTheBase_isToldNothing() {
    WireClient eve = client(harness, "eve");
    eve.send("{'a':'s','c':'c','d':'d','v':null}");
    assertThat(eve.everything()).singleElement().asString().contains("'a':'s'");
  }

  @Test
  void policy_thatFails_permitsNothingNowAndIsAskedAgain() {
    policy.answer = Optional.of(CompletableFuture.failedFuture(new IllegalStateException("down")));
    WireClient alice = client(harness, "alice");
    alice.send("{'a':'f','c':'c','d':'d','v':null}");
    assertThat(alice.received()).singleElement().asString().contains("ERR_UNAVAILABLE");
    policy.answer = Optional.empty();
    alice.clear();
    alice.send("{'a':'f','c':'c','d':'d','v':null}");
    assertThat(alice.received()).singleElement().asString().contains("'type':null");
  }

  @Test
  void policy_thatThrows_permitsNothingNow() {
    policy.broken = true;
    WireClient alice = client(harness, "alice");
    alice.send("{'a':'s','c':'c','d':'d','v':null}");
    alice.send("{'a':'bs','c':'c','b':['d']}");
    assertThat(alice.received())
        .hasSize(2)
        .allSatisfy(answer -> assertThat(answer).contains("ERR_UNAVAILABLE"));
  }

  @Test
  void policy_thatDoesNotAnswer_keepsNobodyElseWaiting() {
    CompletableFuture<Permission> never = new CompletableFuture<>();
    policy.answer = Optional.of(never);
    WireClient alice = client(harness, "alice");
    WireClient eve = client(harness, "eve");
    eve.post("{'a':'f','c':'c','d':'d','v':null}");
    harness.time().runDue();
    policy.answer = Optional.empty();
    alice.post("{'a':'f','c':'c','d':'d','v':null}");
    harness.time().pass(Duration.ofSeconds(1));
    assertThat(alice.received()).hasSize(1);
    assertThat(eve.received()).isEmpty();
    harness.settle();
    assertThat(eve.received()).singleElement().asString().contains("ERR_UNAVAILABLE");
    never.complete(Permission.WRITE);
    harness.settle();
    assertThat(eve.received()).hasSize(1);
  }

  @Test
  void requests_behindASlowAnswer_keepTheirOrder() {
    CompletableFuture<Permission> slow = new CompletableFuture<>();
    policy.answer = Optional.of(slow);
    WireClient alice = client(harness, "alice");
    alice.post("{'a':'op','c':'c','d':'d','v':0,'seq':1,'create':{'type':'text','data':'abc'}}");
    alice.post("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['x']}");
    harness.time().pass(Duration.ofSeconds(1));
    assertThat(alice.received()).isEmpty();
    slow.complete(Permission.WRITE);
    harness.settle();
    assertThat(alice.received())
        .containsExactly(ack(0, secret("alice"), 1), ack(1, secret("alice"), 2));
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void change_toLess_isToldAndHoldsOnAllServers(Ground ground) {
    ServerHarness harness = harness(ground);
    CollabServer other = harness.start();
    harness.settle();
    harness.author(ALICE, "abc");
    WireClient bob = harness.member(other, "bob");
    bob.send("{'a':'s','c':'c','d':'d','v':null}");
    bob.clear();
    policy.allow("bob", Permission.READ);
    CompletableFuture<Void> done =
        harness.server().access().permissionsChanged(DOCUMENT).toCompletableFuture();
    harness.settle();
    assertThat(done).isCompleted();
    assertThat(bob.everything())
        .containsExactly("{'a':'access','c':'c','d':'d','permission':'read'}");
    bob.send("{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['x']}");
    assertThat(bob.received()).singleElement().asString().contains("ERR_FORBIDDEN");
    policy.allow("bob", Permission.WRITE);
    other.access().permissionsChanged("bob");
    bob.clear();
    harness.settle();
    assertThat(bob.everything())
        .containsExactly("{'a':'access','c':'c','d':'d','permission':'write'}");
    bob.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['x']}");
    assertThat(bob.received()).containsExactly(ack(1, secret("bob"), 2));
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void change_toNothing_endsSubscriptionsAndNobodyElseNotices(Ground ground) {
    ServerHarness harness = harness(ground);
    CollabServer other = harness.start();
    harness.settle();
    harness.author(ALICE, "abc");
    WireClient alice = harness.member(harness.server(), "alice");
    WireClient bob = harness.member(other, "bob");
    bob.send("{'a':'s','c':'c','d':'d','v':null}");
    bob.send("{'a':'cs','r':'r','v':null}");
    WireClient eve = harness.member(other, "eve");
    eve.send("{'a':'s','c':'c','d':'d','v':null}");
    bob.clear();
    eve.clear();
    policy.allow("bob", Permission.NONE);
    harness.server().access().permissionsChanged("bob");
    harness.settle();
    assertThat(bob.everything())
        .containsExactlyInAnyOrder(
            "{'a':'access','c':'c','d':'d','permission':'none'}",
            "{'a':'access','r':'r','permission':'none'}");
    bob.clear();
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['x']}");
    alice.send("{'a':'cp','r':'r','seq':1,'e':{'post':{'text':'secret'}}}");
    harness.settle();
    assertThat(bob.everything()).isEmpty();
    assertThat(eve.everything()).singleElement().asString().contains("'op':['x']");
    assertThat(bob.closed()).isEmpty();
    bob.send("{'a':'f','c':'c','d':'d','v':null}");
    assertThat(bob.received()).singleElement().asString().contains("ERR_FORBIDDEN");
  }

  @Test
  void change_whileAnEditIsOnItsWay_isToldBehindItsAcknowledgement() {
    harness.author(ALICE, "abc");
    WireClient bob = harness.member(harness.server(), "bob");
    bob.send("{'a':'s','c':'c','d':'d','v':null}");
    bob.clear();
    bob.post("{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['x']}");
    policy.allow("bob", Permission.READ);
    harness.server().access().permissionsChanged("bob");
    bob.post("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['y']}");
    harness.settle();
    List<String> received = bob.everything();
    int notice = received.indexOf("{'a':'access','c':'c','d':'d','permission':'read'}");
    assertThat(notice).isNotNegative();
    assertThat(received.subList(notice, received.size()))
        .noneMatch(frame -> frame.matches(".*'a':'op'.*'src':'bob_.*") && !frame.contains("error"));
    bob.clear();
    bob.send("{'a':'op','c':'c','d':'d','v':1,'seq':3,'op':['z']}");
    assertThat(bob.received()).singleElement().asString().contains("ERR_FORBIDDEN");
  }

  @Test
  void change_thatIsNone_isNotTold() {
    WireClient alice = harness.member(harness.server(), "alice");
    alice.send("{'a':'s','c':'c','d':'d','v':null}");
    alice.clear();
    harness.server().access().permissionsChanged(DOCUMENT);
    harness.settle();
    assertThat(policy.asked(DOCUMENT)).isEqualTo(2);
    assertThat(alice.everything()).isEmpty();
  }

  @Test
  void change_thatNobodyCanTell_makesTheClientComeBack() {
    WireClient alice = harness.member(harness.server(), "alice");
    alice.send("{'a':'s','c':'c','d':'d','v':null}");
    policy.answer = Optional.of(new CompletableFuture<>());
    harness.server().access().permissionsChanged(DOCUMENT);
    harness.settle();
    assertThat(alice.closed()).map(CloseReason::code).contains(1012);
  }

  @Test
  void change_ofWhatIsNotInUse_isAskedForWhenItIsUsedAgain() {
    WireClient alice = client(harness, "alice");
    alice.send("{'a':'f','c':'c','d':'d','v':null}");
    policy.allow("alice", Permission.NONE);
    harness.server().access().permissionsChanged(DOCUMENT);
    harness.settle();
    assertThat(policy.asked(DOCUMENT)).isEqualTo(1);
    alice.clear();
    alice.send("{'a':'f','c':'c','d':'d','v':null}");
    assertThat(alice.received()).singleElement().asString().contains("ERR_FORBIDDEN");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void submit_sentAgainAndForbiddenMeanwhile_isAcknowledgedIfItStandsInTheLog(Ground ground) {
    ServerHarness harness = harness(ground);
    harness.author(ALICE, "abc");
    CollabServer other = harness.start();
    WireClient alice = harness.connect(ALICE);
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['x']}");
    alice.connection().close(CloseReason.ABNORMAL);
    policy.allow("", Permission.READ);
    WireClient again = harness.connect(other, ALICE, "");
    again.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'src':'" + ALICE + "','op':['x']}");
    harness.settle();
    assertThat(again.received()).containsExactly(ack(1, ALICE, 2));
    again.clear();
    again.send("{'a':'op','c':'c','d':'d','v':1,'seq':3,'src':'" + ALICE + "','op':['y']}");
    harness.settle();
    assertThat(again.received()).singleElement().asString().contains("ERR_FORBIDDEN");
  }

  @Test
  void cache_ofManyResources_isBounded() {
    WireClient alice = client(harness, "alice");
    alice.send("{'a':'s','c':'c','d':'d','v':null}");
    for (int i = 0; i < 1_100; i++) {
      alice.post("{'a':'f','c':'many','d':'" + i + "','v':null}");
      harness.time().pass(Duration.ofMillis(50));
    }
    policy.forget();
    alice.send("{'a':'f','c':'many','d':'1','v':null}");
    assertThat(policy.asked(new Resource.Document(new DocumentId("many", "1")))).isEqualTo(1);
    alice.send("{'a':'f','c':'many','d':'1099','v':null}");
    alice.send("{'a':'f','c':'c','d':'d','v':null}");
    assertThat(policy.asked(DOCUMENT)).isZero();
  }
}
