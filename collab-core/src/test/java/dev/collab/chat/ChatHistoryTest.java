package dev.collab.chat;

import static dev.collab.chat.Chats.ADA;
import static dev.collab.chat.Chats.EVE;
import static dev.collab.chat.Chats.act;
import static dev.collab.chat.Chats.erase;
import static dev.collab.chat.Chats.ids;
import static dev.collab.chat.Chats.moderator;
import static dev.collab.chat.Chats.post;
import static dev.collab.chat.Chats.room;
import static dev.collab.chat.Chats.roomWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ChatHistoryTest {

  private final ChatRoom five = roomWith(5);

  @Example
  void pages_withoutALimit_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ChatHistory.newest(five, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> ChatHistory.before(five, 3, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> ChatHistory.after(five, 3, -1));
  }

  @Example
  void pages_ofAnEmptyRoom_areEmpty() {
    ChatPage nothing = new ChatPage(List.of(), false);

    assertThat(ChatHistory.newest(ChatRoom.EMPTY, 10)).isEqualTo(nothing);
    assertThat(ChatHistory.before(ChatRoom.EMPTY, 1, 10)).isEqualTo(nothing);
    assertThat(ChatHistory.after(ChatRoom.EMPTY, 0, 10)).isEqualTo(nothing);
  }

  @Example
  void newest_limits_tellWhetherThereAreMore() {
    assertPage(ChatHistory.newest(five, 4), true, 2, 3, 4, 5);
    assertPage(ChatHistory.newest(five, 5), false, 1, 2, 3, 4, 5);
    assertPage(ChatHistory.newest(five, 6), false, 1, 2, 3, 4, 5);
    assertPage(ChatHistory.newest(five, Integer.MAX_VALUE), false, 1, 2, 3, 4, 5);
  }

  @Example
  void before_givesTheNearestOldestFirst() {
    assertPage(ChatHistory.before(five, 5, 2), true, 3, 4);
    assertPage(ChatHistory.before(five, 3, 2), false, 1, 2);
    assertPage(ChatHistory.before(five, 1, 2), false);
    assertPage(ChatHistory.before(five, -7, 2), false);
    assertPage(ChatHistory.before(five, 99, 1), true, 5);
  }

  @Example
  void after_givesTheNearestOldestFirst() {
    assertPage(ChatHistory.after(five, 0, 2), true, 1, 2);
    assertPage(ChatHistory.after(five, 3, 2), false, 4, 5);
    assertPage(ChatHistory.after(five, 5, 2), false);
    assertPage(ChatHistory.after(five, Long.MAX_VALUE, 2), false);
    assertPage(ChatHistory.after(five, 2, Integer.MAX_VALUE), false, 3, 4, 5);
  }

  @Example
  void pages_aroundWhatIsErased_goOn() {
    ChatRoom holes = room(five, moderator(EVE, 9, erase(3)), moderator(EVE, 9, erase(1)));

    assertPage(ChatHistory.before(holes, 3, 2), false, 2);
    assertPage(ChatHistory.after(holes, 3, 2), false, 4, 5);
    assertPage(ChatHistory.before(holes, 5, 2), false, 2, 4);
  }

  /** Whoever goes through the history while others post and the oldest are dropped. */
  @Property
  void paging_inBothDirections_givesEachMessageOnce(
      @ForAll @IntRange(min = 0, max = 60) int messages,
      @ForAll @IntRange(min = 1, max = 7) int size,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    assertEachOnce(roomWith(messages), true, size, random);
    assertEachOnce(roomWith(messages), false, size, random);
  }

  private static void assertEachOnce(
      ChatRoom start, boolean back, int size, SplittableRandom random) {
    List<Long> seen = new ArrayList<>();
    ChatRoom room = start;
    long cursor = back ? Long.MAX_VALUE : 0;
    boolean more = true;
    while (more) {
      ChatPage page =
          back
              ? ChatHistory.before(room, cursor, 1 + random.nextInt(size))
              : ChatHistory.after(room, cursor, 1 + random.nextInt(size));
      List<Long> found = ids(page.messages());
      seen.addAll(back ? 0 : seen.size(), found);
      assertThat(found.isEmpty() && page.more()).isFalse();
      if (!found.isEmpty()) {
        cursor = found.get(back ? 0 : found.size() - 1);
      }
      more = page.more();
      room = disturbed(room, random);
    }
    assertThat(seen).isSorted().doesNotHaveDuplicates();
    List<Long> reachable = new ArrayList<>(ids(room.messages()));
    reachable.retainAll(ids(start.messages()));
    assertThat(seen).containsAll(reachable);
  }

  private static ChatRoom disturbed(ChatRoom room, SplittableRandom random) {
    long time = 1_000 + room.last();
    return switch (random.nextInt(6)) {
      case 0 -> room(room, act(ADA, time, post("late")));
      case 1 -> {
        ChatRetention fewer = ChatRetention.ofMessages(Math.max(1, room.messages().size() - 2));
        yield room(room, moderator(EVE, time, new ChatEvent.Retain(fewer)));
      }
      case 2 ->
          room.last() == 0
              ? room
              : room(room, moderator(EVE, time, erase(1 + random.nextLong(room.last()))));
      default -> room;
    };
  }

  private static void assertPage(ChatPage page, boolean more, long... expected) {
    assertThat(ids(page.messages())).isEqualTo(Arrays.stream(expected).boxed().toList());
    assertThat(page.more()).isEqualTo(more);
  }
}
