package dev.collab.client;

import static dev.collab.client.Script.ack;
import static dev.collab.client.Script.done;
import static dev.collab.client.Script.entry;
import static dev.collab.client.Script.insert;
import static dev.collab.client.Script.json;
import static dev.collab.client.Script.readError;
import static dev.collab.client.Script.refusal;
import static dev.collab.client.Script.state;
import static dev.collab.client.Script.submission;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.client.ScriptedServer.Peer;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Entries that come twice, too early or not at all. */
class CatchUpTest {

  private static final String FETCH_AT_1 = json("{'a':'f','c':'c','d':'d','v':1}");

  private final Script script = new Script();
  private final SharedDocument<Text, TextOperation> document = script.openAt1("abc");
  private final Journal journal = Journal.of(document);
  private final Peer peer = script.server.peer();

  @Test
  void gap_isFilledByOneFetch() {
    peer.say(entry(3, "'op':['3']"), entry(4, "'op':['4']"), entry(5, "'op':['5']"));
    assertThat(peer.take()).containsExactly(FETCH_AT_1);
    assertThat(document.revision()).isEqualTo(1);
    peer.say(entry(1, "'op':['1']"), entry(2, "'op':['2']"), entry(3, "'op':['3']"));
    peer.say(entry(4, "'op':['4']"), entry(5, "'op':['5']"), done("f"));
    assertThat(document.state()).hasToString("54321abc");
    assertThat(document.revision()).isEqualTo(6);
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void fetch_thatEndsBeforeWhatWasDropped_isFollowedByAnother() {
    peer.say(entry(3, "'op':['3']"));
    peer.say(entry(1, "'op':['1']"), done("f"));
    assertThat(peer.take()).containsExactly(FETCH_AT_1, json("{'a':'f','c':'c','d':'d','v':2}"));
  }

  @Test
  void fetch_withoutWhatWasAnnounced_isRepeatedLater() {
    peer.say(entry(3, "'op':['3']"), done("f"));
    assertThat(peer.take()).containsExactly(FETCH_AT_1);
    script.time.pass(Duration.ofSeconds(1));
    assertThat(peer.take()).containsExactly(FETCH_AT_1);
  }

  @Test
  void duplicateEntry_isIgnored() {
    peer.say(entry(1, "'op':['x']"), entry(1, "'op':['x']"), entry(0, "'op':['y']"));
    assertThat(document.state()).hasToString("xabc");
    assertThat(peer.take()).isEmpty();
    assertThat(journal.take()).containsExactly("REMOTE xabc");
  }

  @Test
  void entryWithoutEffect_takesItsRevision() {
    peer.say("{'v':1,'src':'','seq':0,'a':'op','c':'c','d':'d'}", entry(2, "'op':['x']"));
    assertThat(document.revision()).isEqualTo(3);
    assertThat(document.state()).hasToString("xabc");
  }

  @Test
  void acknowledgementAheadOfEntries_isSettledByTheFetch() {
    insert(document, 0, "x");
    peer.take();
    peer.say(ack(2, 1));
    assertThat(peer.take()).containsExactly(FETCH_AT_1);
    assertThat(document.hasUnsavedChanges()).isTrue();
    insert(document, 1, "y");
    assertThat(peer.take()).isEmpty();
    peer.say(entry(1, "'op':['r']"), ack(2, 1), done("f"));
    assertThat(document.state()).hasToString("xyrabc");
    assertThat(peer.take()).containsExactly(submission(3, 2, 1, "[1,\"y\"]"));
  }

  @Test
  void gap_whileSubscribing_needsNoFetch() {
    Peer second = script.reconnect();
    second.take();
    second.say(entry(3, "'op':['3']"));
    assertThat(second.take()).isEmpty();
    second.say(entry(1, "'op':['1']"), entry(2, "'op':['2']"), entry(3, "'op':['3']"), done("s"));
    assertThat(document.revision()).isEqualTo(4);
    assertThat(second.take()).isEmpty();
  }

  @Test
  void entriesThatOvertakeTheFirstState_areFetched() {
    Script fresh = new Script();
    Peer other = fresh.connect();
    SharedDocument<Text, TextOperation> loading = fresh.open();
    other.take();
    other.say(entry(1, "'op':['x']"), state("s", 1, "abc"));
    assertThat(other.take()).containsExactly(FETCH_AT_1);
    other.say(entry(1, "'op':['x']"), done("f"));
    assertThat(loading.state()).hasToString("xabc");
  }

  @Test
  void stateOlderThanWhatIsHere_inAnswerToASubscriptionWithVersion_isNotUsed() {
    Peer second = script.reconnect();
    second.say(entry(1, "'op':['x']"), entry(2, "'op':['y']"), state("s", 2, "xabc"));
    assertThat(document.state()).hasToString("yxabc");
    assertThat(document.revision()).isEqualTo(3);
    assertThat(second.take()).doesNotContain(FETCH_AT_1);
  }

  @Test
  void fetch_unavailable_isRepeatedLater() {
    peer.say(entry(3, "'op':['3']"), readError("f", "ERR_UNAVAILABLE", ""));
    peer.take();
    script.time.pass(Duration.ofSeconds(1));
    assertThat(peer.take()).containsExactly(FETCH_AT_1);
    assertThat(journal.take()).containsExactly("error ERR_UNAVAILABLE");
  }

  @Test
  void fetch_forbidden_isReportedAndTheSubscriptionIsAskedForAgain() {
    peer.say(entry(3, "'op':['3']"));
    var synced = document.sync();
    peer.say(readError("f", "ERR_FORBIDDEN", ""));
    assertThat(journal.take()).containsExactly("error ERR_FORBIDDEN");
    assertThat(script.result(synced)).isEqualTo("ERR_FORBIDDEN");
    assertThat(peer.take()).containsExactly(FETCH_AT_1);
    script.time.pass(Duration.ofSeconds(2));
    assertThat(peer.take()).containsExactly(json("{'a':'s','c':'c','d':'d','v':1}"));
  }

  @Test
  void sync_completesWhenTheFetchIsAnswered() {
    var synced = document.sync();
    assertThat(peer.take()).containsExactly(FETCH_AT_1);
    assertThat(script.result(synced)).isEqualTo("pending");
    peer.say(entry(1, "'op':['x']"), done("f"));
    assertThat(script.result(synced)).isEqualTo("null");
    assertThat(document.revision()).isEqualTo(2);
  }

  @Test
  void sync_duringAFetch_asksOnceMore() {
    peer.say(entry(2, "'op':['2']"));
    peer.take();
    var synced = document.sync();
    peer.say(entry(1, "'op':['1']"), entry(2, "'op':['2']"), done("f"));
    assertThat(script.result(synced)).isEqualTo("pending");
    assertThat(peer.take()).containsExactly(json("{'a':'f','c':'c','d':'d','v':3}"));
    peer.say(done("f"));
    assertThat(script.result(synced)).isEqualTo("null");
  }

  @Test
  void sync_whileDisconnected_completesBehindTheNextConnection() {
    peer.close();
    var synced = document.sync();
    script.time.pass(Duration.ofSeconds(1));
    Peer second = script.shakeHands(Script.SECRET);
    second.say(done("s"));
    assertThat(second.take()).endsWith(FETCH_AT_1);
    second.say(done("f"));
    assertThat(script.result(synced)).isEqualTo("null");
  }

  @Test
  void entryThatDoesNotFit_harmsThisDocumentOnly() {
    insert(document, 0, "mine");
    peer.say(ack(1, 1));
    peer.take();
    journal.take();
    peer.say(entry(2, "'op':[1000,'x']"));
    assertThat(journal.take()).containsExactly("error ERR_OT_OP_NOT_APPLIED");
    assertThat(peer.closeCode()).isZero();
    assertThat(peer.take()).containsExactly(json("{'a':'s','c':'c','d':'d','v':null}"));
    peer.say(state("s", 3, "theirs"));
    assertThat(document.state()).hasToString("theirs");
    assertThat(document.revision()).isEqualTo(3);
  }

  @Test
  void deletedWhileAway_handsPendingEditsBack() {
    insert(document, 0, "x");
    peer.say(ack(1, 1));
    insert(document, 0, "y");
    Peer second = script.reconnect();
    journal.take();
    second.say(refusal(2, "ERR_DOC_WAS_DELETED", ""), entry(2, "'del':true"), done("s"));
    assertThat(journal.take())
        .containsExactly("deleted [" + TextOperation.insert(0, "y") + "]", "ABSENT", "saved");
    second.say(entry(3, "'create':{'type':'http://sharejs.org/types/textv1'}"));
    assertThat(journal.take()).containsExactly("loaded ", "LIVE");
    second.take();
    insert(document, 0, "z");
    assertThat(second.take()).containsExactly(submission(4, 3, 4, "[\"z\"]"));
  }

  @Test
  void stateOfNothing_whileLive_isADeletion() {
    insert(document, 0, "x");
    peer.say(
        refusal(
            1,
            "ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND",
            ",'fate':'not-committed','snapshot':{'v':9,'type':null}"));
    assertThat(journal.take()).contains("deleted [" + TextOperation.insert(0, "x") + "]");
    assertThat(document.revision()).isEqualTo(9);
  }
}
