package dev.collab.chat;

import static dev.collab.chat.ChatType.CHAT;
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
import static dev.collab.chat.Chats.room;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.value.JsonReader;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stored form: what is not exactly of it is refused. */
class ChatStoreTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[1]",
        "[{}]",
        "[{'by':{'id':'u','name':'U'},'t':0}]",
        "[{'by':{'id':'u','name':'U'},'join':true}]",
        "[{'t':0,'join':true}]",
        "[{'by':{'id':'','name':'U'},'t':0,'join':true}]",
        "[{'by':{'id':'u','name':'U','mail':1},'t':0,'join':true}]",
        "[{'by':{'id':'u','name':'U'},'t':-1,'join':true}]",
        "[{'by':{'id':'u','name':'U'},'t':0.5,'join':true}]",
        "[{'by':{'id':'u','name':'U'},'t':9007199254740992,'join':true}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'join':1}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'join':false}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'join':true,'leave':true}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'join':true,'more':1}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'moderator':false,'join':true}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'shout':{}}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'post':{}}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'post':{'text':1}}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'post':{'text':'x','data':[]}}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'post':{'text':'x','replyTo':0}}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'post':{'text':'x','id':1}}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'edit':{'text':'x'}}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'delete':{'id':0}}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'erase':{'id':'1'}}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'read':{'id':1.5}}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'remove':{'user':''}}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'remove':{'user':{'id':'u','name':'U'}}}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'retain':{'messages':0}}]",
        "[{'by':{'id':'u','name':'U'},'t':0,'retain':{'age':0}}]"
      })
  void decodeOperation_badInput_isRefused(String json) {
    assertRefused("ERR_CHAT_BADLY_FORMED", () -> CHAT.decodeOperation(json(json)));
  }

  @Test
  void decodeOperation_loneSurrogate_isRefused() {
    assertRefused(
        "ERR_CHAT_BADLY_FORMED",
        () ->
            CHAT.decodeOperation(
                json("[{'by':{'id':'u','name':'U'},'t':0,'post':{'text':'\ud83d'}}]")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{'messages':[],'members':[],'last':0}",
        "{'messages':[],'members':[],'last':-1,'retention':{}}",
        "{'messages':[],'members':[],'last':0,'retention':{},'more':1}",
        "{'messages':{},'members':[],'last':0,'retention':{}}",
        "{'messages':[],'members':[],'last':0,'retention':{'messages':1.5}}",
        "{'messages':[],'members':[],'last':0,'retention':{'messages':1,'days':7}}",
        "{'messages':[{'id':1,'user':{'id':'u','name':'U'},'t':0,'text':'x'}],"
            + "'members':[],'last':0,'retention':{}}",
        "{'messages':[{'id':2,'user':{'id':'u','name':'U'},'t':0,'text':'x'},"
            + "{'id':2,'user':{'id':'u','name':'U'},'t':0,'text':'x'}],"
            + "'members':[],'last':2,'retention':{}}",
        "{'messages':[{'id':1,'user':{'id':'u','name':'U'},'t':0,'text':'x','deleted':true}],"
            + "'members':[],'last':1,'retention':{}}",
        "{'messages':[{'id':1,'user':{'id':'u','name':'U'},'t':0,'text':'x','likes':1}],"
            + "'members':[],'last':1,'retention':{}}",
        "{'messages':[],'members':[{'user':{'id':'u','name':'U'},'joined':0,'read':1}],"
            + "'last':0,'retention':{}}",
        "{'messages':[],'members':[{'user':{'id':'u','name':'U'},'joined':0,'read':0},"
            + "{'user':{'id':'u','name':'U'},'joined':0,'read':0}],'last':0,'retention':{}}",
        "{'messages':[],'members':[{'user':{'id':'u','name':'U'},'read':0}],"
            + "'last':0,'retention':{}}"
      })
  void create_badInput_isRefused(String json) {
    assertRefused("ERR_CHAT_BADLY_FORMED", () -> CHAT.create(json(json)));
  }

  @Test
  void create_null_isTheEmptyRoom() {
    assertThat(CHAT.create(JsonValue.NULL)).isEqualTo(ChatRoom.EMPTY);
    assertThat(CHAT.create(json("{'messages':[],'members':[],'last':0,'retention':{}}")))
        .isEqualTo(ChatRoom.EMPTY.withRetention(ChatRetention.ofMessages(100_000)));
  }

  @Test
  void operation_everyAct_readsBack() {
    ChatOperation operation =
        ChatOperation.of(
            List.of(
                act(ADA, 1, post("hello")),
                act(BOB, 2, reply("hi", 1)),
                act(
                    ADA,
                    3,
                    new ChatEvent.Edit(
                        1, ChatContent.of("").withData(JsonValue.object("a", JsonValue.NULL)))),
                moderator(EVE, 4, delete(1)),
                moderator(EVE, 5, erase(1)),
                act(EVE, 6, new ChatEvent.Join()),
                act(EVE, 7, new ChatEvent.Leave()),
                moderator(EVE, 8, new ChatEvent.Remove("u1")),
                moderator(
                    EVE,
                    9,
                    new ChatEvent.Retain(ChatRetention.DEFAULT.withAge(Duration.ofDays(7)))),
                act(BOB, 10, read(2))));

    assertThat(CHAT.decodeOperation(CHAT.encodeOperation(operation))).isEqualTo(operation);
  }

  @Test
  void forms_areThoseThatAreStoredForEver() {
    ChatRoom room =
        room(
            ChatRoom.EMPTY,
            act(ADA, 0, post("hello")),
            act(BOB, 1, reply("hi", 1)),
            act(BOB, 2, edit(2, "hey")),
            act(ADA, 3, delete(1)),
            act(BOB, 4, read(2)));

    assertThat(CHAT.encodeState(room))
        .isEqualTo(
            json(
                "{'messages':["
                    + "{'id':1,'user':{'id':'u1','name':'Ada','color':'#c0ffee'},"
                    + "'t':1790000000000,'text':'','deleted':true},"
                    + "{'id':2,'user':{'id':'u2','name':'Bob'},'t':1790000000001,'text':'hey',"
                    + "'edited':1790000000002,'replyTo':1}],"
                    + "'members':["
                    + "{'user':{'id':'u1','name':'Ada','color':'#c0ffee'},"
                    + "'joined':1790000000000,'read':0},"
                    + "{'user':{'id':'u2','name':'Bob'},'joined':1790000000001,'read':2}],"
                    + "'last':2,'retention':{'messages':10000}}"));
    assertThat(CHAT.checksum(room)).isEqualTo(CHAT.checksum(CHAT.create(CHAT.encodeState(room))));
    assertThat(CHAT.checksum(room)).isNotEqualTo(CHAT.checksum(ChatRoom.EMPTY));
    assertThat(CHAT.encodeOperation(ChatOperation.of(moderator(EVE, 5, erase(1)))))
        .isEqualTo(
            json(
                "[{'by':{'id':'u3','name':'Eve'},'t':1790000000005,'moderator':true,"
                    + "'erase':{'id':1}}]"));
  }

  private static JsonValue json(String text) {
    return JsonReader.read(text.replace('\'', '"'));
  }
}
