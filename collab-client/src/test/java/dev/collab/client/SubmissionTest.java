package dev.collab.client;

import static dev.collab.client.Script.SECRET;
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
import dev.collab.document.DocumentId;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One submission at a time, and what its answers mean. */
class SubmissionTest {

  private static final String SUBSCRIBE_AT_1 = json("{'a':'s','c':'c','d':'d','v':1}");

  private final Script script = new Script();
  private final SharedDocument<Text, TextOperation> document = script.openAt1("abc");
  private final Journal journal = Journal.of(document);
  private final Peer peer = script.server.peer();

  @Test
  void edits_whileOneIsOutstanding_areComposedAndSentBehindItsAcknowledgement() {
    insert(document, 0, "x");
    insert(document, 1, "y");
    insert(document, 2, "z");
    assertThat(peer.take()).containsExactly(submission(1, 1, 1, "[\"x\"]"));
    peer.say(ack(1, 1));
    assertThat(peer.take()).containsExactly(submission(2, 2, 1, "[1,\"yz\"]"));
    assertThat(document.hasUnsavedChanges()).isTrue();
    peer.say(ack(2, 2));
    assertThat(document.hasUnsavedChanges()).isFalse();
    assertThat(document.revision()).isEqualTo(3);
    assertThat(journal.take())
        .containsExactly("LOCAL xabc", "unsaved", "LOCAL xyabc", "LOCAL xyzabc", "saved");
  }

  @Test
  void sequence_growsOverAllDocuments() {
    SharedDocument<Text, TextOperation> other =
        script.client.open(new DocumentId("c", "e"), TextType.TEXT);
    script.time.runDue();
    peer.say(state("s", 1, "").replace("'d':'d'", "'d':'e'"));
    peer.take();
    insert(document, 0, "x");
    insert(other, 0, "y");
    assertThat(peer.take())
        .containsExactly(
            submission(1, 1, 1, "[\"x\"]"),
            submission(1, 2, 1, "[\"y\"]").replace("\"d\":\"d\"", "\"d\":\"e\""));
  }

  @Test
  void remoteEdit_whileOneIsOutstanding_isMerged() {
    insert(document, 1, "x");
    insert(document, 2, "y");
    peer.say(entry(1, "'op':['r']"), entry(2, "'op':[1,'s']"));
    assertThat(document.state()).hasToString("rsaxybc");
    assertThat(journal.take())
        .containsExactly("LOCAL axbc", "unsaved", "LOCAL axybc", "REMOTE raxybc", "REMOTE rsaxybc");
    peer.take();
    peer.say(ack(3, 1));
    assertThat(peer.take()).containsExactly(submission(4, 2, 1, "[4,\"y\"]"));
  }

  @Test
  void reconnect_withOutstandingSubmission_sendsItUnchangedBeforeSubscribing() {
    insert(document, 1, "x");
    peer.say(entry(1, "'op':['r']"));
    insert(document, 3, "y");
    peer.take();
    Peer second = script.reconnect();
    assertThat(second.take())
        .containsExactly(submission(1, 1, 1, "[1,\"x\"]"), json("{'a':'s','c':'c','d':'d','v':2}"));
    second.say(entry(1, "'op':['r']"), entry(2, "'op':['s']"), ack(3, 1));
    assertThat(second.take()).isEmpty();
    second.say(done("s"));
    assertThat(second.take()).containsExactly(submission(4, 2, 2, "[4,\"y\"]"));
    second.say(ack(4, 2));
    assertThat(document.state()).hasToString("sraxybc");
    assertThat(document.hasUnsavedChanges()).isFalse();
  }

  @Test
  void ownEntry_inCatchUp_isTheAcknowledgement() {
    insert(document, 0, "x");
    Peer second = script.reconnect();
    String own = "{'a':'op','c':'c','d':'d','v':2,'src':'" + SECRET + "','seq':1,'op':[1,'x']}";
    second.say(entry(1, "'op':['r']"), own, entry(3, "'op':['s']"), done("s"));
    assertThat(document.hasUnsavedChanges()).isFalse();
    assertThat(document.revision()).isEqualTo(4);
    assertThat(document.state()).hasToString("sxrabc");
    second.take();
    second.say(ack(2, 1));
    assertThat(document.revision()).isEqualTo(4);
    assertThat(second.take()).isEmpty();
  }

  @Test
  void refusedSubmission_isUndoneAndTheOthersStay() {
    insert(document, 0, "x");
    insert(document, 4, "y");
    peer.take();
    journal.take();
    peer.say(refusal(1, "ERR_OP_SUBMIT_REJECTED", ""));
    assertThat(document.state()).hasToString("abcy");
    assertThat(journal.take())
        .containsExactly(
            "REJECTED abcy", "rejected ERR_OP_SUBMIT_REJECTED " + TextOperation.insert(0, "x"));
    assertThat(peer.take()).containsExactly(submission(1, 2, 1, "[3,\"y\"]"));
    peer.say(refusal(1, "ERR_OP_SUBMIT_REJECTED", ""));
    assertThat(document.state()).hasToString("abcy");
  }

  @Test
  void submissionRefusedForNow_isSentAgainLater() {
    insert(document, 0, "x");
    peer.take();
    peer.say(refusal(1, "ERR_UNAVAILABLE", ""));
    insert(document, 1, "y");
    assertThat(peer.take()).isEmpty();
    script.time.pass(Duration.ofMillis(100));
    assertThat(peer.take()).containsExactly(submission(1, 1, 1, "[\"x\"]"));
    peer.say(refusal(1, "ERR_RATE_EXCEEDED", ""));
    script.time.pass(Duration.ofMillis(200));
    assertThat(peer.take()).containsExactly(submission(1, 1, 1, "[\"x\"]"));
    peer.say(ack(1, 1));
    assertThat(peer.take()).containsExactly(submission(2, 2, 1, "[1,\"y\"]"));
    assertThat(journal.take())
        .containsExactly("LOCAL xabc", "unsaved", "error ERR_UNAVAILABLE", "LOCAL xyabc");
  }

  @Test
  void submissionRefusedForNow_isNotSentTwiceAfterAReconnect() {
    insert(document, 0, "x");
    peer.say(refusal(1, "ERR_UNAVAILABLE", ""));
    Peer second = script.reconnect();
    second.say(done("s"));
    script.time.pass(Duration.ofSeconds(5));
    assertThat(second.take()).containsExactly(submission(1, 1, 1, "[\"x\"]"), SUBSCRIBE_AT_1);
  }

  @Test
  void submissionWithoutEffect_isDroppedSilentlyBehindACatchUp() {
    document.edit(TextOperation.delete(0, 1));
    peer.take();
    journal.take();
    peer.say(refusal(1, "ERR_NO_OP", ""));
    assertThat(peer.take()).containsExactly(json("{'a':'f','c':'c','d':'d','v':1}"));
    peer.say(entry(1, "'op':[{'d':1}]"), done("f"));
    assertThat(document.hasUnsavedChanges()).isFalse();
    assertThat(document.state()).hasToString("bc");
    assertThat(journal.take()).containsExactly("saved");
  }

  @Test
  void editOfADeletedDocument_isHandedBackByTheDeletion() {
    insert(document, 0, "x");
    peer.take();
    journal.take();
    peer.say(refusal(1, "ERR_DOC_WAS_DELETED", ""));
    assertThat(document.state()).hasToString("xabc");
    assertThat(peer.take()).containsExactly(json("{'a':'f','c':'c','d':'d','v':1}"));
    peer.say(entry(1, "'del':true"), done("f"));
    assertThat(journal.take())
        .containsExactly("deleted [" + TextOperation.insert(0, "x") + "]", "ABSENT", "saved");
  }

  @Test
  void editOfADeletedDocument_whenTheServerLeavesEntriesOut_waitsForTheDeletion() {
    insert(document, 0, "x");
    peer.take();
    journal.take();
    peer.say(refusal(1, "ERR_DOC_WAS_DELETED", ""));
    peer.take();
    String created = "'create':{'type':'http://sharejs.org/types/textv1','data':'new'}";
    peer.say(entry(1, "'op':['y']"), entry(3, created), done("f"));
    assertThat(peer.take()).containsExactly(json("{'a':'f','c':'c','d':'d','v':2}"));
    peer.say(entry(2, "'del':true"), entry(3, created), done("f"));
    assertThat(journal.take())
        .contains("deleted [" + TextOperation.insert(0, "x") + "]")
        .noneMatch(event -> event.startsWith("rejected"));
    assertThat(document.state()).hasToString("new");
  }

  @Test
  void editRefusedAsOfADeletedDocument_thatWasNotDeleted_isRejected() {
    insert(document, 0, "x");
    peer.say(refusal(1, "ERR_DOC_DOES_NOT_EXIST", ""), done("f"));
    assertThat(document.state()).hasToString("abc");
    assertThat(journal.take()).contains("rejected ERR_DOC_DOES_NOT_EXIST " + first());
  }

  @Test
  void editOfADeletedDocument_whileSubscribingIsPutOff_waitsForTheCatchUp() {
    insert(document, 0, "x");
    Peer second = script.reconnect();
    journal.take();
    second.say(readError("s", "ERR_UNAVAILABLE", ""), refusal(1, "ERR_DOC_WAS_DELETED", ""));
    script.time.pass(Duration.ofSeconds(1));
    assertThat(second.take()).endsWith(json("{'a':'f','c':'c','d':'d','v':1}"), SUBSCRIBE_AT_1);
    assertThat(journal.take()).containsExactly("error ERR_UNAVAILABLE");
    second.say(entry(1, "'del':true"), done("f"));
    assertThat(journal.take())
        .containsExactly("deleted [" + TextOperation.insert(0, "x") + "]", "ABSENT", "saved");
  }

  private static TextOperation first() {
    return TextOperation.insert(0, "x");
  }

  @Test
  void edit_heavierThanTheLimit_isSplit() {
    insert(document, 0, "x".repeat(2500));
    for (int i = 1; i <= 3; i++) {
      assertThat(peer.take()).singleElement().asString().contains("\"seq\":" + i);
      peer.say(ack(i, i));
    }
    assertThat(document.hasUnsavedChanges()).isFalse();
    assertThat(document.revision()).isEqualTo(4);
    assertThat(document.state().length()).isEqualTo(2503);
  }

  @Test
  void edit_whoseFrameIsTooLong_isRejectedHere() {
    insert(document, 0, "\u0001".repeat(900)); // 6 characters each on the wire
    assertThat(peer.take()).isEmpty();
    assertThat(document.state()).hasToString("abc");
    assertThat(journal.take()).contains("REJECTED abc", "saved");
    insert(document, 0, "y");
    assertThat(peer.take()).hasSize(1);
  }

  @Test
  void anotherIdAfterReconnect_outstandingIsSettledBeforeSubscribing() {
    insert(document, 0, "x");
    peer.close();
    script.time.pass(Duration.ofSeconds(1));
    Peer second = script.shakeHands("tttttttttttttttttttttt");
    assertThat(second.take()).containsExactly(submission(1, 1, 1, "[\"x\"]"));
    second.say(ack(1, 1));
    assertThat(second.take()).containsExactly(json("{'a':'s','c':'c','d':'d','v':2}"));
    second.say(done("s"));
    insert(document, 0, "y");
    assertThat(second.take())
        .singleElement()
        .asString()
        .contains("\"src\":\"tttttttttttttttttttttt\",\"seq\":2");
  }

  @Test
  void anotherIdAfterReconnect_oldOneRefused_goesOnFromTheState() {
    insert(document, 0, "x");
    peer.close();
    script.time.pass(Duration.ofSeconds(1));
    Peer second = script.shakeHands("tttttttttttttttttttttt");
    second.take();
    journal.take();
    second.say(refusal(1, "ERR_SOURCE_NOT_OWNED", ""));
    assertThat(second.take()).containsExactly(json("{'a':'s','c':'c','d':'d','v':null}"));
    second.say(state("s", 2, "xabc"));
    assertThat(document.state()).hasToString("xabc");
    assertThat(document.hasUnsavedChanges()).isFalse();
    assertThat(journal.take()).containsExactly("resynced []", "saved");
  }

  @Test
  void answerToNothing_isIgnored() {
    peer.say(ack(0, 7), refusal(7, "ERR_OP_SUBMIT_REJECTED", ""), done("f"), done("s"));
    peer.say(readError("f", "ERR_UNKNOWN_ERROR", ""), state("s", 9, "nonsense"));
    assertThat(document.state()).hasToString("abc");
    assertThat(document.revision()).isEqualTo(1);
    assertThat(peer.take()).isEmpty();
    assertThat(journal.take()).isEmpty();
  }
}
