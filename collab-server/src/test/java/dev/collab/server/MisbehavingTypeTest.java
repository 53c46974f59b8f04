package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static dev.collab.server.ServerHarness.ack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.server.ServerHarness.Ground;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A type with defects costs the edit that hits on one, and nothing else. */
class MisbehavingTypeTest {

  private final ServerHarness harness = new ServerHarness(Ground.CALM).withType(new MoodyType());

  @ParameterizedTest
  @CsvSource({
    "runtime, ERR_UNKNOWN_ERROR",
    "stack, ERR_UNKNOWN_ERROR",
    "linkage, ERR_UNKNOWN_ERROR",
    "memory, ERR_UNAVAILABLE"
  })
  void submit_thatMakesTheTypeThrow_isAnErrorAndTheDocumentGoesOn(String word, String code) {
    WireClient alice = harness.author(ALICE, "");
    WireClient bob = harness.connect(BOB);
    alice.post("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['" + word + "']}");
    bob.send("{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['b']}");
    assertThat(alice.received())
        .satisfiesExactly(
            refused -> assertThat(refused).contains(code).doesNotContain("a defect"),
            foreign -> assertThat(foreign).contains("'op':['b']"));
    assertThat(bob.received()).containsExactly(ack(1, BOB, 1));
    assertThat(harness.text()).isEqualTo("b");
  }

  @Test
  void read_ofAStateThatTheTypeCannotWrite_isAnErrorAndConcernsNoOtherDocument() {
    WireClient alice = harness.author(ALICE, "");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['secretive']}");
    assertThat(alice.received()).containsExactly(ack(1, ALICE, 2));
    WireClient bob = harness.connect(BOB);
    bob.send("{'a':'s','c':'c','d':'d','v':null}");
    bob.send("{'a':'bs','c':'c','b':['d','other']}");
    assertThat(bob.received())
        .satisfiesExactly(
            read -> assertThat(read).contains("'a':'s'", "ERR_UNKNOWN_ERROR"),
            bulk ->
                assertThat(bulk)
                    .contains("'d':{'error':{'code':'ERR_UNKNOWN_ERROR'", "'other':{'v':0"));
    bob.clear();
    alice.send("{'a':'op','c':'c','d':'d','v':2,'seq':3,'op':[{'d':9},'open']}");
    assertThat(bob.received()).isEmpty();
    assertThat(harness.text()).isEqualTo("open");
  }
}
