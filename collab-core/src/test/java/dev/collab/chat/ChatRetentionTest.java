package dev.collab.chat;

import static dev.collab.chat.Chats.ADA;
import static dev.collab.chat.Chats.BOB;
import static dev.collab.chat.Chats.EVE;
import static dev.collab.chat.Chats.act;
import static dev.collab.chat.Chats.at;
import static dev.collab.chat.Chats.edit;
import static dev.collab.chat.Chats.ids;
import static dev.collab.chat.Chats.moderator;
import static dev.collab.chat.Chats.post;
import static dev.collab.chat.Chats.read;
import static dev.collab.chat.Chats.room;
import static dev.collab.chat.Chats.roomWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long messages stay. */
class ChatRetentionTest {

  private static ChatAct retain(long millis, ChatRetention retention) {
    return moderator(EVE, millis, new ChatEvent.Retain(retention));
  }

  private static ChatRetention age(long millis) {
    return ChatRetention.ofMessages(100).withAge(Duration.ofMillis(millis));
  }

  @Test
  void number_isKeptExactly() {
    ChatRoom start = ChatRoom.EMPTY.withRetention(ChatRetention.ofMessages(3));
    ChatRoom room = start;
    for (int i = 1; i <= 5; i++) {
      room = room(room, act(ADA, i, post("x")));
      assertThat(room.messages()).hasSize(Math.min(i, 3));
    }
    assertThat(ids(room.messages())).containsExactly(3L, 4L, 5L);
    assertThat(room.first()).isEqualTo(3);
    assertThat(room.last()).isEqualTo(5);
  }

  @Test
  void number_lessThanBefore_dropsTheOldestAtOnce() {
    assertThat(ids(room(roomWith(10), retain(11, ChatRetention.ofMessages(2))).messages()))
        .containsExactly(9L, 10L);
  }

  @Test
  void number_moreThanBefore_bringsNothingBack() {
    ChatRoom few = room(roomWith(10), retain(11, ChatRetention.ofMessages(2)));

    assertThat(ids(room(few, retain(12, ChatRetention.ofMessages(5))).messages()))
        .containsExactly(9L, 10L);
  }

  @Test
  void number_byDefault_isTenThousand() {
    ChatRoom room = roomWith(10_001);

    assertThat(room.messages()).hasSize(10_000);
    assertThat(room.first()).isEqualTo(2);
  }

  @Test
  void age_isKeptToTheMillisecond() {
    ChatRoom room = room(roomWith(3), retain(4, age(100)));

    assertThat(ids(room(room, act(BOB, 101, read(3))).messages())).containsExactly(1L, 2L, 3L);
    assertThat(ids(room(room, act(BOB, 101, post("x"))).messages()))
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(ids(room(room, act(BOB, 102, post("x"))).messages())).containsExactly(2L, 3L, 4L);
  }

  @Test
  void age_isLookedAtWhateverHappens() {
    ChatRoom room = room(roomWith(3), retain(4, age(100)));

    assertThat(room(room, act(BOB, 500, new ChatEvent.Join())).messages()).isEmpty();
    assertThat(room(room, retain(500, age(100))).messages()).isEmpty();
    assertThat(room(room, retain(500, age(100))).first()).isEqualTo(4);
    assertThat(room.messages()).hasSize(3);
  }

  @Test
  void age_ofAMillisecond_keepsTheMessageJustPosted() {
    ChatRoom room = room(roomWith(1), retain(1, age(1)), act(ADA, 9, post("now")));

    assertThat(ids(room.messages())).containsExactly(2L);
  }

  @Test
  void age_clockThatWentBack_dropsNothingTooEarly() {
    ChatRoom room = room(roomWith(0), act(ADA, 200, post("a")), act(BOB, 90, post("b")));

    assertThat(ids(room(room, retain(210, age(100))).messages())).containsExactly(1L, 2L);
    assertThat(ids(room(room, retain(301, age(100))).messages())).isEmpty();
  }

  @Test
  void age_farAway_keepsEverything() {
    ChatRetention longest = ChatRetention.DEFAULT.withAge(Duration.ofMillis((1L << 53) - 1));

    assertThat(room(roomWith(3), retain(4, longest)).messages()).hasSize(3);
  }

  @Test
  void weight_ofAllContent_isBounded() {
    String text = "x".repeat(4_000);
    ChatRoom room = ChatRoom.EMPTY;
    for (int i = 1; i <= 500; i++) {
      room = room(room, act(ADA, i, post(text)));
    }
    assertThat(room.weight()).isEqualTo(ChatRoom.MAX_WEIGHT);
    assertThat(room.first()).isEqualTo(1);

    ChatRoom fuller = room(room, act(ADA, 501, post("x")));
    assertThat(fuller.first()).isEqualTo(2);
    assertThat(fuller.weight()).isEqualTo(ChatRoom.MAX_WEIGHT - 3_999);
    assertThat(room(room, act(ADA, 501, edit(500, text + "x"))).first()).isEqualTo(2);
    assertThat(ChatType.CHAT.size(fuller)).isEqualTo(fuller.weight());
  }

  @Test
  void retention_outsideItsRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ChatRetention.ofMessages(0));
    assertThat(ChatRetention.ofMessages(1).messages()).isEqualTo(1);
    assertThat(ChatRetention.ofMessages(100_000).messages()).isEqualTo(100_000);
    assertThatIllegalArgumentException().isThrownBy(() -> ChatRetention.ofMessages(100_001));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChatRetention.DEFAULT.withAge(Duration.ofNanos(999_999)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ChatRetention.DEFAULT.withAge(Duration.ofMillis(1L << 53)));
    assertThat(ChatRetention.DEFAULT.withAge(Duration.ofNanos(1_999_999)).age())
        .hasValue(Duration.ofMillis(1));
  }

  @Test
  void start_withARetention_isKept() {
    ChatRoom room = ChatRoom.EMPTY.withRetention(age(5));

    assertThat(ChatType.CHAT.create(ChatType.CHAT.encodeState(room))).isEqualTo(room);
    assertThat(room(room, act(ADA, 0, post("x"))).message(1).orElseThrow().postedAt())
        .isEqualTo(at(0));
  }
}
