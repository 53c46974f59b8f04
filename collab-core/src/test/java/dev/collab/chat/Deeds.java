package dev.collab.chat;

import dev.collab.operation.InvalidOperationException;
import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** What four people may come to do in a room, sensible or not. */
final class Deeds {

  /** One attempt: what, by whom, how long after the one before, about which message. */
  record Deed(ChatEvent.Kind kind, int who, boolean moderator, int delay, int id, int amount) {

    ChatAct at(long time) {
      User user = User.of("u" + who, "name" + amount);
      ChatContent text = ChatContent.of("text" + amount);
      ChatContent content =
          amount % 3 == 0 ? text.withData(JsonValue.object("n", JsonValue.of(amount))) : text;
      ChatEvent event =
          switch (kind) {
            case POST ->
                new ChatEvent.Post(
                    content, amount % 4 == 0 ? OptionalLong.of(id) : OptionalLong.empty());
            case EDIT -> new ChatEvent.Edit(id, content);
            case DELETE -> new ChatEvent.Delete(id);
            case ERASE -> new ChatEvent.Erase(id);
            case JOIN -> new ChatEvent.Join();
            case LEAVE -> new ChatEvent.Leave();
            case REMOVE -> new ChatEvent.Remove("u" + amount % 4);
            case RETAIN -> new ChatEvent.Retain(retention());
            case READ -> new ChatEvent.Read(id);
          };
      return new ChatAct(user, Chats.at(time), moderator, event);
    }

    private ChatRetention retention() {
      ChatRetention number = ChatRetention.ofMessages(1 + amount);
      return amount % 2 == 0 ? number : number.withAge(Duration.ofMillis(10L * amount));
    }
  }

  private Deeds() {}

  static Arbitrary<List<Deed>> lists(int most) {
    return deeds().list().ofMaxSize(most).withoutEdgeCases();
  }

  private static Arbitrary<Deed> deeds() {
    Arbitrary<ChatEvent.Kind> kinds =
        Arbitraries.frequencyOf(
            Tuple.of(4, Arbitraries.just(ChatEvent.Kind.POST)),
            Tuple.of(3, Arbitraries.of(ChatEvent.Kind.class)));
    return Combinators.combine(
            kinds,
            Arbitraries.integers().between(0, 3),
            Arbitraries.of(true, false),
            Arbitraries.integers().between(-3, 20),
            Arbitraries.integers().between(1, 12),
            Arbitraries.integers().between(0, 9))
        .as(Deed::new);
  }

  /** Returns the operations that the room admits, one for each deed that may be done. */
  static List<ChatOperation> admitted(ChatRoom start, List<Deed> deeds) {
    List<ChatOperation> admitted = new ArrayList<>();
    ChatRoom room = start;
    long time = 0;
    for (Deed deed : deeds) {
      time = Math.max(0, time + deed.delay());
      try {
        ChatOperation operation = ChatType.CHAT.admit(room, ChatOperation.of(deed.at(time)));
        room = ChatType.CHAT.apply(room, operation);
        admitted.add(operation);
      } catch (InvalidOperationException refused) {
        continue; // changes nothing
      }
    }
    return admitted;
  }

  static ChatRoom room(List<Deed> deeds) {
    ChatRoom room = ChatRoom.EMPTY;
    for (ChatOperation operation : admitted(room, deeds)) {
      room = ChatType.CHAT.apply(room, operation);
    }
    return room;
  }
}
