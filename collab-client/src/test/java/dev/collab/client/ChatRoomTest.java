package dev.collab.client;

import static dev.collab.client.Script.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.chat.ChatContent;
import dev.collab.chat.ChatMessage;
import dev.collab.chat.ChatPage;
import dev.collab.chat.ChatRetention;
import dev.collab.client.ScriptedServer.Peer;
import dev.collab.presence.User;
import dev.collab.transport.CloseReason;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a room is read, frame by frame. */
class ChatRoomTest {

  private final Script script = new Script();
  private final Peer peer = script.connect();
  private final SharedChatRoom room = script.client.chat("r");
  private final ChatJournal journal = ChatJournal.of(room);

  static String message(long id, String text) {
    return "{'id':" + id + ",'user':{'id':'u','name':'Uma'},'t':1000,'text':'" + text + "'}";
  }

  static String state(long version, long first, long last, String... messages) {
    return "{'a':'cs','r':'r','v':"
        + version
        + ",'room':{'members':[{'user':{'id':'u','name':'Uma'},'joined':1000,'read':0}],'first':"
        + first
        + ",'last':"
        + last
        + ",'retention':{'messages':1000}},'messages':["
        + String.join(",", messages)
        + "]}";
  }

  static String event(long version, String change) {
    return "{'a':'ce','r':'r','v':" + version + ",'e':{" + change + "}}";
  }

  static String posted(long id, String text) {
    return "'post':" + message(id, text);
  }

  static String error(String action, String code, String more) {
    return "{'a':'"
        + action
        + "','r':'r',"
        + more
        + "'error':{'code':'"
        + code
        + "','message':'no'}}";
  }

  static String subscribe(String version) {
    return json("{'a':'cs','r':'r','v':" + version + "}");
  }

  private void load() {
    assertThat(peer.take()).containsExactly(subscribe("null"));
    peer.say(state(1, 1, 1, message(1, "one")));
    assertThat(journal.take()).containsExactly("loaded [one]", "LIVE");
  }

  @Test
  void open_subscribesAndShowsTheState() {
    assertThat(room.state()).isSameAs(ChatState.LOADING);
    assertThatThrownBy(room::view).isInstanceOf(IllegalStateException.class);
    assertThat(script.result(room.ready())).isEqualTo("pending");
    load();
    assertThat(script.result(room.ready())).isEqualTo(room.view().toString());
    assertThat(room.view().member("u")).isPresent();
    assertThat(room.name()).isEqualTo("r");
    assertThat(room.state().status()).isEqualTo(ChatStatus.LIVE);
  }

  @Test
  void open_twice_throws() {
    assertThatThrownBy(() -> script.client.chat("r")).isInstanceOf(IllegalStateException.class);
    room.abandon();
    script.time.runDue();
    assertThat(script.client.chat("r")).isNotSameAs(room);
  }

  @Test
  void events_areTakenInOnceAndInOrder() {
    load();
    peer.say(event(1, posted(2, "two")), event(1, posted(2, "two")), event(0, posted(1, "one")));
    assertThat(journal.take()).containsExactly("change [POST]");
    peer.say(event(2, "'edit':" + message(2, "2")), event(3, "'erase':{'id':1},'first':2"));
    assertThat(journal.texts()).containsExactly("2");
    assertThat(room.view().version()).isEqualTo(4);
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void event_ofAKindFromTheFuture_counts() {
    load();
    peer.say(event(1, "'react':{'id':1}"), event(2, posted(2, "two")));
    assertThat(journal.texts()).containsExactly("one", "two");
    assertThat(room.view().version()).isEqualTo(3);
  }

  @Test
  void gap_isFilledByASubscriptionFromTheOwnVersion_onceAtATime() {
    load();
    peer.say(event(3, posted(4, "four")), event(4, posted(5, "five")));
    assertThat(peer.take()).containsExactly(subscribe("1"));
    assertThat(journal.take()).isEmpty();
    peer.say(
        event(1, posted(2, "two")),
        event(2, posted(3, "three")),
        event(3, posted(4, "four")),
        event(4, posted(5, "five")),
        "{'a':'cs','r':'r','v':5}");
    assertThat(journal.texts()).containsExactly("one", "two", "three", "four", "five");
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void reconnect_asksForWhatIsMissing() {
    load();
    Peer second = script.reconnect();
    assertThat(second.take()).containsExactly(subscribe("1"));
    second.say(event(1, posted(2, "two")), "{'a':'cs','r':'r','v':2}");
    assertThat(journal.texts()).containsExactly("one", "two");
  }

  @Test
  void reconnect_afterALongAbsence_goesOnFromTheState() {
    load();
    Peer second = script.reconnect();
    second.say(state(900, 800, 850, message(849, "x"), message(850, "y")));
    assertThat(journal.take()).containsExactly("loaded [x, y]");
    assertThat(room.view().hasOlder()).isTrue();
    second.take();
    second.say(event(900, posted(851, "z")));
    assertThat(journal.texts()).containsExactly("x", "y", "z");
  }

  @Test
  void subscriptionThatEndsElsewhere_startsOver() {
    load();
    Peer second = script.reconnect();
    second.take();
    second.say("{'a':'cs','r':'r','v':7}");
    assertThat(second.take()).containsExactly(subscribe("null"));
    second.say(state(7, 1, 2, message(1, "one"), message(2, "two")));
    assertThat(journal.texts()).containsExactly("one", "two");
  }

  @Test
  void connectionClosedToCompareAnew_asksForTheState() {
    load();
    peer.close(new CloseReason(1012, "come back"));
    script.time.pass(Duration.ofSeconds(1));
    Peer second = script.shakeHands(Script.SECRET);
    assertThat(second.take()).containsExactly(subscribe("null"));
    second.say(state(1, 1, 1, message(1, "another")));
    assertThat(journal.texts()).containsExactly("another");
    assertThat(script.reconnect().take()).containsExactly(subscribe("1"));
  }

  @Test
  void versionFromTheFuture_startsOver() {
    load();
    Peer second = script.reconnect();
    second.take();
    second.say(error("cs", "ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT", ""));
    assertThat(second.take()).containsExactly(subscribe("null"));
  }

  @Test
  void state_thatDidNotCome_endsTheConnection() {
    peer.say("{'a':'cs','r':'r','v':7}");
    assertThat(peer.closeCode()).isEqualTo(1002);
  }

  @Test
  void subscription_refusedForTheMoment_isAskedForAgainAfterTheTimeGiven() {
    peer.take();
    peer.say(
        "{'a':'cs','r':'r','error':{'code':'ERR_UNAVAILABLE','message':'no','retryAfter':30000}}");
    assertThat(journal.take()).containsExactly("error ERR_UNAVAILABLE");
    script.time.pass(Duration.ofSeconds(29));
    assertThat(peer.take()).isEmpty();
    script.time.pass(Duration.ofSeconds(2));
    assertThat(peer.take()).containsExactly(subscribe("null"));
    peer.say(error("cs", "ERR_UNAVAILABLE", ""));
    assertThat(journal.take()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERR_LATER_INVENTED", "ERR_SNAPSHOT_READ_SILENT_REJECTION"})
  void subscription_refused_isToldAndNotAskedAgain(String code) {
    peer.take();
    CompletionStage<?> ready = room.ready();
    peer.say(error("cs", code, ""));
    assertThat(script.result(ready)).isEqualTo(code);
    assertThat(journal.take()).containsExactly("error " + code);
    script.time.pass(Duration.ofMinutes(1));
    assertThat(peer.take()).isEmpty();
    assertThat(script.reconnect().take()).containsExactly(subscribe("null"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ERR_FORBIDDEN", "ERR_TOO_MANY_SUBSCRIPTIONS"})
  void subscription_thatMayBeGrantedLater_isToldOnceAndAskedForAgain(String code) {
    peer.take();
    peer.say(error("cs", code, ""));
    assertThat(journal.take()).containsExactly("error " + code);
    script.time.pass(Duration.ofMillis(999));
    assertThat(peer.take()).isEmpty();
    script.time.pass(Duration.ofMillis(1_001));
    assertThat(peer.take()).containsExactly(subscribe("null"));
    for (int i = 0; i < 10; i++) {
      peer.say(error("cs", code, ""));
      assertThat(script.takeWithin(peer, 30)).containsExactly(subscribe("null"));
    }
    peer.say(state(1, 1, 1, message(1, "one")));
    assertThat(journal.take()).containsExactly("loaded [one]", "LIVE");
    peer.say("{'a':'access','r':'r','permission':'none'}");
    assertThat(journal.take()).contains("error ERR_FORBIDDEN");
    script.time.pass(Duration.ofSeconds(2));
    assertThat(peer.take()).containsExactly(subscribe("1"));
  }

  @Test
  void room_closedWhileItIsWithheld_isNotAskedForAgain() {
    peer.take();
    peer.say(error("cs", "ERR_FORBIDDEN", ""));
    room.close();
    script.time.pass(Duration.ofMinutes(1));
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void access_isToldAndMakesTheRoomReadOnly() {
    load();
    peer.take();
    peer.say("{'a':'access','r':'r','permission':'read'}");
    assertThat(journal.take()).containsExactly("permission READ");
    assertThat(script.result(room.post("x"))).isEqualTo(ClientException.CHAT_READ_ONLY);
    assertThat(script.result(room.edit(1, ChatContent.of("x"))))
        .isEqualTo(ClientException.CHAT_READ_ONLY);
    assertThat(peer.take()).isEmpty();
    assertThat(script.result(room.join())).isEqualTo("pending");
    assertThat(peer.take()).hasSize(1);
    peer.say("{'a':'access','r':'r','permission':'manage'}");
    assertThat(script.result(room.post("x"))).isEqualTo("pending");
  }

  @Test
  void access_withdrawnAndGivenAgain_keepsWhatIsKnownAndSubscribesAgain() {
    load();
    peer.take();
    peer.say("{'a':'ct','r':'r','user':{'id':'u','name':'Uma'},'typing':true}");
    journal.take();
    peer.say("{'a':'access','r':'r','permission':'none'}");
    assertThat(journal.take())
        .containsExactly("error ERR_FORBIDDEN", "typing []", "permission NONE");
    assertThat(journal.texts()).containsExactly("one");
    peer.say("{'a':'access','r':'r','permission':'read'}");
    assertThat(peer.take()).containsExactly(subscribe("1"));
  }

  @Test
  void typing_ofOthers_endsAfterSixSecondsUnlessRenewed() {
    load();
    String typing = "{'a':'ct','r':'r','user':{'id':'u','name':'Uma'},'typing':true}";
    peer.say(typing);
    script.time.pass(Duration.ofSeconds(5));
    peer.say(typing);
    script.time.pass(Duration.ofSeconds(5));
    assertThat(journal.take()).containsExactly("typing [Uma]");
    assertThat(room.state().typing()).extracting(User::id).containsExactly("u");
    script.time.pass(Duration.ofSeconds(2));
    assertThat(journal.take()).containsExactly("typing []");
    peer.say(typing, event(1, posted(2, "two")));
    assertThat(journal.take()).containsExactly("typing [Uma]", "change [POST]", "typing []");
    peer.say(typing);
    script.server.peer().close();
    assertThat(room.state().typing()).isEmpty();
  }

  @Test
  void typed_isToldAtOnceRenewedAndEnded() {
    load();
    String begins = json("{'a':'ct','r':'r','typing':true}");
    String ends = json("{'a':'ct','r':'r','typing':false}");
    for (int i = 0; i < 50; i++) {
      room.typed();
    }
    assertThat(peer.take()).containsExactly(begins);
    script.time.pass(Duration.ofSeconds(3));
    assertThat(peer.take()).containsExactly(begins);
    script.time.pass(Duration.ofSeconds(3));
    assertThat(peer.take()).containsExactly(ends);
    room.stopTyping();
    assertThat(peer.take()).isEmpty();
    room.typed();
    var unused = room.post("x");
    assertThat(peer.take())
        .containsExactly(
            begins, ends, json("{'a':'cp','r':'r','seq':1,'e':{'post':{'text':'x'}}}"));
    script.time.pass(Duration.ofSeconds(9));
    assertThat(peer.take()).isEmpty();
  }

  @Test
  void typed_overALostConnection_isForgotten() {
    load();
    room.typed();
    Peer second = script.reconnect();
    assertThat(second.take()).containsExactly(subscribe("1"));
    script.time.pass(Duration.ofSeconds(9));
    assertThat(second.take()).isEmpty();
  }

  @Test
  void readMarks_areGatheredAndToldAgainUntilTheRoomShowsThem() {
    load();
    peer.take();
    room.markRead(1);
    room.markRead(3);
    room.markRead(2);
    script.time.runDue();
    assertThat(room.state().read()).isEqualTo(3);
    assertThat(peer.take()).isEmpty();
    script.time.pass(Duration.ofSeconds(1));
    assertThat(peer.take()).containsExactly(json("{'a':'cr','r':'r','read':3}"));
    Peer second = script.reconnect();
    assertThat(second.take()).containsExactly(subscribe("1"), json("{'a':'cr','r':'r','read':3}"));
    second.say(error("cr", "ERR_RATE_EXCEEDED", "'read':3,"));
    script.time.pass(Duration.ofSeconds(1));
    assertThat(second.take()).containsExactly(json("{'a':'cr','r':'r','read':3}"));
    assertThatThrownBy(() -> room.markRead(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pages_areAskedForAgainOverTheNextConnection() {
    load();
    peer.take();
    CompletionStage<ChatPage> page = room.after(1, 5);
    String request = json("{'a':'ch','r':'r','id':1,'after':1,'limit':5}");
    assertThat(peer.take()).containsExactly(request);
    Peer second = script.reconnect();
    assertThat(second.take()).containsExactly(subscribe("1"), request);
    second.say(
        "{'a':'ch','r':'r','id':9,'messages':[],'more':false}",
        "{'a':'ch','r':'r','id':1,'messages':[" + message(2, "two") + "],'more':true}");
    assertThat(page.toCompletableFuture().join().messages())
        .extracting(ChatMessage::text)
        .containsExactly("two");
    assertThat(journal.texts()).containsExactly("one");
  }

  @Test
  void page_refused_failsOrIsAskedForAgain() {
    load();
    peer.take();
    CompletionStage<ChatPage> page = room.before(9, 5);
    peer.say(error("ch", "ERR_UNAVAILABLE", "'id':1,"));
    peer.take();
    script.time.pass(Duration.ofSeconds(1));
    assertThat(peer.take()).hasSize(1);
    peer.say(error("ch", "ERR_BATCH_TOO_LARGE", "'id':1,"));
    assertThat(script.result(page)).isEqualTo("ERR_BATCH_TOO_LARGE");
    CompletionStage<ChatPage> unsorted = room.newest(5);
    script.time.runDue();
    peer.say(
        "{'a':'ch','r':'r','id':2,'messages':["
            + message(2, "")
            + ","
            + message(1, "")
            + "],'more':true}");
    assertThat(script.result(unsorted)).isEqualTo(ClientException.CHAT_UNREADABLE);
    assertThatThrownBy(() -> room.newest(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void pages_above64AtOnce_areRefused() {
    load();
    for (int i = 0; i < 64; i++) {
      assertThat(script.result(room.newest(1))).isEqualTo("pending");
    }
    assertThat(script.result(room.newest(1))).isEqualTo(ClientException.QUEUE_FULL);
    assertThat(script.result(room.loadOlder(1))).isEqualTo("false");
    script.client.close();
    script.time.runDue();
  }

  @Test
  void loadOlder_overAStateThatCameMeanwhile_addsNothing() {
    load();
    Peer second = script.reconnect();
    second.say(state(900, 1, 850, message(850, "y")));
    second.take();
    CompletionStage<Boolean> older = room.loadOlder(2);
    assertThat(second.take())
        .containsExactly(json("{'a':'ch','r':'r','id':1,'before':850,'limit':2}"));
    Peer third = script.reconnect();
    third.say(
        state(990, 1, 900, message(900, "z")),
        "{'a':'ch','r':'r','id':1,'messages':[" + message(849, "x") + "],'more':true}");
    assertThat(script.result(older)).isEqualTo("true");
    assertThat(journal.texts()).containsExactly("z");
  }

  @Test
  void unreadableEvent_isToldAndTheStateAskedForAnew() {
    load();
    peer.take();
    peer.say(event(1, "'post':{'id':'x'}"));
    assertThat(journal.take()).containsExactly("error ERR_CHAT_UNREADABLE");
    assertThat(peer.take()).containsExactly(subscribe("null"));
    peer.say(event(1, posted(2, "two")), state(2, 1, 2, message(1, "one"), message(2, "two")));
    assertThat(journal.texts()).containsExactly("one", "two");
  }

  @Test
  void unreadableState_givesTheRoomUpAndHarmsNoOther() {
    SharedChatRoom other = script.client.chat("s");
    script.time.runDue();
    peer.take();
    peer.say(state(1, 9, 1));
    assertThat(journal.take()).containsExactly("error ERR_CHAT_UNREADABLE");
    assertThat(peer.take()).containsExactly(json("{'a':'cu','r':'r'}"));
    peer.say(state(1, 1, 1, message(1, "one")).replace("'r':'r'", "'r':'s'"));
    assertThat(ChatJournal.texts(other.view())).containsExactly("one");
    assertThat(peer.closeCode()).isZero();
  }

  @Test
  void framesForRoomsThatAreNotOpen_areDropped() {
    load();
    peer.say(
        event(1, posted(2, "two")).replace("'r':'r'", "'r':'q'"),
        error("cp", "ERR_FORBIDDEN", "'seq':1,").replace("'r':'r'", "'r':'q'"),
        "{'a':'cs','error':{'code':'ERR_FORBIDDEN','message':'no'}}",
        "{'a':'cp','r':'r','seq':77,'v':1,'e':{'all':[]}}");
    assertThat(room.view().version()).isEqualTo(1);
    assertThat(journal.take()).isEmpty();
    assertThat(peer.closeCode()).isZero();
  }

  @Test
  void close_waitsForTheAnswersAndEndsTheSubscription() {
    load();
    CompletionStage<ChatMessage> post = room.post("x");
    CompletionStage<Void> closed = room.close();
    assertThat(script.result(closed)).isEqualTo("pending");
    assertThat(script.result(room.post("y"))).isEqualTo(ClientException.CHAT_CLOSED);
    peer.take();
    peer.say("{'a':'cp','r':'r','seq':1,'v':1,'e':{" + posted(2, "x") + "}}");
    assertThat(script.result(closed)).isEqualTo("null");
    assertThat(script.result(post)).isEqualTo("message 2 of u");
    assertThat(peer.take()).containsExactly(json("{'a':'cu','r':'r'}"));
    assertThat(room.state().status()).isEqualTo(ChatStatus.CLOSED);
    assertThat(script.result(room.close())).isEqualTo("null");
    assertThat(script.result(room.newest(1))).isEqualTo(ClientException.CHAT_CLOSED);
  }

  @Test
  void abandon_handsBackWhatIsNotAnswered() {
    load();
    CompletionStage<ChatMessage> post = room.post("x");
    CompletionStage<ChatPage> page = room.newest(1);
    CompletionStage<Void> closed = room.close();
    CompletionStage<List<PendingEvent>> pending = room.abandon();
    assertThat(script.result(pending)).isEqualTo("[1 POST]");
    assertThat(script.result(post)).isEqualTo(ClientException.CHAT_CLOSED);
    assertThat(script.result(page)).isEqualTo(ClientException.CHAT_CLOSED);
    assertThat(script.result(closed)).isEqualTo(ClientException.CHAT_CLOSED);
    assertThat(room.state().pendingPosts()).hasSize(1);
  }

  @Test
  void closeOfTheClient_closesTheRoom() {
    load();
    CompletionStage<ChatMessage> post = room.post("x");
    script.client.close();
    assertThat(script.result(post)).isEqualTo(ClientException.CHAT_CLOSED);
    assertThat(room.state().status()).isEqualTo(ChatStatus.CLOSED);
    assertThat(room.state().pending()).hasSize(1);
    assertThatThrownBy(() -> script.client.chat("s")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void serverWithoutTheExtension_hasNoChat() {
    Script base = new Script();
    base.client.connect();
    SharedChatRoom there = base.client.chat("r");
    ChatJournal heard = ChatJournal.of(there);
    CompletionStage<ChatMessage> post = there.post("x");
    base.time.runDue();
    Peer server = base.server.peer();
    server.take();
    server.say("{'a':'hs','protocol':1,'protocolMinor':2,'id':'abc'}");
    assertThat(base.result(post)).isEqualTo("ERR_ACTION_NOT_SUPPORTED");
    assertThat(base.result(there.ready())).isEqualTo("ERR_ACTION_NOT_SUPPORTED");
    assertThat(heard.take()).contains("rejected POST ERR_ACTION_NOT_SUPPORTED");
    assertThat(server.take()).isEmpty();
  }

  @Test
  void noAnswerToTheSubscription_endsTheConnection() {
    peer.take();
    script.time.pass(Duration.ofSeconds(21));
    assertThat(script.server.count()).isGreaterThan(1);
    assertThat(script.takeClientEvents()).contains(ClientException.NO_ANSWER);
  }

  @Test
  void moderation_isWrittenAsTheContractSays() {
    load();
    peer.take();
    var erase = room.erase(1);
    peer.say("{'a':'cp','r':'r','seq':1,'v':1,'e':{'erase':{'id':1},'first':2}}");
    var remove = room.remove("u");
    peer.say("{'a':'cp','r':'r','seq':2,'v':2,'e':{'remove':{'user':'u'}}}");
    var retain = room.retain(ChatRetention.ofMessages(5).withAge(Duration.ofDays(1)));
    peer.say("{'a':'cp','r':'r','seq':3,'v':3,'e':{'retain':{'messages':5,'age':86400000}}}");
    assertThat(peer.take())
        .containsExactly(
            json("{'a':'cp','r':'r','seq':1,'e':{'erase':{'id':1}}}"),
            json("{'a':'cp','r':'r','seq':2,'e':{'remove':{'user':'u'}}}"),
            json("{'a':'cp','r':'r','seq':3,'e':{'retain':{'messages':5,'age':86400000}}}"));
    assertThat(script.result(erase)).isEqualTo("null");
    assertThat(script.result(remove)).isEqualTo("null");
    assertThat(script.result(retain)).isEqualTo("null");
    assertThat(journal.texts()).isEmpty();
    assertThat(room.view().members()).isEmpty();
    assertThat(room.view().retention().messages()).isEqualTo(5);
  }

  @Test
  void post_withDataAndReplyTo_isWrittenAsTheContractSays() {
    load();
    peer.take();
    var unused =
        room.post(
            ChatContent.of("hi").withData(JsonValue.object("n", JsonValue.of(1))),
            OptionalLong.of(1));
    assertThat(peer.take())
        .containsExactly(
            json(
                "{'a':'cp','r':'r','seq':1,'e':{'post':{'text':'hi','data':{'n':1},'replyTo':1}}}"));
    assertThatThrownBy(() -> room.post("\ud800")).isInstanceOf(IllegalArgumentException.class);
  }
}
