package dev.collab.chat;

import static dev.collab.chat.Chats.ADA;
import static dev.collab.chat.Chats.BOB;
import static dev.collab.chat.Chats.EVE;
import static dev.collab.chat.Chats.act;
import static dev.collab.chat.Chats.at;
import static dev.collab.chat.Chats.delete;
import static dev.collab.chat.Chats.edit;
import static dev.collab.chat.Chats.erase;
import static dev.collab.chat.Chats.ids;
import static dev.collab.chat.Chats.moderator;
import static dev.collab.chat.Chats.post;
import static dev.collab.chat.Chats.read;
import static dev.collab.chat.Chats.reply;
import static dev.collab.chat.Chats.room;
import static dev.collab.chat.Chats.roomWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What becomes of a room when something happens in it. */
class ChatRoomTest {

  private static final JsonObject DATA = JsonValue.object("file", JsonValue.of("a.png"));

  private final ChatRoom hello =
      room(ChatRoom.EMPTY, act(ADA, 0, post("hello")), act(BOB, 5, reply("hi", 1)));

  @Test
  void empty_hasNothing() {
    assertThat(ChatRoom.EMPTY.messages()).isEmpty();
    assertThat(ChatRoom.EMPTY.members()).isEmpty();
    assertThat(ChatRoom.EMPTY.first()).isEqualTo(1);
    assertThat(ChatRoom.EMPTY.last()).isZero();
    assertThat(ChatRoom.EMPTY.retention()).isEqualTo(ChatRetention.ofMessages(10_000));
  }

  @Test
  void post_getsTheNextIdAndItsAuthorAndTime() {
    assertThat(ids(hello.messages())).containsExactly(1L, 2L);
    ChatMessage answer = hello.message(2).orElseThrow();
    assertThat(answer.author()).isEqualTo(BOB);
    assertThat(answer.postedAt()).isEqualTo(at(5));
    assertThat(answer.text()).isEqualTo("hi");
    assertThat(answer.replyTo()).hasValue(1);
    assertThat(answer.editedAt()).isEmpty();
    assertThat(answer.isDeleted()).isFalse();
    assertThat(hello.first()).isEqualTo(1);
    assertThat(hello.last()).isEqualTo(2);
  }

  @Test
  void post_makesItsAuthorAMember() {
    assertThat(hello.members()).extracting(ChatMember::user).containsExactly(ADA, BOB);
    assertThat(hello.member("u2").orElseThrow().joinedAt()).isEqualTo(at(5));
    assertThat(hello.member("u2").orElseThrow().read()).isZero();
    assertThat(hello.member("u3")).isEmpty();
  }

  @Test
  void post_timeWithNanoseconds_isCutToMilliseconds() {
    ChatAct act = ChatAct.of(ADA, at(1).plusNanos(999_999), post("x"));

    assertThat(room(ChatRoom.EMPTY, act).message(1).orElseThrow().postedAt()).isEqualTo(at(1));
  }

  @Test
  void act_timeThatJsonCannotHold_isRefused() {
    Instant last = Instant.ofEpochMilli((1L << 53) - 1);
    assertThat(ChatAct.of(ADA, last, post("x")).at()).isEqualTo(last);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChatAct.of(ADA, last.plusMillis(1), post("x")));
    assertThat(ChatAct.of(ADA, Instant.EPOCH, post("x")).at()).isEqualTo(Instant.EPOCH);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChatAct.of(ADA, Instant.EPOCH.minusMillis(1), post("x")));
  }

  @Test
  void edit_changesContentAndSaysWhen() {
    ChatEvent event = new ChatEvent.Edit(2, ChatContent.of("hey").withData(DATA));
    ChatMessage edited = room(hello, act(BOB, 9, event)).message(2).orElseThrow();

    assertThat(edited.text()).isEqualTo("hey");
    assertThat(edited.content().data()).hasValue(DATA);
    assertThat(edited.editedAt()).hasValue(at(9));
    assertThat(edited.postedAt()).isEqualTo(at(5));
    assertThat(edited.replyTo()).hasValue(1);
  }

  @Test
  void edit_withoutData_takesTheDataAway() {
    ChatEvent event = new ChatEvent.Post(ChatContent.of("x").withData(DATA), OptionalLong.empty());
    ChatRoom room = room(ChatRoom.EMPTY, act(ADA, 0, event), act(ADA, 1, edit(1, "y")));

    assertThat(room.message(1).orElseThrow().content()).isEqualTo(ChatContent.of("y"));
    assertThat(room.weight()).isEqualTo(1);
  }

  @Test
  void delete_leavesIdAuthorAndTimeOnly() {
    ChatRoom room = room(hello, act(BOB, 8, edit(2, "hey")), act(BOB, 9, delete(2)));
    ChatMessage deleted = room.message(2).orElseThrow();

    assertThat(deleted.isDeleted()).isTrue();
    assertThat(deleted.content()).isEqualTo(ChatContent.NONE);
    assertThat(deleted.editedAt()).isEmpty();
    assertThat(deleted.replyTo()).isEmpty();
    assertThat(deleted.author()).isEqualTo(BOB);
    assertThat(deleted.postedAt()).isEqualTo(at(5));
    assertThat(room.last()).isEqualTo(2);
  }

  @Test
  void delete_byAModerator_isDone() {
    assertThat(room(hello, moderator(EVE, 9, delete(1))).message(1).orElseThrow().isDeleted())
        .isTrue();
  }

  @Test
  void erase_leavesNothing() {
    ChatRoom room = room(hello, moderator(EVE, 9, erase(1)));

    assertThat(ids(room.messages())).containsExactly(2L);
    assertThat(room.first()).isEqualTo(2);
    assertThat(ChatType.CHAT.encodeState(room).toString()).doesNotContain("hello");
  }

  @Test
  void erase_ofTheNewest_doesNotGiveItsIdToAnother() {
    ChatRoom room = room(hello, moderator(EVE, 9, erase(2)), act(ADA, 10, post("next")));

    assertThat(ids(room.messages())).containsExactly(1L, 3L);
    assertThat(room.last()).isEqualTo(3);
  }

  @Test
  void erase_all_leavesARoomThatGoesOn() {
    ChatRoom room = room(hello, moderator(EVE, 9, erase(2)), moderator(EVE, 9, erase(1)));

    assertThat(room.messages()).isEmpty();
    assertThat(room.first()).isEqualTo(3);
    assertThat(room.last()).isEqualTo(2);
  }

  @Test
  void erase_asksTheServerForErasure() {
    assertThat(ChatOperation.of(moderator(EVE, 0, erase(1))).asksForErasure()).isTrue();
    assertThat(
            ChatOperation.of(List.of(act(ADA, 0, post("x")), moderator(EVE, 0, erase(1))))
                .asksForErasure())
        .isTrue();
    assertThat(ChatOperation.of(act(ADA, 0, delete(1))).asksForErasure()).isFalse();
    assertThat(ChatOperation.NOOP.asksForErasure()).isFalse();
  }

  @Test
  void erase_ofAMessageThatIsGone_isDoneAgain() {
    ChatRoom room = room(hello, moderator(EVE, 9, erase(1)));
    ChatOperation again = ChatOperation.of(moderator(EVE, 10, erase(1)));

    assertThat(ChatType.CHAT.admit(room, again)).isEqualTo(again);
    assertThat(ChatType.CHAT.apply(room, again)).isEqualTo(room);
  }

  @Test
  void join_again_keepsTheFirstTimeAndTheMarkAndShowsTheNewName() {
    User renamed = User.of("u1", "Ada Lovelace");
    ChatRoom room = room(hello, act(ADA, 6, read(2)), act(renamed, 7, new ChatEvent.Join()));
    ChatMember member = room.member("u1").orElseThrow();

    assertThat(member.user()).isEqualTo(renamed);
    assertThat(member.joinedAt()).isEqualTo(at(0));
    assertThat(member.read()).isEqualTo(2);
    assertThat(room.message(1).orElseThrow().author()).isEqualTo(ADA);
  }

  @Test
  void post_underANewName_showsItInTheListOfMembers() {
    User renamed = User.of("u1", "Ada Lovelace");

    assertThat(room(hello, act(renamed, 6, post("it is me"))).member("u1").orElseThrow().user())
        .isEqualTo(renamed);
  }

  @Test
  void leave_endsMembershipAndForgetsTheMark() {
    ChatRoom left = room(hello, act(ADA, 6, read(2)), act(ADA, 7, new ChatEvent.Leave()));
    assertThat(left.member("u1")).isEmpty();
    assertThat(left.messages()).isEqualTo(hello.messages());

    ChatMember back = room(left, act(ADA, 8, new ChatEvent.Join())).member("u1").orElseThrow();
    assertThat(back.joinedAt()).isEqualTo(at(8));
    assertThat(back.read()).isZero();
  }

  @Test
  void leaveAndRemove_ofNobody_changeNothing() {
    assertThat(
            room(
                hello,
                act(EVE, 6, new ChatEvent.Leave()),
                moderator(ADA, 6, new ChatEvent.Remove("nobody"))))
        .isEqualTo(hello);
  }

  @Test
  void remove_byAModerator_endsMembership() {
    ChatRoom room = room(hello, moderator(EVE, 6, new ChatEvent.Remove("u1")));

    assertThat(room.members()).extracting(ChatMember::user).containsExactly(BOB);
  }

  @Test
  void read_goesForwardOnly() {
    ChatRoom room = room(hello, act(ADA, 6, read(2)), act(ADA, 7, read(1)));

    assertThat(room.member("u1").orElseThrow().read()).isEqualTo(2);
  }

  @Test
  void read_bySomebodyWhoIsNoMember_isNotKept() {
    assertThat(room(hello, act(EVE, 6, read(2)))).isEqualTo(hello);
  }

  @Test
  void read_marksOfSeveral_goInOneOperation() {
    ChatOperation marks =
        ChatOperation.of(List.of(act(ADA, 6, read(2)), act(EVE, 6, read(1)), act(BOB, 6, read(1))));

    ChatOperation admitted = ChatType.CHAT.admit(hello, marks);

    assertThat(admitted.acts()).extracting(ChatAct::by).containsExactly(ADA, BOB);
    ChatRoom room = ChatType.CHAT.apply(hello, admitted);
    assertThat(room.members()).extracting(ChatMember::read).containsExactly(2L, 1L);
    assertThat(room).isEqualTo(ChatType.CHAT.apply(hello, marks));
    assertThat(ChatType.CHAT.admit(room, marks)).isEqualTo(ChatOperation.NOOP);
  }

  @Test
  void post_inARoomOfTenThousand_copiesAlmostNothing() {
    ChatRoom before = roomWith(10_000);
    ChatRoom after = room(before, act(ADA, 10_001, post("one more")));

    assertThat(after.messages()).hasSize(10_000);
    assertThat(after.first()).isEqualTo(2);
    assertThat(after.history().nodesNotIn(before.history())).isLessThan(80);
    assertThat(before.messages()).hasSize(10_000);
  }

  @Test
  void values_inMessagesAndLogs_doNotShowWhatPeopleSay() {
    assertThat(hello + " " + hello.messages() + hello.members())
        .doesNotContain("hello")
        .doesNotContain("Ada");
    assertThat(ChatOperation.of(act(ADA, 0, post("secret"))).toString()).isEqualTo("[POST]");
    assertThat(act(ADA, 0, post("secret")).toString()).doesNotContain("secret");
  }

  @Test
  void events_withIdsThatCannotBe_areRefused() {
    for (long id : new long[] {-1, 0, 1L << 53}) {
      assertThatIllegalArgumentException().isThrownBy(() -> edit(id, "x"));
      assertThatIllegalArgumentException().isThrownBy(() -> delete(id));
      assertThatIllegalArgumentException().isThrownBy(() -> erase(id));
      assertThatIllegalArgumentException().isThrownBy(() -> read(id));
      assertThatIllegalArgumentException().isThrownBy(() -> reply("x", id));
    }
    assertThat(read((1L << 53) - 1).kind()).isEqualTo(ChatEvent.Kind.READ);
    assertThatIllegalArgumentException().isThrownBy(() -> new ChatEvent.Remove(""));
    assertThat(new ChatEvent.Remove("u".repeat(256)).user()).hasSize(256);
    assertThatIllegalArgumentException().isThrownBy(() -> new ChatEvent.Remove("u".repeat(257)));
  }

  @Test
  void content_withALoneSurrogate_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ChatContent.of("\ud83d"));
    assertThat(ChatContent.of("\ud83d\ude00").weight()).isEqualTo(2);
  }
}
