package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.protocol.WireLimits;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.ServerLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A bad message is answered with its code; the connection and all documents go on. */
class BadInputTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nonsense                                                    | ERR_MESSAGE_BADLY_FORMED",
        "null                                                        | ERR_MESSAGE_BADLY_FORMED",
        "{'a':'zz'}                                                  | ERR_MESSAGE_BADLY_FORMED",
        "{'a':'f','c':1,'d':'d','v':null}                            | ERR_MESSAGE_BADLY_FORMED",
        "{'a':'f','c':'c','d':'__proto__','v':null}                  | ERR_MESSAGE_BADLY_FORMED",
        "{'a':'f','c':'c','d':'d','v':-1}                            | ERR_MESSAGE_BADLY_FORMED",
        "{'a':'f','c':'c','d':'d','v':1.5}                           | ERR_MESSAGE_BADLY_FORMED",
        "{'a':'f','c':'c','d':'d','v':99}       | ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT",
        "{'a':'op','c':'c','d':'d','v':99,'seq':9,'op':['x']}"
            + "                                 | ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT",
        "{'a':'op','c':'c','d':'d','v':1,'seq':9,'op':[9,'x']}       | ERR_OT_OP_NOT_APPLIED",
        "{'a':'op','c':'c','d':'d','v':1,'seq':9,'op':[{'d':9}]}     | ERR_OT_OP_NOT_APPLIED",
        "{'a':'op','c':'c','d':'d','v':1,'seq':9,'op':['\\ud83d']}   | ERR_OT_OP_NOT_APPLIED",
        "{'a':'op','c':'c','d':'d','v':1,'seq':9,'op':[1.5,'x']}     | ERR_OT_OP_BADLY_FORMED",
        "{'a':'op','c':'c','d':'d','v':1,'seq':9,'op':'x'}           | ERR_OT_OP_BADLY_FORMED",
        "{'a':'op','c':'c','d':'d','v':1,'seq':9,'create':{'type':'text'}} | ERR_DOC_ALREADY_CREATED",
        "{'a':'op','c':'c','d':'n','v':0,'seq':9,'create':{'type':'no'}}"
            + "                                                      | ERR_DOC_TYPE_NOT_RECOGNIZED",
        "{'a':'op','c':'c','d':'n','v':0,'seq':9,'op':['x']}         | ERR_DOC_DOES_NOT_EXIST",
        "{'a':'op','c':'c','d':'d','v':1,'seq':9}                    | ERR_MESSAGE_BADLY_FORMED",
        "{'a':'nf','id':1,'c':'c','d':'d','v':1}                     | ERR_",
      })
  void badMessage_isAnsweredWithItsCodeAndHarmsNothing(String message, String code) {
    for (Ground ground : Ground.values()) {
      sendTwice(new ServerHarness(ground), message, code);
    }
  }

  private static void sendTwice(ServerHarness harness, String message, String code) {
    WireClient alice = harness.author(ALICE, "text");
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    bob.clear();
    alice.send(message.strip());
    assertThat(alice.received()).singleElement().asString().contains("'error'", code.strip());
    alice.clear();
    alice.send(message.strip());
    assertThat(alice.received()).singleElement().asString().contains(code.strip());
    assertThat(bob.received()).isEmpty();
    assertThat(alice.closed()).isEmpty();
    assertThat(harness.text()).isEqualTo("text");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':10,'op':[4,'!']}");
    assertThat(harness.text()).isEqualTo("text!");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void submit_thatReplacesHalfOfASurrogatePair_isCommittedInAFormThatCutsNone(Ground ground) {
    ServerHarness harness = new ServerHarness(ground);
    WireClient alice = harness.author(ALICE, "\ud83d\ude00");
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'s','c':'c','d':'d','v':1}");
    bob.clear();
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':[1,{'d':1},'\\ude01']}");
    assertThat(alice.received()).singleElement().asString().doesNotContain("error");
    assertThat(bob.received()).singleElement().asString().contains("\ud83d\ude01", "{'d':2}");
    assertThat(harness.text()).isEqualTo("\ud83d\ude01");
  }

  @ParameterizedTest
  @CsvSource({"99, ''", "100, ''", "101, ERR_FRAME_TOO_LARGE"})
  void frame_atTheLimit_isReadAndOneLongerIsNot(int length, String code) {
    ServerHarness harness =
        new ServerHarness(Ground.CALM)
            .withLimits(limits(WireLimits.DEFAULT.toBuilder().frame(100).build()));
    WireClient client = harness.connect();
    client.send("{'a':'hs','id':null,'protocol':1,'protocolMinor':2}");
    client.clear();
    client.send("{'a':'pp','x':'" + "x".repeat(length - "{'a':'pp','x':''}".length()) + "'}");
    assertThat(client.received())
        .containsExactly(
            code.isEmpty()
                ? "{'a':'pp'}"
                : "{'error':{'code':'"
                    + code
                    + "','message':'a frame is longer than the limit 100'}}");
    assertThat(client.closed()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, false"})
  void subscriptions_atTheLimit_areGrantedAndOneMoreIsNot(int count, boolean granted) {
    ServerHarness harness =
        new ServerHarness(Ground.CALM)
            .withLimits(ServerLimits.builder().maxSubscriptions(2).build());
    WireClient client = harness.connect(ALICE);
    for (int i = 0; i < count; i++) {
      client.clear();
      client.send("{'a':'s','c':'c','d':'d" + i + "','v':null}");
    }
    assertThat(client.received())
        .singleElement()
        .asString()
        .satisfies(
            reply -> assertThat(reply.contains("ERR_TOO_MANY_SUBSCRIPTIONS")).isEqualTo(!granted));
    client.send("{'a':'u','c':'c','d':'d0'}");
    client.clear();
    client.send("{'a':'s','c':'c','d':'another','v':null}");
    assertThat(client.received()).singleElement().asString().contains("'data'");
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void anything_beforeTheHandshake_isRefused(Ground ground) {
    WireClient client = new ServerHarness(ground).connect();
    client.send("{'a':'f','c':'c','d':'d','v':null}");
    assertThat(client.received())
        .containsExactly(
            "{'a':'f','c':'c','d':'d','v':null,'error':{'code':'ERR_HANDSHAKE_REQUIRED',"
                + "'message':'the first message is a handshake'}}");
  }

  private static ServerLimits limits(WireLimits wire) {
    return ServerLimits.builder().wire(wire).build();
  }
}
