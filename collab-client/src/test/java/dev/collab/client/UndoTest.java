package dev.collab.client;

import static dev.collab.client.Script.ack;
import static dev.collab.client.Script.data;
import static dev.collab.client.Script.done;
import static dev.collab.client.Script.entry;
import static dev.collab.client.Script.insert;
import static dev.collab.client.Script.json;
import static dev.collab.client.Script.refusal;
import static dev.collab.client.Script.submission;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.collab.client.ScriptedServer.Peer;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.undo.UndoManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Undo of what was done here, whatever the connection and the server do. */
class UndoTest {

  private final Script script = new Script();
  private final SharedDocument<Text, TextOperation> document = script.openAt1("abc");
  private final Peer peer = script.server.peer();
  private final SharedUndo<Text, TextOperation> undo =
      document.openUndo(new UndoManager<>(TextType.TEXT, () -> Instant.EPOCH, 100, Duration.ZERO));

  private void delete(int position, int length) {
    document.edit(TextOperation.delete(position, length));
  }

  private void assertUndo(String expected) {
    assertThat(undo.undo()).isTrue();
    assertThat(document.state()).hasToString(expected);
  }

  private void assertRedo(String expected) {
    assertThat(undo.redo()).isTrue();
    assertThat(document.state()).hasToString(expected);
  }

  @Test
  void undo_besideOthers_isAnEditLikeAnyOther() {
    delete(1, 1);
    peer.say(ack(1, 1), entry(2, "'op':[1,'X']"));
    peer.take();
    assertUndo("abXc");
    assertThat(peer.take()).containsExactly(submission(3, 2, 3, "[1,\"b\"]"));
    assertRedo("aXc");
    assertThat(undo.undo()).isTrue();
    assertThat(undo.undo()).isFalse();
  }

  @Test
  void undo_acrossAReconnect_movesOverWhatCameMeanwhile() {
    insert(document, 3, "def");
    delete(0, 1);
    Peer second = script.reconnect();
    assertUndo("abcdef");
    second.say(entry(1, "'op':[1,'r',2,'s']"), ack(2, 1), done("s"));
    assertThat(document.state()).hasToString("arbcdefs");
    assertUndo("arbcs");
    assertRedo("arbcdefs");
    assertRedo("rbcdefs");
    second.say(ack(3, 2), ack(4, 3));
    assertThat(document.hasUnsavedChanges()).isFalse();
    assertThat(document.state()).hasToString("rbcdefs");
  }

  @Test
  void refusedEdit_isNotThereToBeUndone() {
    delete(0, 1);
    undo.group(
        () -> {
          delete(0, 1);
          insert(document, 1, "d");
        });
    peer.say(ack(1, 1));
    insert(document, 2, "e");
    peer.say(refusal(2, "ERR_OP_SUBMIT_REJECTED", ""));
    assertThat(document.state()).hasToString("bce");
    assertUndo("bc");
    assertUndo("abc");
    assertThat(undo.canUndo()).isFalse();
  }

  @Test
  void refusedEdit_undoneAlready_comesBackOnce() {
    delete(0, 2);
    assertUndo("abc");
    peer.say(refusal(1, "ERR_OP_SUBMIT_REJECTED", ""));
    assertThat(document.state()).hasToString("abc");
    assertThat(document.hasUnsavedChanges()).isFalse();
    assertThat(undo.canUndo()).isFalse();
  }

  @Test
  void refusedUndo_canBeDoneAgain() {
    delete(0, 2);
    peer.say(ack(1, 1));
    assertUndo("abc");
    peer.say(refusal(2, "ERR_OP_SUBMIT_REJECTED", ""));
    assertThat(document.state()).hasToString("c");
    assertThat(undo.canRedo()).isFalse();
    assertUndo("abc");
  }

  @Test
  void resync_keepsTheStepsInTheirPlaces() {
    insert(document, 0, "x");
    insert(document, 4, "y");
    Peer second = script.reconnect();
    String gone = "ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND";
    second.say(
        refusal(1, gone, ",'fate':'not-committed','snapshot':" + data(9, "-abc!")), done("s"));
    assertThat(document.state()).hasToString("x-abcy!");
    assertUndo("x-abc!");
    assertUndo("-abc!");
    assertRedo("x-abc!");
  }

  @Test
  void refusal_afterResync_concernsWhatWasSentThen() {
    delete(0, 1);
    Peer second = script.reconnect();
    String gone = "ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND";
    second.say(
        refusal(1, gone, ",'fate':'not-committed','snapshot':" + data(9, "abc!")), done("s"));
    second.say(refusal(2, "ERR_OP_SUBMIT_REJECTED", ""));
    assertThat(document.state()).hasToString("abc!");
    assertThat(undo.canUndo()).isFalse();
  }

  @Test
  void deletedDocument_isForgotten() {
    insert(document, 0, "x");
    peer.say(ack(1, 1), entry(2, "'del':true"));
    assertThat(undo.canUndo()).isFalse();
    peer.say(entry(3, "'create':{'type':'http://sharejs.org/types/textv1','data':'new'}"));
    assertThat(document.state()).hasToString("new");
    insert(document, 3, "y");
    assertUndo("new");
    assertThat(undo.undo()).isFalse();
  }

  @Test
  void undo_withoutPermission_changesNothing() {
    insert(document, 0, "x");
    peer.say(ack(1, 1), json("{'a':'access','c':'c','d':'d','permission':'read'}"));
    assertThatExceptionOfType(ClientException.class)
        .isThrownBy(undo::undo)
        .satisfies(e -> assertThat(e.code()).isEqualTo(ClientException.READ_ONLY));
    assertThat(undo.canUndo()).isTrue();
    assertThat(undo.canRedo()).isFalse();
  }

  @Test
  void listeners_hearWhatCanBeDone() {
    List<String> events = new ArrayList<>();
    UndoListener listener = (canUndo, canRedo) -> events.add(canUndo + " " + canRedo);
    undo.addListener(listener);
    insert(document, 0, "x");
    insert(document, 0, "y");
    undo.undo();
    undo.undo();
    insert(document, 0, "z");
    undo.removeListener(listener);
    undo.undo();
    assertThat(events).containsExactly("true false", "true true", "false true", "true false");
  }

  @Test
  void close_forgetsAndRecordsNoMore() {
    insert(document, 0, "x");
    undo.close();
    insert(document, 0, "y");
    assertThat(undo.canUndo()).isFalse();
    assertThat(undo.undo()).isFalse();
  }

  @Test
  void group_leftOpen_refusesUndo() {
    undo.beginGroup();
    insert(document, 0, "x");
    assertThatIllegalStateException().isThrownBy(undo::undo);
    undo.endGroup();
    insert(document, 0, "y");
    undo.endStep();
    assertUndo("xabc");
    assertUndo("abc");
  }
}
