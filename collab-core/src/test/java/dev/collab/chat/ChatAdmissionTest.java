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
import static dev.collab.chat.Chats.room;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What a room refuses, and with which code. */
class ChatAdmissionTest {

  private final ChatRoom hello =
      room(ChatRoom.EMPTY, act(ADA, 0, post("hello")), act(BOB, 5, post("hi")));

  @Test
  void edit_ofSomebodyElsesMessage_isRefusedEvenToModerators() {
    assertRefused("ERR_CHAT_NOT_AUTHOR", hello, act(BOB, 9, edit(1, "I was wrong")));
    assertRefused("ERR_CHAT_NOT_AUTHOR", hello, moderator(BOB, 9, edit(1, "I was wrong")));
  }

  @Test
  void edit_byTheAuthorUnderAnotherName_isAdmitted() {
    ChatAct act = act(User.of("u1", "Lady Lovelace"), 9, edit(1, "hello!"));

    assertThat(room(hello, act).message(1).orElseThrow().text()).isEqualTo("hello!");
  }

  @Test
  void delete_ofSomebodyElsesMessage_isRefused() {
    assertRefused("ERR_CHAT_NOT_AUTHOR", hello, act(BOB, 9, delete(1)));
  }

  @Test
  void editAndDelete_ofWhatIsNotThere_areRefused() {
    assertRefused("ERR_CHAT_MESSAGE_NOT_FOUND", hello, act(ADA, 9, edit(3, "x")));
    assertRefused("ERR_CHAT_MESSAGE_NOT_FOUND", hello, act(ADA, 9, delete(3)));
  }

  @Test
  void editAndDelete_ofWhatIsDeletedOrErased_areRefused() {
    ChatRoom deleted = room(hello, act(ADA, 9, delete(1)));
    ChatRoom erased = room(hello, moderator(EVE, 9, erase(1)));
    for (ChatRoom room : List.of(deleted, erased)) {
      assertRefused("ERR_CHAT_MESSAGE_NOT_FOUND", room, act(ADA, 10, edit(1, "x")));
      assertRefused("ERR_CHAT_MESSAGE_NOT_FOUND", room, act(ADA, 10, delete(1)));
      assertRefused("ERR_CHAT_MESSAGE_NOT_FOUND", room, moderator(EVE, 10, delete(1)));
    }
  }

  @Test
  void eraseRemoveRetain_withoutTheRight_areForbidden() {
    assertRefused("ERR_FORBIDDEN", hello, act(ADA, 9, erase(1)));
    assertRefused("ERR_FORBIDDEN", hello, act(ADA, 9, new ChatEvent.Remove("u1")));
    assertRefused(
        "ERR_FORBIDDEN", hello, act(ADA, 9, new ChatEvent.Retain(ChatRetention.ofMessages(1))));
  }

  @Test
  void eraseReadReply_behindTheLastMessage_areRefused() {
    assertThat(ChatType.CHAT.admit(hello, ChatOperation.of(moderator(EVE, 9, erase(2)))).isNoop())
        .isFalse();
    assertRefused("ERR_CHAT_MESSAGE_NOT_FOUND", hello, moderator(EVE, 9, erase(3)));
    assertThat(room(hello, act(ADA, 9, read(2))).member("u1").orElseThrow().read()).isEqualTo(2);
    assertRefused("ERR_CHAT_MESSAGE_NOT_FOUND", hello, act(ADA, 9, read(3)));
    assertThat(room(hello, act(ADA, 9, reply("x", 2))).last()).isEqualTo(3);
    assertRefused("ERR_CHAT_MESSAGE_NOT_FOUND", hello, act(ADA, 9, reply("x", 3)));
  }

  @Test
  void apply_ofWhatIsNotThere_isRefusedToo() {
    for (ChatEvent event : List.of(edit(3, "x"), delete(3), erase(3), read(3), reply("x", 3))) {
      assertRefused(
          "ERR_CHAT_MESSAGE_NOT_FOUND",
          () -> ChatType.CHAT.apply(hello, ChatOperation.of(moderator(ADA, 9, event))));
    }
  }

  @Test
  void severalActs_oneOfThemRefused_areAllRefused() {
    assertRefused("ERR_CHAT_MESSAGE_NOT_FOUND", hello, act(ADA, 9, read(2)), act(BOB, 9, read(3)));
  }

  @Test
  void severalActs_eachOnTheRoomBehindTheOneBefore_areAdmitted() {
    List<ChatAct> acts = List.of(act(EVE, 9, post("x")), act(EVE, 9, edit(3, "y")));

    assertThat(ChatType.CHAT.admit(hello, ChatOperation.of(acts)).acts()).isEqualTo(acts);
  }

  @Test
  void content_ofNothing_isRefused() {
    assertRefused("ERR_CHAT_BADLY_FORMED", hello, act(ADA, 9, post("")));
    assertRefused("ERR_CHAT_BADLY_FORMED", hello, act(ADA, 9, edit(1, "")));
    assertThat(room(hello, act(ADA, 9, new ChatEvent.Post(data(2), OptionalLong.empty()))).last())
        .isEqualTo(3);
  }

  @Test
  void text_upToTheLimit_isAdmitted() {
    for (int length : new int[] {4095, 4096}) {
      room(hello, act(ADA, 9, post("x".repeat(length))), act(ADA, 9, edit(1, "x".repeat(length))));
    }
    assertRefused("ERR_CHAT_TEXT_TOO_LONG", hello, act(ADA, 9, post("x".repeat(4097))));
    assertRefused("ERR_CHAT_TEXT_TOO_LONG", hello, act(ADA, 9, edit(1, "x".repeat(4097))));
  }

  @Test
  void data_upToTheLimit_isAdmitted() {
    for (int weight : new int[] {4095, 4096}) {
      assertThat(data(weight).dataWeight()).isEqualTo(weight);
      room(hello, act(ADA, 9, new ChatEvent.Edit(1, data(weight))));
    }
    assertRefused("ERR_CHAT_TEXT_TOO_LONG", hello, act(ADA, 9, new ChatEvent.Edit(1, data(4097))));
  }

  @Test
  void members_upToTheLimit_areAdmitted() {
    ChatType small = ChatType.with(ChatLimits.DEFAULT.withMembers(2));
    ChatRoom one = room(small, ChatRoom.EMPTY, act(ADA, 0, new ChatEvent.Join()));
    ChatRoom two = room(small, one, act(BOB, 1, post("x")));
    for (ChatEvent event : List.of(new ChatEvent.Join(), post("x"))) {
      assertRefused(
          "ERR_CHAT_ROOM_FULL", () -> small.admit(two, ChatOperation.of(act(EVE, 2, event))));
      assertThat(room(small, two, act(ADA, 2, event)).members()).hasSize(2);
    }
    ChatRoom left = room(small, two, act(ADA, 3, new ChatEvent.Leave()));
    assertThat(room(small, left, act(EVE, 4, new ChatEvent.Join())).members()).hasSize(2);
  }

  @Test
  void limits_others_holdForAdmissionOnly() {
    ChatType small = ChatType.with(ChatLimits.DEFAULT.withText(3).withData(3).withMembers(1));
    ChatOperation long4 = ChatOperation.of(act(EVE, 9, post("abcd")));

    assertRefused("ERR_CHAT_TEXT_TOO_LONG", () -> small.admit(ChatRoom.EMPTY, long4));
    assertThat(small.apply(hello, long4)).isEqualTo(ChatType.CHAT.apply(hello, long4));
    assertThat(small.limits().text()).isEqualTo(3);
    assertThat(small.limits().data()).isEqualTo(3);
    assertThat(small.limits().members()).isEqualTo(1);
  }

  @Test
  void limits_outsideTheirRange_areRefused() {
    ChatLimits limits = ChatLimits.DEFAULT;
    assertThat(limits.withText(65_536).withData(65_536).text()).isEqualTo(65_536);
    assertThatIllegalArgumentException().isThrownBy(() -> limits.withText(65_537));
    assertThatIllegalArgumentException().isThrownBy(() -> limits.withData(65_537));
    assertThatIllegalArgumentException().isThrownBy(() -> limits.withText(0));
    assertThatIllegalArgumentException().isThrownBy(() -> limits.withData(0));
    assertThatIllegalArgumentException().isThrownBy(() -> limits.withMembers(0));
  }

  /** Data of a weight of at least 2: the object, and a member whose name takes the rest. */
  private static ChatContent data(int weight) {
    return ChatContent.of("")
        .withData(new JsonObject(Map.of("n".repeat(weight - 2), JsonValue.NULL)));
  }
}
