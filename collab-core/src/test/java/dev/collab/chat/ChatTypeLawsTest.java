package dev.collab.chat;

import static dev.collab.chat.ChatType.CHAT;
import static dev.collab.chat.Chats.ADA;
import static dev.collab.chat.Chats.BOB;
import static dev.collab.chat.Chats.act;
import static dev.collab.chat.Chats.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.operation.Bias;
import dev.collab.operation.Side;
import dev.collab.value.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The laws of operation types that hold for rooms, and counterexamples to those that do not. */
class ChatTypeLawsTest {

  @Provide
  Arbitrary<List<Deeds.Deed>> deeds() {
    return Deeds.lists(40);
  }

  @Property
  void compose_any_hasTheEffectOfAll(
      @ForAll("deeds") List<Deeds.Deed> before, @ForAll("deeds") List<Deeds.Deed> deeds) {
    ChatRoom start = Deeds.room(before);
    ChatRoom expected = start;
    ChatOperation composed = CHAT.noop();
    for (ChatOperation operation : Deeds.admitted(start, deeds)) {
      expected = CHAT.apply(expected, operation);
      composed = CHAT.compose(composed, operation);
    }

    assertThat(CHAT.apply(start, composed)).isEqualTo(expected).hasSameHashCodeAs(expected);
    assertThat(CHAT.admit(start, composed)).isEqualTo(composed);
  }

  @Property
  void compose_three_isAssociative(@ForAll("deeds") List<Deeds.Deed> deeds) {
    List<ChatOperation> all = Deeds.admitted(ChatRoom.EMPTY, deeds);
    for (int i = 0; i + 2 < all.size(); i++) {
      assertThat(CHAT.compose(CHAT.compose(all.get(i), all.get(i + 1)), all.get(i + 2)))
          .isEqualTo(CHAT.compose(all.get(i), CHAT.compose(all.get(i + 1), all.get(i + 2))));
    }
  }

  @Property
  void foldOfEvents_isThatOfASnapshotAndTheRest(
      @ForAll("deeds") List<Deeds.Deed> deeds, @ForAll @IntRange(max = 40) int cut) {
    ChatRoom plain = ChatRoom.EMPTY;
    ChatRoom restored = ChatRoom.EMPTY;
    int number = 0;
    for (ChatOperation operation : Deeds.admitted(ChatRoom.EMPTY, deeds)) {
      plain = CHAT.apply(plain, operation);
      restored = CHAT.apply(restored, operation);
      if (number++ == cut) {
        restored = CHAT.create(CHAT.encodeState(restored));
      }
    }

    assertThat(restored).isEqualTo(plain).hasSameHashCodeAs(plain);
    assertThat(CHAT.checksum(restored)).isEqualTo(CHAT.checksum(plain));
    assertThat(CHAT.size(restored)).isEqualTo(CHAT.size(plain));
  }

  @Property
  void encode_operation_readsBack(@ForAll("deeds") List<Deeds.Deed> deeds) {
    for (ChatOperation operation : Deeds.admitted(ChatRoom.EMPTY, deeds)) {
      ChatOperation decoded = CHAT.decodeOperation(CHAT.encodeOperation(operation));
      assertThat(decoded).isEqualTo(operation).hasSameHashCodeAs(operation);
      assertThat(decoded.weight()).isEqualTo(operation.weight()).isNotNegative();
      assertThat(CHAT.encodeOperation(decoded)).isEqualTo(CHAT.encodeOperation(operation));
    }
  }

  @Property
  void ids_neverComeTwiceAndAreSorted(@ForAll("deeds") List<Deeds.Deed> deeds) {
    Set<Long> ever = new HashSet<>();
    ChatRoom room = ChatRoom.EMPTY;
    for (ChatOperation operation : Deeds.admitted(room, deeds)) {
      ChatRoom next = CHAT.apply(room, operation);
      if (next.last() > room.last()) {
        assertThat(next.last()).isEqualTo(room.last() + 1);
        assertThat(ever.add(next.last())).isTrue();
      }
      assertThat(Chats.ids(next.messages())).isSorted().allMatch(ever::contains);
      assertThat(next.messages()).hasSizeLessThanOrEqualTo(next.retention().messages());
      next.history().checkInvariants();
      room = next;
    }
  }

  @Property
  void verbs_arguments_areUnchanged(@ForAll("deeds") List<Deeds.Deed> deeds) {
    ChatRoom room = ChatRoom.EMPTY;
    for (ChatOperation operation : Deeds.admitted(room, deeds)) {
      JsonValue before = CHAT.encodeState(room);
      ChatRoom next = CHAT.apply(room, operation);
      assertThat(CHAT.encodeState(room)).isEqualTo(before);
      room = next;
    }
  }

  @Property
  void noop_anywhere_isNeutral(@ForAll("deeds") List<Deeds.Deed> deeds) {
    ChatRoom room = Deeds.room(deeds);

    assertThat(CHAT.noop().isNoop()).isTrue();
    assertThat(CHAT.apply(room, CHAT.noop())).isEqualTo(room);
    assertThat(CHAT.admit(room, CHAT.noop())).isEqualTo(CHAT.noop());
    for (ChatOperation operation : Deeds.admitted(ChatRoom.EMPTY, deeds)) {
      assertThat(CHAT.compose(CHAT.noop(), operation)).isEqualTo(operation);
      assertThat(CHAT.compose(operation, CHAT.noop())).isEqualTo(operation);
      assertThat(CHAT.transform(operation, CHAT.noop(), Side.LEFT)).isEqualTo(operation);
    }
  }

  /** A law that does not hold, and cannot: the log says who comes first. */
  @Example
  void transform_twoPosts_doNotConverge() {
    ChatOperation ada = ChatOperation.of(act(ADA, 0, post("first!")));
    ChatOperation bob = ChatOperation.of(act(BOB, 0, post("first!")));

    assertThat(CHAT.transform(ada, bob, Side.LEFT)).isEqualTo(ada);
    assertThat(CHAT.apply(CHAT.apply(ChatRoom.EMPTY, ada), CHAT.transform(bob, ada, Side.LEFT)))
        .isNotEqualTo(
            CHAT.apply(CHAT.apply(ChatRoom.EMPTY, bob), CHAT.transform(ada, bob, Side.RIGHT)));
  }

  /** A law that does not hold: an inverse would keep what was deleted. */
  @Example
  void invert_anything_undoesNothing() {
    ChatOperation post = ChatOperation.of(act(ADA, 0, post("x")));

    assertThat(CHAT.invert(post, ChatRoom.EMPTY)).isEqualTo(CHAT.noop());
  }

  @Example
  void type_isFoundUnderItsNames() {
    assertThat(CHAT.uri()).isEqualTo("urn:collab:type:chat-room");
    assertThat(CHAT.name()).isEqualTo("chat-room");
    assertThat(CHAT.operationClass()).isEqualTo(ChatOperation.class);
    assertThat(CHAT.transformPosition(JsonValue.of(3), CHAT.noop(), Bias.AFTER))
        .isEqualTo(JsonValue.of(3));
  }
}
