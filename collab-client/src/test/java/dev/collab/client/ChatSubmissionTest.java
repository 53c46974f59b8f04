package dev.collab.client;

import static dev.collab.client.ChatRoomTest.error;
import static dev.collab.client.ChatRoomTest.event;
import static dev.collab.client.ChatRoomTest.message;
import static dev.collab.client.ChatRoomTest.posted;
import static dev.collab.client.ChatRoomTest.state;
import static dev.collab.client.ChatRoomTest.subscribe;
import static dev.collab.client.Script.SECRET;
import static dev.collab.client.Script.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.chat.ChatEvent;
import dev.collab.chat.ChatMessage;
import dev.collab.client.ScriptedServer.Peer;
import dev.collab.operation.CollabException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One event at a time, and what its answers mean. */
class ChatSubmissionTest {

  private final Script script = new Script();
  private final Peer peer = script.connect();
  private final SharedChatRoom room = script.client.chat("r");
  private final ChatJournal journal = ChatJournal.of(room);

  ChatSubmissionTest() {
    script.time.runDue();
    peer.say(state(1, 1, 1, message(1, "one")));
    peer.take();
    journal.take();
  }

  private static String submission(long sequence, String text) {
    return json("{'a':'cp','r':'r','seq':" + sequence + ",'e':{'post':{'text':'" + text + "'}}}");
  }

  private static String again(long sequence, String text) {
    return submission(sequence, text).replace("}}}", "}},\"src\":\"" + SECRET + "\"}");
  }

  private static String ack(long sequence, long version, String change) {
    return "{'a':'cp','r':'r','seq':" + sequence + ",'v':" + version + ",'e':{" + change + "}}";
  }

  private static String refusal(long sequence, String code) {
    return error("cp", code, "'seq':" + sequence + ",");
  }

  @Test
  void posts_whileOneIsOutstanding_waitInOrder() {
    CompletionStage<ChatMessage> a = room.post("a");
    CompletionStage<ChatMessage> b = room.post("b");
    assertThat(peer.take()).containsExactly(submission(1, "a"));
    peer.say(ack(1, 1, posted(2, "a")));
    assertThat(script.result(a)).isEqualTo("message 2 of u");
    assertThat(script.result(b)).isEqualTo("pending");
    assertThat(peer.take()).containsExactly(submission(2, "b"));
    peer.say(event(2, posted(3, "c")), ack(2, 3, posted(4, "b")));
    assertThat(script.result(b)).isEqualTo("message 4 of u");
    assertThat(journal.texts()).containsExactly("one", "a", "c", "b");
    assertThat(room.state().pending()).isEmpty();
  }

  @Test
  void acknowledgement_isToldAsChangeThenPendingThenStage() {
    var unused = room.post("a").thenRun(() -> journal.note("stage"));
    script.time.runDue();
    peer.say(ack(1, 1, posted(2, "a")));
    assertThat(journal.take())
        .containsExactly("pending [1 POST]", "change [POST]", "pending []", "stage");
  }

  @Test
  void listener_thatPostsInTurn_isNotToldRecursively() {
    room.addListener(
        new ChatListener() {
          @Override
          public void onRejected(ChatEvent event, CollabException error) {
            journal.note("again");
            var unused = room.post("again");
          }
        });
    var unused = room.post("a");
    script.time.runDue();
    peer.take();
    peer.say(refusal(1, "ERR_INVENTED"));
    assertThat(journal.take())
        .containsExactly(
            "pending [1 POST]",
            "rejected POST ERR_INVENTED",
            "again",
            "pending []",
            "pending [2 POST]");
    assertThat(peer.take()).containsExactly(submission(2, "again"));
  }

  @Test
  void reconnect_sendsTheOutstandingOneAgainUnchangedBeforeSubscribing() {
    CompletionStage<ChatMessage> a = room.post("a");
    var b = room.post("b");
    Peer second = script.reconnect();
    assertThat(second.take()).containsExactly(again(1, "a"), subscribe("1"));
    second.say(ack(1, 2, posted(3, "a")));
    assertThat(script.result(a)).isEqualTo("message 3 of u");
    assertThat(room.state().pending()).hasSize(2); // the view does not have it yet
    assertThat(second.take()).containsExactly(submission(2, "b"));
    second.say(event(1, posted(2, "x")), event(2, posted(3, "a")), "{'a':'cs','r':'r','v':3}");
    assertThat(journal.texts()).containsExactly("one", "x", "a");
    assertThat(room.state().pending()).hasSize(1);
    second.say(ack(2, 3, posted(4, "b")));
    assertThat(script.result(b)).isEqualTo("message 4 of u");
    assertThat(room.state().pending()).isEmpty();
  }

  @Test
  void acknowledgement_ofWhatTheViewHas_changesNothing() {
    CompletionStage<ChatMessage> a = room.post("a");
    Peer second = script.reconnect();
    second.say(event(1, posted(2, "a")), "{'a':'cs','r':'r','v':2}", ack(1, 1, posted(2, "a")));
    assertThat(script.result(a)).isEqualTo("message 2 of u");
    assertThat(journal.texts()).containsExactly("one", "a");
  }

  @Test
  void acknowledgement_thatNoLongerKnowsTheEvent_isNotTakenIn() {
    CompletionStage<ChatMessage> a = room.post("a");
    Peer second = script.reconnect();
    second.say("{'a':'cs','r':'r','v':1}");
    second.take();
    second.say(ack(1, 1, "'all':[]"));
    assertThat(script.result(a)).isEqualTo(ClientException.CHAT_FORGOTTEN);
    assertThat(journal.rejectedTexts()).isEmpty();
    assertThat(room.view().version()).isEqualTo(1);
    assertThat(second.take()).containsExactly(subscribe("1"));
    second.say(state(9, 1, 5, message(5, "five")));
    assertThat(journal.texts()).containsExactly("five");
    assertThat(room.state().pending()).isEmpty();
  }

  @Test
  void acknowledgement_thatCannotBeRead_isOneAllTheSame() {
    var deleted = room.delete(1);
    script.time.runDue();
    peer.take();
    peer.say(ack(1, 1, "'delete':{'id':1}"));
    assertThat(script.result(deleted)).isEqualTo("null");
    assertThat(journal.take()).contains("error ERR_CHAT_UNREADABLE");
    assertThat(peer.take()).containsExactly(subscribe("null"));
  }

  @Test
  void rateExceeded_waitsAsLongAsToldAndKeepsTheOrder() {
    CompletionStage<ChatMessage> a = room.post("a");
    var unused = room.post("b");
    script.time.runDue();
    peer.take();
    peer.say(
        "{'a':'cp','r':'r','seq':1,'error':"
            + "{'code':'ERR_RATE_EXCEEDED','message':'no','retryAfter':20000}}");
    script.time.pass(Duration.ofSeconds(19));
    assertThat(peer.take()).isEmpty();
    script.time.pass(Duration.ofSeconds(2));
    assertThat(peer.take()).containsExactly(again(1, "a"));
    peer.say(ack(1, 1, posted(2, "a")));
    assertThat(script.result(a)).isEqualTo("message 2 of u");
    assertThat(peer.take()).containsExactly(submission(2, "b"));
    assertThat(journal.take()).doesNotContain("error ERR_RATE_EXCEEDED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERR_UNAVAILABLE", "ERR_MAX_SUBMIT_RETRIES_EXCEEDED", "ERR_LOG_CORRUPT"})
  void refusalForTheMoment_isToldOnceAndSentAgain(String code) {
    CompletionStage<ChatMessage> a = room.post("a");
    script.time.runDue();
    peer.take();
    for (int i = 0; i < 3; i++) {
      peer.say(refusal(1, code));
      script.time.pass(Duration.ofSeconds(1));
      assertThat(peer.take()).containsExactly(again(1, "a"));
    }
    assertThat(journal.take()).containsExactly("pending [1 POST]", "error " + code);
    assertThat(script.result(a)).isEqualTo("pending");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ERR_OP_SEQUENCE_SUPERSEDED", "ERR_FORBIDDEN", "ERR_CHAT_TEXT_TOO_LONG", "MINE"})
  void refusal_handsTheTextBackAndGoesOn(String code) {
    CompletionStage<ChatMessage> a = room.post("a");
    CompletionStage<ChatMessage> b = room.post("b");
    script.time.runDue();
    peer.take();
    peer.say(refusal(1, code));
    assertThat(script.result(a)).isEqualTo(code);
    assertThat(journal.rejectedTexts()).containsExactly("a");
    assertThat(peer.take()).containsExactly(submission(2, "b"));
    peer.say(refusal(1, code));
    assertThat(script.result(b)).isEqualTo("pending");
  }

  @Test
  void changedId_handsBackWhatMayHaveHappened_andSendsTheRestUnderTheNewOne() {
    CompletionStage<ChatMessage> a = room.post("a");
    CompletionStage<ChatMessage> b = room.post("b");
    script.time.runDue();
    script.server.peer().close();
    script.time.pass(Duration.ofSeconds(1));
    Peer second = script.shakeHands("tttttttttttttttttttttt");
    assertThat(second.take()).containsExactly(again(1, "a"), subscribe("1"));
    second.say(refusal(1, "ERR_SOURCE_NOT_OWNED"));
    assertThat(script.result(a)).isEqualTo(ClientException.CHAT_UNDECIDED);
    assertThat(journal.rejectedTexts()).containsExactly("a");
    assertThat(second.take()).containsExactly(submission(2, "b"));
    second.say(ack(2, 1, posted(2, "b")));
    assertThat(script.result(b)).isEqualTo("message 2 of u");
  }

  @Test
  void fateThatTheServerDoesNotKnow_isHandedBackAndNotSentAgain() {
    CompletionStage<ChatMessage> a = room.post("a");
    script.time.runDue();
    peer.take();
    peer.say(refusal(1, "ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND"));
    assertThat(script.result(a)).isEqualTo(ClientException.CHAT_UNDECIDED);
    assertThat(peer.take()).isEmpty();
    assertThat(room.state().pending()).isEmpty();
  }

  @Test
  void frameThatIsTooLong_isNotSent() {
    CompletionStage<ChatMessage> a = room.post("x".repeat(4000));
    CompletionStage<ChatMessage> b = room.post("b");
    assertThat(script.result(a)).isEqualTo("ERR_FRAME_TOO_LARGE");
    assertThat(peer.take()).containsExactly(submission(2, "b"));
    assertThat(script.result(b)).isEqualTo("pending");
    assertThat(journal.rejectedTexts()).singleElement().asString().hasSize(4000);
  }

  @Test
  void queue_isBounded() {
    script.client.disconnect();
    for (int i = 0; i < 1000; i++) {
      assertThat(script.result(room.post("m" + i))).isEqualTo("pending");
    }
    assertThat(script.result(room.post("one too many"))).isEqualTo(ClientException.QUEUE_FULL);
    assertThat(room.state().pending()).hasSize(1000);
  }

  @Test
  void noAnswer_endsTheConnectionAndSendsAgain() {
    var unused = room.post("a");
    script.time.runDue();
    peer.take();
    script.time.pass(Duration.ofSeconds(21));
    assertThat(script.takeClientEvents()).contains(ClientException.NO_ANSWER);
    assertThat(script.shakeHands(SECRET).take()).containsExactly(again(1, "a"), subscribe("1"));
  }

  @Test
  void pending_ofARoomThatIsNotToBeRead_endsWithTheAnswer() {
    peer.say("{'a':'access','r':'r','permission':'none'}");
    peer.say("{'a':'access','r':'r','permission':'read'}");
    peer.say(error("cs", "ERR_FORBIDDEN", ""));
    CompletionStage<Void> left = room.leave();
    script.time.runDue();
    peer.say(ack(1, 5, "'leave':{'user':'u'}"));
    assertThat(script.result(left)).isEqualTo("null");
    assertThat(room.state().pending()).isEmpty();
  }
}
