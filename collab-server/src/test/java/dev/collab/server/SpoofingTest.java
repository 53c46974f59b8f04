package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static dev.collab.server.ServerHarness.EVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.presence.User;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.Authentication;
import dev.collab.server.access.PresenceTimes;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Eve knows everything that the others see of Alice, and in places even her secret. She can neither
 * act as Alice nor get in her way, and Bob, who reads, notices nothing.
 */
class SpoofingTest {

  private static final String TYPE = "http://sharejs.org/types/textv1";

  /** Nobody counts as idle or gone. */
  private static final Duration LONG = Duration.ofDays(1);

  /** Alice, who has written "hi" and shows herself, Bob, who looks on, and Eve; with tokens. */
  private static final class Scene {

    final ServerHarness harness;
    final WireClient alice;
    final WireClient bob;
    final WireClient eve;

    /** The id under which the others see Alice. */
    final String publicId;

    private int sequence = 1;

    Scene(Ground ground) {
      harness =
          new ServerHarness(ground)
              .withPresence(new PresenceTimes(LONG, LONG, LONG))
              .withAuthenticator(
                  credentials ->
                      CompletableFuture.completedStage(
                          Authentication.accepted(
                              credentials.token().orElse(""),
                              User.of("u-" + credentials.token().orElse("?"), "name"))));
      alice = client(ALICE, "alice");
      bob = client(BOB, "bob");
      bob.send("{'a':'s','c':'c','d':'d','v':null}");
      bob.send("{'a':'ps','ch':'c.d','seq':1}");
      bob.send("{'a':'cs','r':'r','v':null}");
      bob.clear();
      alice.send("{'a':'op','c':'c','d':'d','v':0,'seq':1,'create':{'type':'text','data':'hi'}}");
      Matcher source = Pattern.compile("'src':'([^']+)'").matcher(bob.received().get(0));
      assertThat(source.find()).isTrue();
      publicId = source.group(1);
      alice.send(presence("'pv':1"));
      alice.send("{'a':'cp','r':'r','seq':1,'e':{'post':{'text':'hello'}}}");
      eve = client(EVE, "eve");
      alice.clear();
      bob.clear();
    }

    WireClient client(String secret, String token) {
      WireClient client = harness.connect();
      client.send(
          "{'a':'hs','id':'%s','protocol':1,'collab':1,'token':'%s'}".formatted(secret, token));
      client.clear();
      return client;
    }

    static String presence(String more) {
      return "{'a':'p','ch':'c.d','id':'1','p':{'selections':[]},'c':'c','d':'d','v':1,'t':'"
          + TYPE
          + "',"
          + more
          + "}";
    }

    /** Eve sends something that is refused with a code, and nobody else hears of it. */
    void refused(String frame, String code) {
      eve.clear();
      eve.send(frame);
      assertThat(eve.received()).as(frame).singleElement().asString().contains("'error'", code);
      assertThat(bob.received()).as(frame).isEmpty();
      unharmed();
    }

    /** Alice goes on: what she does is acknowledged, and Bob sees it under the id he knows. */
    void unharmed() {
      assertThat(alice.closed()).isEmpty();
      assertThat(bob.closed()).isEmpty();
      alice.clear();
      bob.clear();
      alice.send("{'a':'op','c':'c','d':'d','v':null,'seq':%d,'op':['.']}".formatted(++sequence));
      assertThat(alice.received())
          .singleElement()
          .asString()
          .contains("'src':'" + ALICE + "','seq':" + sequence)
          .doesNotContain("error");
      assertThat(bob.received())
          .singleElement()
          .asString()
          .contains("'src':'" + publicId + "','seq':" + sequence, "'op':['.']");
      alice.clear();
      bob.clear();
    }
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void handshake_withSomebodysPublicId_isAnotherClient(Ground ground) {
    Scene scene = new Scene(ground);
    for (String token : List.of("eve", "alice")) {
      WireClient impostor = scene.client(scene.publicId, token);
      assertThat(impostor.closed()).isEmpty();
      impostor.send("{'a':'op','c':'c','d':'d','v':null,'seq':2,'op':['']}");
      impostor.send("{'a':'op','c':'c','d':'d','v':null,'seq':3,'op':['e']}");
      assertThat(scene.bob.received())
          .singleElement()
          .asString()
          .contains("'op':['e']")
          .doesNotContain(scene.publicId);
      scene.unharmed();
    }
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void handshake_withSomebodysSecretUnderAnotherPrincipal_isAnotherClient(Ground ground) {
    Scene scene = new Scene(ground);
    WireClient impostor = scene.client(ALICE, "eve");
    assertThat(impostor.closed()).isEmpty();
    // the number under which Alice's next edit will come
    impostor.send("{'a':'op','c':'c','d':'d','v':null,'seq':2,'op':['e']}");
    assertThat(scene.bob.received())
        .singleElement()
        .asString()
        .contains("'op':['e']")
        .doesNotContain(scene.publicId);
    scene.unharmed();
    impostor.connection().close(CloseReason.NORMAL);
    scene.harness.settle();
    scene.bob.clear();
    scene.unharmed();
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void source_ofAnother_isRefused(Ground ground) {
    Scene scene = new Scene(ground);
    for (String source : List.of(scene.publicId, ALICE)) {
      String src = "'src':'" + source + "'";
      scene.refused(
          "{'a':'op','c':'c','d':'d','v':1,'seq':9," + src + ",'op':['e']}",
          "ERR_SOURCE_NOT_OWNED");
      scene.refused(
          "{'a':'op','c':'c','d':'d','v':1,'seq':9," + src + ",'del':true}",
          "ERR_SOURCE_NOT_OWNED");
      scene.refused(Scene.presence("'pv':9," + src), "ERR_SOURCE_NOT_OWNED");
      scene.refused(
          "{'a':'cp','r':'r','seq':9," + src + ",'e':{'post':{'text':'e'}}}",
          "ERR_SOURCE_NOT_OWNED");
    }
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void presenceId_ofAnother_isRefused(Ground ground) {
    Scene scene = new Scene(ground);
    String owned = "ERR_PRESENCE_NOT_OWNED";
    for (int version : List.of(0, 1, 2, 9_000)) {
      scene.refused(Scene.presence("'pv':" + version), owned);
      scene.refused(
          "{'a':'p','ch':'c.d','id':'1','p':{'mood':'e'},'pv':%d}".formatted(version), owned);
    }
    // nor can she take it back, whatever she is answered
    scene.eve.send("{'a':'p','ch':'c.d','id':'1','p':null,'pv':9001}");
    assertThat(scene.bob.received()).isEmpty();
    scene.unharmed();
    scene.alice.send(Scene.presence("'pv':2"));
    assertThat(scene.bob.received())
        .singleElement()
        .asString()
        .contains("'src':'" + scene.publicId + "','id':'1'", "'pv':2");
    WireClient late = scene.client("l".repeat(22), "late");
    late.send("{'a':'ps','ch':'c.d','seq':1}");
    assertThat(late.received())
        .singleElement()
        .asString()
        .containsOnlyOnce("'pv':2")
        .contains("'src':'" + scene.publicId + "','id':'1'");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void sequence_ofAnother_isOnesOwn(Ground ground) {
    Scene scene = new Scene(ground);
    // far above what Alice has used, and the same as hers: numbers count for each client alone
    for (int sequence : List.of(2, 9_000)) {
      scene.eve.send("{'a':'op','c':'c','d':'d','v':null,'seq':%d,'op':['e']}".formatted(sequence));
      assertThat(scene.eve.received()).last().asString().contains("'src':'" + EVE + "'");
      scene.bob.clear();
      scene.unharmed();
    }
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void authorAndTime_insideAChatEvent_areTheServers(Ground ground) {
    Scene scene = new Scene(ground);
    scene.eve.send(
        "{'a':'cp','r':'r','seq':1,'user':{'id':'u-alice','name':'name'},'e':{'post':{'text':'e',"
            + "'id':77,'t':1,'user':{'id':'u-alice','name':'name'},'edited':5}}}");
    assertThat(scene.bob.received())
        .singleElement()
        .asString()
        .contains("'id':2", "'user':{'id':'u-eve'", "'text':'e'")
        .doesNotContain("u-alice", "'t':1,", "77", "edited");
    scene.bob.clear();
    scene.refused(
        "{'a':'cp','r':'r','seq':2,'e':{'edit':{'id':1,'text':'e'}}}", "ERR_CHAT_NOT_AUTHOR");
    scene.refused("{'a':'cp','r':'r','seq':3,'e':{'delete':{'id':1}}}", "ERR_");
    scene.refused("{'a':'cp','r':'r','seq':4,'e':{'remove':{'user':'u-alice'}}}", "ERR_");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void revision_fromTheFuture_isRefused(Ground ground) {
    Scene scene = new Scene(ground);
    String ahead = "ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT";
    scene.refused("{'a':'op','c':'c','d':'d','v':9000,'seq':9,'op':['e']}", ahead);
    scene.refused("{'a':'f','c':'c','d':'d','v':9000}", ahead);
    scene.refused("{'a':'s','c':'c','d':'d','v':9000}", ahead);
    scene.refused(
        "{'a':'p','ch':'c.d','id':'2','p':{'selections':[]},'pv':1,'c':'c','d':'d','v':9000,'t':'"
            + TYPE
            + "'}",
        ahead);
    // a chat room gives the state instead, from which a client goes on
    scene.eve.clear();
    scene.eve.send("{'a':'cs','r':'r','v':9000}");
    assertThat(scene.eve.received())
        .singleElement()
        .asString()
        .contains("'a':'cs'")
        .doesNotContain("'v':9000,'room'");
    scene.unharmed();
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void token_ofAnotherAtRenewal_isRefusedAndEveRemainsEve(Ground ground) {
    Scene scene = new Scene(ground);
    scene.refused("{'a':'auth','token':'alice'}", "ERR_PRINCIPAL_CHANGED");
    scene.eve.send("{'a':'cp','r':'r','seq':1,'e':{'post':{'text':'e'}}}");
    assertThat(scene.bob.received()).singleElement().asString().contains("'id':'u-eve'");
  }
}
