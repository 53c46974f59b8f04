package dev.collab.client;

import static dev.collab.client.Script.SECRET;
import static dev.collab.client.Script.absent;
import static dev.collab.client.Script.ack;
import static dev.collab.client.Script.done;
import static dev.collab.client.Script.entry;
import static dev.collab.client.Script.insert;
import static dev.collab.client.Script.json;
import static dev.collab.client.Script.refusal;
import static dev.collab.client.Script.state;
import static dev.collab.client.Script.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.client.ScriptedServer.Peer;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.value.JsonValue;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Deleting documents and creating them again, here and elsewhere. */
class LifeCycleTest {

  private static final String CREATED =
      "'create':{'type':'http://sharejs.org/types/textv1','data':'new'}";

  private final Script script = new Script();
  private final SharedDocument<Text, TextOperation> document = script.openAt1("abc");
  private final Journal journal = Journal.of(document);
  private final Peer peer = script.server.peer();

  private static String deletion(long version, long sequence) {
    return json(
        "{'a':'op','c':'c','d':'d','v':"
            + version
            + ",'src':'"
            + SECRET
            + "','seq':"
            + sequence
            + ",'seen':"
            + version
            + ",'del':true}");
  }

  @Test
  void delete_isSentBehindTheEdits() {
    insert(document, 0, "x");
    insert(document, 0, "y");
    var deleted = document.delete();
    assertThat(peer.take()).containsExactly(submission(1, 1, 1, "[\"x\"]"));
    assertThatThrownBy(() -> insert(document, 0, "z")).isInstanceOf(IllegalStateException.class);
    peer.say(ack(1, 1), ack(2, 2));
    assertThat(peer.take()).containsExactly(submission(2, 2, 1, "[\"y\"]"), deletion(3, 3));
    assertThat(document.state()).hasToString("yxabc");
    assertThat(script.result(deleted)).isEqualTo("pending");
    journal.take();
    peer.say(ack(3, 3));
    assertThat(script.result(deleted)).isEqualTo("null");
    assertThat(document.status()).isEqualTo(DocumentStatus.ABSENT);
    assertThat(document.revision()).isEqualTo(4);
    assertThat(journal.take()).containsExactly("deleted []", "ABSENT", "saved");
  }

  @Test
  void delete_whileSomebodyElseEdits_isMerged() {
    var deleted = document.delete();
    script.time.runDue();
    peer.say(entry(1, "'op':['x']"), ack(2, 1));
    assertThat(script.result(deleted)).isEqualTo("null");
    assertThat(document.revision()).isEqualTo(3);
  }

  @Test
  void delete_whileSomebodyElseDeletes_isDoneByBoth() {
    var deleted = document.delete();
    script.time.runDue();
    peer.say(entry(1, "'del':true"));
    assertThat(document.status()).isEqualTo(DocumentStatus.ABSENT);
    peer.say(ack(2, 1));
    assertThat(script.result(deleted)).isEqualTo("null");
    assertThat(document.revision()).isEqualTo(3);
    assertThat(journal.take()).containsExactly("unsaved", "deleted []", "ABSENT", "saved");
  }

  @Test
  void delete_refused_leavesTheDocument() {
    var deleted = document.delete();
    script.time.runDue();
    peer.say(refusal(1, "ERR_FORBIDDEN", ""));
    assertThat(script.result(deleted)).isEqualTo("ERR_FORBIDDEN");
    insert(document, 0, "x");
    assertThat(document.state()).hasToString("xabc");
  }

  @Test
  void delete_ofADocumentThatWasCreatedAgain_leavesTheNewOne() {
    var deleted = document.delete();
    script.time.runDue();
    peer.say(entry(1, "'del':true"), entry(2, CREATED));
    peer.say(refusal(1, "ERR_DOC_ALREADY_CREATED", ""));
    assertThat(script.result(deleted)).isEqualTo("ERR_DOC_ALREADY_CREATED");
    assertThat(document.state()).hasToString("new");
  }

  @Test
  void delete_acknowledgementLost_isSentAgainUnchanged() {
    var deleted = document.delete();
    script.time.runDue();
    Peer second = script.reconnect();
    assertThat(second.take())
        .containsExactly(deletion(1, 1), json("{'a':'s','c':'c','d':'d','v':1}"));
    second.say(ack(1, 1), done("s"));
    assertThat(script.result(deleted)).isEqualTo("null");
  }

  @Test
  void delete_whoseBaseIsGone_isSentUnderANewNumber() {
    var deleted = document.delete();
    script.time.runDue();
    peer.take();
    peer.say(
        refusal(
            1,
            "ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND",
            ",'fate':'not-committed','snapshot':" + Script.data(9, "later")));
    assertThat(peer.take()).containsExactly(json("{'a':'s','c':'c','d':'d','v':null}"));
    peer.say(state("s", 9, "later"));
    assertThat(peer.take()).containsExactly(deletion(9, 2));
    peer.say(ack(9, 2));
    assertThat(script.result(deleted)).isEqualTo("null");
  }

  @Test
  void delete_ofAnAbsentDocument_isDoneAtOnce() {
    peer.say(entry(1, "'del':true"));
    peer.take();
    assertThat(script.result(document.delete())).isEqualTo("null");
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void create_ofAnExistingDocument_isDoneAtOnce() {
    assertThat(script.result(document.create(JsonValue.of("other")))).isEqualTo("null");
    assertThat(document.state()).hasToString("abc");
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void create_ofADeletedDocument_createsItAgain() {
    peer.say(entry(1, "'del':true"));
    var created = document.create(JsonValue.of("new"));
    script.time.runDue();
    peer.say(ack(2, 1));
    assertThat(script.result(created)).isEqualTo("null");
    assertThat(document.state()).hasToString("new");
    assertThat(document.revision()).isEqualTo(3);
  }

  @Test
  void create_concurrentWithCreateAndDeleteElsewhere_isTriedAgain() {
    peer.say(entry(1, "'del':true"));
    var created = document.create(JsonValue.of("new"));
    script.time.runDue();
    peer.take();
    peer.say(refusal(1, "ERR_DOC_WAS_DELETED", ""), absent(4));
    script.time.pass(Duration.ofSeconds(1));
    assertThat(peer.take()).last().asString().contains("\"v\":4").contains("\"seq\":2");
    peer.say(ack(4, 2));
    assertThat(script.result(created)).isEqualTo("null");
    assertThat(document.revision()).isEqualTo(5);
  }

  @Test
  void create_twice_fails() {
    peer.say(entry(1, "'del':true"));
    var first = document.create(JsonValue.of("new"));
    var second = document.create(JsonValue.of("new"));
    assertThat(script.result(second)).isEqualTo("IllegalStateException");
    assertThat(script.result(first)).isEqualTo("pending");
  }

  @Test
  void deletedElsewhere_withEditsUnderWay_handsThemBackAndIgnoresTheirAnswer() {
    insert(document, 0, "x");
    insert(document, 1, "y");
    journal.take();
    peer.say(entry(1, "'del':true"));
    assertThat(journal.take())
        .containsExactly(
            "deleted [" + TextOperation.insert(0, "x") + ", " + TextOperation.insert(1, "y") + "]",
            "ABSENT",
            "saved");
    assertThatThrownBy(document::state).isInstanceOf(IllegalStateException.class);
    peer.say(refusal(1, "ERR_DOC_WAS_DELETED", ""), entry(2, CREATED));
    assertThat(journal.take()).containsExactly("loaded new", "LIVE");
    peer.take();
    insert(document, 0, "z");
    assertThat(peer.take()).containsExactly(submission(3, 2, 3, "[\"z\"]"));
  }

  @Test
  void editsUnderWay_whenCreatedAgain_areNotAppliedToTheNewDocument() {
    insert(document, 0, "x");
    peer.say(entry(1, "'del':true"), entry(2, CREATED), refusal(1, "ERR_DOC_WAS_DELETED", ""));
    assertThat(document.state()).hasToString("new");
    assertThat(document.pendingEdits()).isEmpty();
  }
}
