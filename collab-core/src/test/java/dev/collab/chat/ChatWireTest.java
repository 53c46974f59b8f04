package dev.collab.chat;

import static dev.collab.chat.Chats.ADA;
import static dev.collab.chat.Chats.BOB;
import static dev.collab.chat.Chats.EVE;
import static dev.collab.chat.Chats.act;
import static dev.collab.chat.Chats.assertRefused;
import static dev.collab.chat.Chats.delete;
import static dev.collab.chat.Chats.edit;
import static dev.collab.chat.Chats.erase;
import static dev.collab.chat.Chats.moderator;
import static dev.collab.chat.Chats.post;
import static dev.collab.chat.Chats.read;
import static dev.collab.chat.Chats.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.collab.document.Proposal;
import dev.collab.value.JsonReader;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON that clients and servers exchange. */
class ChatWireTest {

  private final RoomLog log = RoomLog.created();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "{}",
        "{'shout':{'text':'x'}}",
        "{'post':{'text':'x'},'join':true}",
        "{'post':{'text':'x'},'by':{'id':'u1','name':'Ada'}}",
        "{'post':'x'}",
        "{'post':{}}",
        "{'post':{'text':null}}",
        "{'post':{'text':'x','data':1}}",
        "{'post':{'text':'x','replyTo':-1}}",
        "{'post':{'text':'x','replyTo':9007199254740992}}",
        "{'edit':{'text':'x'}}",
        "{'edit':{'id':1}}",
        "{'delete':true}",
        "{'erase':{'id':0}}",
        "{'join':false}",
        "{'join':{}}",
        "{'leave':null}",
        "{'remove':{'user':''}}",
        "{'retain':{'messages':0}}",
        "{'retain':{'age':-1}}",
        "{'read':{'id':1}}",
        "{'read':{'user':'u1','id':1}}"
      })
  void readEvent_badInput_isRefused(String json) {
    assertRefused("ERR_CHAT_BADLY_FORMED", () -> ChatWire.readEvent(json(json)));
  }

  @Test
  void readEvent_whatTheClientMayNotSay_isNotHeard() {
    assertThat(
            ChatWire.readEvent(
                json("{'post':{'text':'x','id':7,'user':{'id':'u9','name':'me'},'t':1}}")))
        .isEqualTo(post("x"));
    assertThat(ChatWire.readEvent(json("{'post':{'text':'x','data':null,'replyTo':null}}")))
        .isEqualTo(post("x"));
  }

  @Test
  void event_ofAClient_readsBack() {
    List<ChatEvent> events =
        List.of(
            post("hello"),
            reply("hi", 1),
            new ChatEvent.Edit(
                1, ChatContent.of("x").withData(JsonValue.object("a", JsonValue.of(1)))),
            delete(1),
            erase(1),
            new ChatEvent.Join(),
            new ChatEvent.Leave(),
            new ChatEvent.Remove("u1"),
            new ChatEvent.Retain(ChatRetention.DEFAULT.withAge(Duration.ofDays(1))));
    for (ChatEvent event : events) {
      assertThat(ChatWire.event(event).members()).hasSize(1);
      assertThat(ChatWire.readEvent(ChatWire.event(event))).isEqualTo(event);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> ChatWire.event(read(1)));
    assertThat(ChatWire.event(reply("hi", 1)))
        .isEqualTo(json("{'post':{'text':'hi','replyTo':1}}"));
    assertThat(ChatWire.event(new ChatEvent.Join())).isEqualTo(json("{'join':true}"));
    assertThat(ChatWire.readEvent(json("{'retain':{'messages':1000000}}")))
        .isEqualTo(new ChatEvent.Retain(ChatRetention.ofMessages(100_000)));
  }

  @Test
  void changes_ofEachEvent_haveTheFormOfTheProtocol() {
    assertTold(act(ADA, 0, post("a")), "{'post':" + ada("a", "") + "}");
    assertTold(
        act(BOB, 1, reply("b", 1)),
        "{'post':{'id':2,'user':{'id':'u2','name':'Bob'},'t':1790000000001,'text':'b',"
            + "'replyTo':1}}");
    assertTold(act(ADA, 2, edit(1, "c")), "{'edit':" + ada("c", ",'edited':1790000000002") + "}");
    assertTold(act(BOB, 3, read(2)), "{'read':{'user':'u2','id':2}}");
    assertTold(act(ADA, 4, delete(1)), "{'delete':" + ada("", ",'deleted':true") + "}");
    assertTold(
        act(EVE, 5, new ChatEvent.Join()),
        "{'join':{'user':{'id':'u3','name':'Eve'},'joined':1790000000005}}");
    assertTold(act(EVE, 6, new ChatEvent.Leave()), "{'leave':{'user':'u3'}}");
    assertTold(moderator(EVE, 7, new ChatEvent.Remove("u2")), "{'remove':{'user':'u2'}}");
    assertTold(moderator(EVE, 8, erase(1)), "{'erase':{'id':1},'first':2}");
    assertTold(
        moderator(
            EVE,
            9,
            new ChatEvent.Retain(ChatRetention.ofMessages(9).withAge(Duration.ofMillis(1)))),
        "{'retain':{'messages':9,'age':1},'first':3}");
  }

  private void assertTold(ChatAct act, String json) {
    log.accept("c", log.version(), act);
    List<ChatChanges> told = log.changesSince(log.version() - 1);
    assertThat(told).hasSize(1);
    assertThat(ChatWire.changes(told.get(0))).isEqualTo(json(json));
    assertThat(ChatWire.readChanges(json(json))).isEqualTo(told.get(0));
  }

  private static String ada(String text, String more) {
    return "{'id':1,'user':{'id':'u1','name':'Ada','color':'#c0ffee'},'t':1790000000000,"
        + "'text':'"
        + text
        + "'"
        + more
        + "}";
  }

  @Test
  void changes_ofSeveralMarks_areTold() {
    log.accept("a", 1, act(ADA, 0, post("a")));
    log.accept("b", 1, act(BOB, 1, post("b")));
    List<ChatAct> marks = List.of(act(ADA, 2, read(2)), act(BOB, 2, read(1)));
    log.accept("server", 2, new Proposal.Edit(ChatOperation.of(marks)));

    ChatChanges told = log.changesSince(3).get(0);

    JsonValue json = json("{'all':[{'read':{'user':'u1','id':2}},{'read':{'user':'u2','id':1}}]}");
    assertThat(ChatWire.changes(told)).isEqualTo(json);
    assertThat(ChatWire.readChanges(json)).isEqualTo(told);
  }

  @Test
  void changes_ofSomebodyWhoJoinsAgain_haveTheFirstTime() {
    log.accept("a", 1, act(ADA, 0, post("a")));
    log.accept("a", 2, act(ADA, 7, new ChatEvent.Join()));

    assertThat(log.changesSince(2).get(0).changes())
        .containsExactly(new ChatChange.Joined(ADA, Chats.at(0)));
  }

  @Test
  void changes_ofNothing_areToldToo() {
    ChatChanges nothing = new ChatChanges(List.of(), 1);
    log.accept("a", 1, new Proposal.Edit(ChatOperation.NOOP));

    assertThat(log.changesSince(1)).containsExactly(nothing);
    assertThat(ChatWire.changes(nothing)).isEqualTo(json("{'all':[]}"));
    assertThat(ChatWire.readChanges(json("{'all':[]}"))).isEqualTo(nothing);
  }

  @Test
  void changes_ofWhatIsGone_areNotShown() {
    log.accept("a", 1, act(ADA, 0, post("secret")));
    log.accept("a", 2, act(ADA, 1, edit(1, "a better secret")));
    log.accept("a", 3, act(ADA, 2, post("secret to keep")));
    log.accept("a", 4, act(ADA, 3, delete(2)));
    log.accept("m", 1, moderator(EVE, 4, erase(1)));

    List<ChatChanges> told = log.changesSince(1);

    assertThat(told).hasSize(5);
    assertThat(told.toString() + told.stream().map(ChatWire::changes).toList())
        .doesNotContain("secret");
    assertThat(told.get(1).changes()).isEmpty();
  }

  @Test
  void changes_ofARoomThatBeganAnew_cannotBeTold() {
    log.accept("a", 1, act(ADA, 0, post("x")));
    JsonValue data = ChatType.CHAT.encodeState(log.room());
    log.accept("server", 2, new Proposal.Delete());
    assertThat(ChatChanges.since(log.room(), log.since(0))).isEmpty();
    log.accept("server", 3, new Proposal.Create(ChatType.URI, data));
    assertThat(ChatChanges.since(log.room(), log.since(2))).isEmpty();
    assertThat(ChatChanges.since(log.room(), log.since(3))).isEmpty();
    assertThat(ChatChanges.since(log.room(), log.since(4)).orElseThrow()).isEmpty();
  }

  @Test
  void changes_ofEntriesThatAreNotTheRooms_areRefused() {
    log.accept("a", 1, act(ADA, 0, post("x")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChatChanges.since(ChatRoom.EMPTY, log.since(0)));
    assertThatIllegalArgumentException().isThrownBy(() -> new ChatChanges(List.of(), 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{'all':{}}",
        "{'all':[1]}",
        "{'post':true}",
        "{'post':{'id':0,'user':{'id':'u','name':'U'},'t':0,'text':'x'}}",
        "{'post':{'id':1,'t':0,'text':'x'}}",
        "{'edit':{'id':1,'user':{'id':'u','name':'U'},'t':0}}",
        "{'delete':{'id':1,'user':{'id':'u','name':'U'},'t':0,'text':'x','deleted':true}}",
        "{'join':true}",
        "{'join':{'user':{'id':'u','name':'U'}}}",
        "{'leave':{'user':{}}}",
        "{'read':{'user':'u'}}",
        "{'erase':{}}",
        "{'all':[],'first':0}",
        "{'all':[],'first':'x'}"
      })
  void readChanges_badInput_isRefused(String json) {
    assertRefused("ERR_CHAT_BADLY_FORMED", () -> ChatWire.readChanges(json(json)));
  }

  @Test
  void readChanges_ofANewerServer_areReadAsFarAsTheyAreKnown() {
    assertThat(ChatWire.readChanges(json("{'react':{'id':1,'with':'+1'}}")))
        .isEqualTo(new ChatChanges(List.of(), 1));
    assertThat(
            ChatWire.readChanges(
                json("{'all':[{'react':{}},{'erase':{'id':1,'why':'x'}}],'first':2,'x':1}")))
        .isEqualTo(new ChatChanges(List.of(new ChatChange.Erased(1)), 2));
  }

  @Test
  void room_andItsMessages_readBackAsAView() {
    log.accept("a", 1, act(ADA, 0, post("a")));
    log.accept("b", 1, act(BOB, 1, post("b")));
    log.accept("b", 2, act(BOB, 2, read(1)));
    ChatPage newest = ChatHistory.newest(log.room(), 1);

    JsonObject room = ChatWire.room(log.room());
    ChatView view = ChatWire.readView(4, room, ChatWire.messages(newest.messages()));

    assertThat(room)
        .isEqualTo(
            json(
                "{'members':[{'user':{'id':'u1','name':'Ada','color':'#c0ffee'},"
                    + "'joined':1790000000000,'read':0},"
                    + "{'user':{'id':'u2','name':'Bob'},'joined':1790000000001,'read':1}],"
                    + "'first':1,'last':2,'retention':{'messages':10000}}"));
    assertThat(view).isEqualTo(log.view(1)).hasSameHashCodeAs(log.view(1));
    assertThat(ChatWire.readView(0, ChatWire.room(ChatRoom.EMPTY), List.of()))
        .isEqualTo(ChatView.of(0, ChatRoom.EMPTY, ChatHistory.newest(ChatRoom.EMPTY, 5)));
  }

  @Test
  void readView_badInput_isRefused() {
    for (String json :
        List.of(
            "{}",
            "{'members':[],'first':1,'last':0}",
            "{'members':[],'first':0,'last':0,'retention':{}}",
            "{'members':[],'first':3,'last':1,'retention':{}}",
            "{'members':[1],'first':1,'last':0,'retention':{}}")) {
      assertRefused(
          "ERR_CHAT_BADLY_FORMED", () -> ChatWire.readView(1, (JsonObject) json(json), List.of()));
    }
    JsonObject room = (JsonObject) json("{'members':[],'first':1,'last':1,'retention':{}}");
    JsonObject message = (JsonObject) json(ada("x", ""));
    assertThat(ChatWire.readView(1, room, List.of(message)).messages()).hasSize(1);
    assertRefused(
        "ERR_CHAT_BADLY_FORMED", () -> ChatWire.readView(1, room, List.of(message, message)));
    JsonObject later = (JsonObject) json(ada("x", "").replace("'id':1,", "'id':2,"));
    assertRefused("ERR_CHAT_BADLY_FORMED", () -> ChatWire.readView(1, room, List.of(later)));
  }

  private static JsonValue json(String text) {
    return JsonReader.read(text.replace('\'', '"'));
  }
}
