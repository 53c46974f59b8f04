package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static dev.collab.server.ServerHarness.ack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.server.ServerHarness.Ground;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handshakes, and what only those get who asked for the extension. */
class ExtensionTest {

  private final ServerHarness harness = new ServerHarness(Ground.CALM);

  @Test
  void handshake_withTheExtension_announcesTheLimits() {
    WireClient client = harness.connect();
    client.send("{'a':'hs','id':'" + ALICE + "','protocol':1,'protocolMinor':2,'collab':7}");
    assertThat(client.received())
        .singleElement()
        .asString()
        .contains(
            "'id':'" + ALICE + "'",
            "'collab':1,'limits':{'operation':2097152,'document':2097152,'frame':4194304,"
                + "'presence':2048,'chat':4096}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"'collab':0", "'x':1"})
  void handshake_withoutTheExtension_tellsNothingOfIt(String member) {
    WireClient client = harness.connect();
    client.send("{'a':'hs','id':'" + ALICE + "','protocol':1,'protocolMinor':2," + member + "}");
    assertThat(client.received())
        .singleElement()
        .asString()
        .contains("'id':'" + ALICE + "'")
        .doesNotContain("collab", "limits");
  }

  @Test
  void handshake_ofAnotherProtocol_isRefusedAndMayBeMadeAgain() {
    WireClient client = harness.connect();
    client.post("{'a':'hs','id':null,'protocol':2}");
    client.post("{'a':'f','c':'c','d':'d','v':null}");
    client.send("{'a':'hs','id':null,'protocol':1}");
    assertThat(client.received())
        .satisfiesExactly(
            refused -> assertThat(refused).contains("ERR_PROTOCOL_VERSION_NOT_SUPPORTED"),
            unread -> assertThat(unread).contains("ERR_HANDSHAKE_REQUIRED"),
            accepted -> assertThat(accepted).contains("'a':'hs'").doesNotContain("error"));
  }

  @Test
  void handshake_againWithAnotherIdOrDialect_changesNothing() {
    WireClient client = harness.connect(ALICE);
    client.send("{'a':'hs','id':'" + BOB + "','protocol':1,'collab':1}");
    assertThat(client.received())
        .singleElement()
        .asString()
        .contains("'id':'" + ALICE + "'")
        .doesNotContain("collab");
  }

  @ParameterizedTest
  @CsvSource({"21, false", "22, true", "64, true", "65, false"})
  void handshake_withAnIdOfTheRightLength_adoptsIt(int length, boolean adopted) {
    String id = "x".repeat(length);
    WireClient client = harness.connect();
    client.send("{'a':'hs','id':'" + id + "','protocol':1}");
    assertThat(client.received().get(0).contains("'id':'" + id + "'")).isEqualTo(adopted);
  }

  @Test
  void batch_isHandledInOrderAndOneBadMessageConcernsNoOther() {
    harness.author(ALICE, "text");
    WireClient bob = harness.connect().extended(BOB);
    bob.send(
        "[{'a':'s','c':'c','d':'d','v':1},{'a':'f','c':5},"
            + "{'a':'op','c':'c','d':'d','v':1,'seen':1,'seq':1,'op':['x']},{'a':'pp'}]");
    assertThat(bob.received())
        .containsExactlyInAnyOrder(
            "{'a':'s','c':'c','d':'d'}",
            bob.received().stream().filter(r -> r.contains("BADLY")).findFirst().orElse("none"),
            ack(1, BOB, 1),
            "{'a':'pp'}");
    assertThat(harness.text()).isEqualTo("xtext");
  }

  @Test
  void batch_inTheBase_isRefusedWithOneError() {
    WireClient alice = harness.connect(ALICE);
    alice.send("[{'a':'pp'},{'a':'pp'}]");
    assertThat(alice.received()).singleElement().asString().contains("ERR_MESSAGE_BADLY_FORMED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2", "99", "null"})
  void seen_thatCannotBeRight_doesNotCostTheEdit(String seen) {
    harness.author(ALICE, "text");
    WireClient bob = harness.connect().extended(BOB);
    bob.send("{'a':'op','c':'c','d':'d','v':1,'seq':1,'seen':" + seen + ",'op':['x']}");
    assertThat(bob.received()).containsExactly(ack(1, BOB, 1));
  }

  @Test
  void broadcast_isEncodedOnceForAllSubscribersOfBothDialects() {
    WireClient alice = harness.author(ALICE, "");
    WireClient[] readers = new WireClient[5];
    for (int i = 0; i < readers.length; i++) {
      String id = String.valueOf((char) ('p' + i)).repeat(22);
      readers[i] = i % 2 == 0 ? harness.connect(id) : harness.connect().extended(id);
      readers[i].send("{'a':'s','c':'c','d':'d','v':1}");
      readers[i].clear();
    }
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['x']}");
    String frame = readers[0].frames().get(0);
    for (WireClient reader : readers) {
      assertThat(reader.frames()).singleElement().isSameAs(frame);
    }
    assertThat(frame).doesNotContain(ALICE);
  }
}
