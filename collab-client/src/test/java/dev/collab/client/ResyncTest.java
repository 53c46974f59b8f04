package dev.collab.client;

import static dev.collab.client.Script.SECRET;
import static dev.collab.client.Script.ack;
import static dev.collab.client.Script.data;
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
import org.junit.jupiter.api.Test;

/** Going on from the server's state when the entries in between are gone. */
class ResyncTest {

  private static final String GONE = "ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND";
  private static final String WHOLE_STATE = json("{'a':'s','c':'c','d':'d','v':null}");

  private final Script script = new Script();
  private final SharedDocument<Text, TextOperation> document = script.openAt1("abc");
  private final Journal journal = Journal.of(document);

  /** Makes an outstanding edit "x" and a waiting one "y", and reconnects. */
  private Peer away() {
    insert(document, 0, "x");
    insert(document, 4, "y");
    Peer peer = script.reconnect();
    peer.take();
    journal.take();
    return peer;
  }

  private static String answer(String fate, long version, String content) {
    return refusal(1, GONE, ",'fate':'" + fate + "','snapshot':" + data(version, content));
  }

  @Test
  void fateCommitted_countsTheOutstandingEditOnce() {
    Peer peer = away();
    peer.say(answer("committed", 9, "xabc!"), readError("s", GONE, ",'snapshot':" + data(9, "?")));
    assertThat(document.state()).hasToString("xabcy!");
    assertThat(document.revision()).isEqualTo(9);
    assertThat(peer.take()).containsExactly(json("{'a':'s','c':'c','d':'d','v':9}"));
    peer.say(done("s"));
    assertThat(peer.take()).containsExactly(submission(9, 2, 1, "[4,\"y\"]"));
    assertThat(journal.take()).containsExactly("RESYNCED xabcy!", "resynced []");
  }

  @Test
  void fateNotCommitted_submitsItUnderANewNumber() {
    Peer peer = away();
    peer.say(answer("not-committed", 9, "abc!"), readError("s", GONE, ""), state("s", 9, "abc!"));
    assertThat(document.state()).hasToString("xabcy!");
    assertThat(document.pendingEdits()).hasSize(2);
    assertThat(peer.take())
        .endsWith(submission(9, 2, 1, "[\"x\"]"))
        .filteredOn(frame -> frame.contains("\"op\":"))
        .hasSize(1);
    peer.say(ack(9, 2));
    assertThat(peer.take()).containsExactly(submission(10, 3, 1, "[4,\"y\"]"));
  }

  private static String laterLife(String fate) {
    String created = data(9, "abc!").replace("{'v'", "{'created':5,'v'");
    return refusal(1, GONE, ",'fate':'" + fate + "','snapshot':" + created);
  }

  @Test
  void stateOfALaterLife_handsThePendingEditsOverAndMergesNothing() {
    Peer peer = away();
    peer.say(laterLife("not-committed"), readError("s", GONE, ""));
    assertThat(document.state()).hasToString("abc!");
    assertThat(document.pendingEdits()).isEmpty();
    assertThat(journal.take())
        .containsExactly(
            "deleted [" + TextOperation.insert(0, "x") + ", " + TextOperation.insert(4, "y") + "]",
            "loaded abc!",
            "saved");
    assertThat(peer.take()).containsExactly(WHOLE_STATE);
  }

  @Test
  void stateOfALaterLife_withTheOutstandingEditCommitted_handsOverTheOthers() {
    Peer peer = away();
    peer.say(laterLife("committed"), readError("s", GONE, ""));
    assertThat(document.state()).hasToString("abc!");
    assertThat(journal.take())
        .contains("deleted [" + TextOperation.insert(4, "y") + "]", "loaded abc!");
  }

  @Test
  void fateUnknown_isGuessedFromTheState() {
    Peer peer = away();
    peer.say(answer("unknown", 9, "xabc"));
    assertThat(document.state()).hasToString("xabcy");
    assertThat(document.pendingEdits()).hasSize(1);
  }

  @Test
  void fateWithoutState_isFollowedByTheState() {
    Peer peer = away();
    peer.say(refusal(1, GONE, ",'fate':'committed'"), done("s"));
    assertThat(peer.take()).containsExactly(WHOLE_STATE);
    assertThat(document.revision()).isEqualTo(1);
    peer.say(state("s", 9, "xabc"));
    assertThat(document.state()).hasToString("xabcy");
    assertThat(peer.take()).containsExactly(submission(9, 2, 1, "[4,\"y\"]"));
  }

  @Test
  void baseDialect_entriesGone_asksForTheStateAndGuesses() {
    Peer peer = away();
    peer.say(refusal(1, GONE, ""), readError("s", GONE, ""));
    assertThat(peer.take()).containsExactly(WHOLE_STATE);
    peer.say(state("s", 9, "xabc"));
    assertThat(document.state()).hasToString("xabcy");
    assertThat(document.pendingEdits()).hasSize(1);
  }

  @Test
  void subscriptionTooFarBehind_waitsForTheFateOfTheOutstandingEdit() {
    Peer peer = away();
    peer.say(readError("s", GONE, ",'snapshot':" + data(9, "xabc")));
    assertThat(document.revision()).isEqualTo(1);
    assertThat(peer.take()).isEmpty();
    peer.say(ack(5, 1));
    assertThat(peer.take()).containsExactly(json("{'a':'f','c':'c','d':'d','v':1}"), WHOLE_STATE);
    peer.say(readError("f", GONE, ",'snapshot':" + data(9, "xabc")), state("s", 9, "xabc"));
    assertThat(document.state()).hasToString("xabcy");
    assertThat(document.pendingEdits()).containsExactly(TextOperation.insert(4, "y"));
  }

  @Test
  void subscriptionTooFarBehind_withNothingOutstanding_goesOnFromItsState() {
    script.client.disconnect();
    script.time.runDue();
    insert(document, 3, "y");
    Peer peer = script.connect();
    peer.take();
    journal.take();
    peer.say(readError("s", GONE, ",'snapshot':" + data(9, "!abc")));
    assertThat(document.state()).hasToString("!abcy");
    assertThat(peer.take()).containsExactly(json("{'a':'s','c':'c','d':'d','v':9}"));
    peer.say(entry(9, "'op':['?']"), done("s"));
    assertThat(document.state()).hasToString("?!abcy");
    assertThat(peer.take()).containsExactly(submission(10, 1, 1, "[5,\"y\"]"));
    assertThat(journal.take()).containsExactly("RESYNCED !abcy", "resynced []", "REMOTE ?!abcy");
  }

  @Test
  void subscriptionRefusedWithoutCode_asksForTheStateOnce() {
    Peer peer = script.reconnect();
    peer.take();
    peer.say("{'a':'s','c':'c','d':'d','v':1,'error':{'message':'Missing ops'}}");
    assertThat(peer.take()).containsExactly(WHOLE_STATE);
    peer.say("{'a':'s','c':'c','d':'d','v':null,'error':{'message':'Missing ops'}}");
    assertThat(peer.take()).isEmpty();
    assertThat(journal.take()).containsExactly("error ERR_UNKNOWN_ERROR");
    assertThat(document.state()).hasToString("abc");
  }

  @Test
  void serverBehindThisReplica_goesOnFromItsState() {
    Peer peer = away();
    peer.say(
        refusal(1, "ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT", ""),
        readError("s", "ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT", ""));
    assertThat(peer.take()).containsExactly(WHOLE_STATE);
    peer.say(state("s", 0, "ab"));
    assertThat(document.state()).hasToString("xaby");
    assertThat(document.revision()).isZero();
    assertThat(peer.take())
        .containsExactly(submission(0, 2, 1, "[\"x\"]").replace("\"seen\":1", "\"seen\":0"));
  }

  @Test
  void resyncInterrupted_byALostConnection_isResumed() {
    Peer peer = away();
    peer.say(refusal(1, GONE, ",'fate':'committed'"), done("s"));
    Peer third = script.reconnect();
    assertThat(third.take()).containsExactly(submission(1, 1, 1, "[\"x\"]"));
    third.say(answer("committed", 9, "xabc"));
    assertThat(document.state()).hasToString("xabcy");
    assertThat(document.pendingEdits()).hasSize(1);
  }

  @Test
  void entriesBehindTheState_areTakenIn() {
    Peer peer = script.server.peer();
    insert(document, 0, "x");
    peer.take();
    peer.say(answer("not-committed", 5, "abc"), entry(5, "'op':['r']"));
    assertThat(peer.take()).first().isEqualTo(json("{'a':'f','c':'c','d':'d','v':5}"));
    assertThat(document.revision()).isEqualTo(6);
    assertThat(document.state()).hasToString("xrabc");
  }

  @Test
  void lateAcknowledgement_ofWhatWasGivenUp_isReconciled() {
    Peer peer = script.server.peer();
    insert(document, 0, "x");
    peer.take();
    peer.say(answer("unknown", 5, "abc"));
    assertThat(document.pendingEdits()).hasSize(1);
    peer.take();
    peer.say(ack(5, 1));
    assertThat(document.revision()).isEqualTo(5);
    assertThat(peer.take()).isEmpty();
    peer.say(ack(5, 2));
    assertThat(document.hasUnsavedChanges()).isFalse();
    assertThat(SECRET).isNotEmpty();
  }
}
