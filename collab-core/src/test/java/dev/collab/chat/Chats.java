package dev.collab.chat;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.operation.InvalidOperationException;
import dev.collab.presence.User;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** People, and what they do. */
final class Chats {

  static final User ADA = User.of("u1", "Ada").withColor("#c0ffee");
  static final User BOB = User.of("u2", "Bob");
  static final User EVE = User.of("u3", "Eve");

  private Chats() {}

  static Instant at(long millis) {
    return Instant.ofEpochMilli(1_790_000_000_000L + millis);
  }

  static ChatAct act(User by, long millis, ChatEvent event) {
    return ChatAct.of(by, at(millis), event);
  }

  static ChatAct moderator(User by, long millis, ChatEvent event) {
    return act(by, millis, event).asModerator();
  }

  static ChatEvent post(String text) {
    return ChatEvent.Post.of(text);
  }

  static ChatEvent reply(String text, long to) {
    return new ChatEvent.Post(ChatContent.of(text), OptionalLong.of(to));
  }

  static ChatEvent edit(long id, String text) {
    return new ChatEvent.Edit(id, ChatContent.of(text));
  }

  static ChatEvent delete(long id) {
    return new ChatEvent.Delete(id);
  }

  static ChatEvent erase(long id) {
    return new ChatEvent.Erase(id);
  }

  static ChatEvent read(long id) {
    return new ChatEvent.Read(id);
  }

  /** Lets acts happen one after the other, as the authority would. */
  static ChatRoom room(ChatRoom start, ChatAct... acts) {
    return room(ChatType.CHAT, start, acts);
  }

  static ChatRoom room(ChatType type, ChatRoom start, ChatAct... acts) {
    ChatRoom room = start;
    for (ChatAct act : acts) {
      room = type.apply(room, type.admit(room, ChatOperation.of(act)));
    }
    return room;
  }

  /** Returns a room with messages "1", "2", "3" … of Ada, a millisecond apart. */
  static ChatRoom roomWith(int messages) {
    ChatRoom room = ChatRoom.EMPTY;
    for (int i = 1; i <= messages; i++) {
      room = room(room, act(ADA, i, post(String.valueOf(i))));
    }
    return room;
  }

  static List<Long> ids(List<ChatMessage> messages) {
    return messages.stream().map(ChatMessage::id).toList();
  }

  static void assertRefused(String code, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOf(InvalidOperationException.class)
        .hasFieldOrPropertyWithValue("code", code);
  }

  static void assertRefused(String code, ChatRoom room, ChatAct... acts) {
    assertRefused(code, () -> ChatType.CHAT.admit(room, ChatOperation.of(List.of(acts))));
  }
}
