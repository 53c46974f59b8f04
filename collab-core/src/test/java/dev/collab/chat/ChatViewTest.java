package dev.collab.chat;

import static dev.collab.chat.Chats.ADA;
import static dev.collab.chat.Chats.BOB;
import static dev.collab.chat.Chats.EVE;
import static dev.collab.chat.Chats.act;
import static dev.collab.chat.Chats.edit;
import static dev.collab.chat.Chats.erase;
import static dev.collab.chat.Chats.ids;
import static dev.collab.chat.Chats.moderator;
import static dev.collab.chat.Chats.post;
import static dev.collab.chat.Chats.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client knows of a room. */
class ChatViewTest {

  private final RoomLog log = RoomLog.created();
  private ChatView view = log.view(1);

  /** Ten messages of Ada, 1 to 10, at versions 1 to 10; the view has those from 8 on. */
  @BeforeEach
  void tenMessages() {
    for (int i = 1; i <= 10; i++) {
      log.accept("a", i, act(ADA, i, post("m" + i)));
    }
    view = log.view(3);
  }

  private ChatUpdate told(ChatAct act) {
    log.accept("x", log.version(), act);
    long version = log.version() - 1;
    return view.receive(version, log.changesSince(version).get(0));
  }

  private void receive(ChatAct act) {
    ChatUpdate update = told(act);
    assertThat(update).isInstanceOf(ChatUpdate.Changed.class);
    view = ((ChatUpdate.Changed) update).view();
  }

  @Test
  void view_ofAPage_hasItsMessages() {
    assertThat(ids(view.messages())).containsExactly(8L, 9L, 10L);
    assertThat(view.oldestKnown()).isEqualTo(8);
    assertThat(view.hasOlder()).isTrue();
    assertThat(view.first()).isEqualTo(1);
    assertThat(view.last()).isEqualTo(10);
    assertThat(view.version()).isEqualTo(11);
    assertThat(view.message(8)).isPresent();
    assertThat(view.message(7)).isEmpty();
    assertThat(view.member("u1")).isPresent();
  }

  @Test
  void view_ofAnEmptyRoom_hasNothingOlder() {
    ChatView empty = RoomLog.created().view(5);

    assertThat(empty.messages()).isEmpty();
    assertThat(empty.hasOlder()).isFalse();
    assertThat(empty.oldestKnown()).isEqualTo(1);
  }

  @Test
  void receive_theNext_changesTheView() {
    receive(act(BOB, 20, post("new")));

    assertThat(ids(view.messages())).containsExactly(8L, 9L, 10L, 11L);
    assertThat(view.version()).isEqualTo(12);
    assertThat(view.last()).isEqualTo(11);
    assertThat(view.member("u2")).isPresent();
  }

  @Test
  void receive_whatIsKnown_isIgnored() {
    for (long version = 0; version < 11; version++) {
      ChatChanges known = log.changesSince(version).get(0);
      assertThat(view.receive(version, known)).isEqualTo(new ChatUpdate.Ignored());
    }
  }

  @Test
  void receive_whatComesTooEarly_isAGap() {
    log.accept("b", 1, act(BOB, 20, post("missed")));

    assertThat(told(act(BOB, 21, post("seen")))).isEqualTo(new ChatUpdate.Gap(11));
  }

  @Test
  void receive_nothing_countsOn() {
    ChatUpdate update = view.receive(11, new ChatChanges(List.of(), 1));

    assertThat(((ChatUpdate.Changed) update).view().version()).isEqualTo(12);
    assertThat(((ChatUpdate.Changed) update).view().messages()).isEqualTo(view.messages());
  }

  @Test
  void receive_retention_forgetsWhatIsGone() {
    receive(moderator(EVE, 20, new ChatEvent.Retain(ChatRetention.ofMessages(2))));

    assertThat(ids(view.messages())).containsExactly(9L, 10L);
    assertThat(view.first()).isEqualTo(9);
    assertThat(view.hasOlder()).isFalse();
    assertThat(view.retention()).isEqualTo(ChatRetention.ofMessages(2));
  }

  @Test
  void receive_readMarks_goForwardOnly() {
    receive(act(ADA, 20, read(9)));
    ChatUpdate back = view.receive(12, new ChatChanges(List.of(new ChatChange.Read("u1", 3)), 1));

    assertThat(((ChatUpdate.Changed) back).view().member("u1").orElseThrow().read()).isEqualTo(9);
  }

  @Test
  void older_pageBeforeTheOldestKnown_isAdded() {
    view = view.older(8, ChatHistory.before(log.room(), 8, 3));
    assertThat(ids(view.messages())).containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(view.oldestKnown()).isEqualTo(5);
    assertThat(view.hasOlder()).isTrue();

    view = view.older(5, ChatHistory.before(log.room(), 5, 4));
    assertThat(view.messages()).isEqualTo(log.room().messages());
    assertThat(view.hasOlder()).isFalse();
  }

  @Test
  void older_pageTwice_changesNothingMore() {
    ChatPage page = ChatHistory.before(log.room(), 8, 3);
    ChatView once = view.older(8, page);

    assertThat(once.older(8, page)).isEqualTo(once);
  }

  @Test
  void older_pageThatLeavesAHole_isNotAdded() {
    assertThat(view.older(6, ChatHistory.before(log.room(), 6, 3))).isSameAs(view);
    assertThat(view.older(8, new ChatPage(List.of(), true))).isSameAs(view);
  }

  @Test
  void older_emptyPage_tellsThatThereIsNothing() {
    assertThat(view.older(8, new ChatPage(List.of(), false)).hasOlder()).isFalse();
  }

  @Test
  void older_pageFromBeforeAnEdit_doesNotTakeItBack() {
    ChatPage late = ChatHistory.before(log.room(), 8, 10);
    receive(act(ADA, 20, edit(3, "edited")));
    receive(moderator(EVE, 21, erase(4)));
    receive(act(ADA, 22, new ChatEvent.Delete(5)));
    assertThat(ids(view.messages())).containsExactly(8L, 9L, 10L);

    view = view.older(8, late);

    assertThat(view.messages()).isEqualTo(log.room().messages());
  }

  @Test
  void older_pageFromBeforeRetention_bringsNothingBack() {
    ChatPage late = ChatHistory.before(log.room(), 8, 10);
    receive(moderator(EVE, 20, new ChatEvent.Retain(ChatRetention.ofMessages(5))));

    view = view.older(8, late);

    assertThat(view.messages()).isEqualTo(log.room().messages());
    assertThat(view.hasOlder()).isFalse();
  }

  /** Found by {@code ChatViewLawsTest}. */
  @Test
  void older_pageThatReachesBelowRetention_knowsNoMoreThanIsThere() {
    ChatPage late = ChatHistory.before(log.room(), 8, 6);
    receive(moderator(EVE, 20, new ChatEvent.Retain(ChatRetention.ofMessages(7))));

    view = view.older(8, late);

    assertThat(view).isEqualTo(log.view(Integer.MAX_VALUE));
    assertThat(view.oldestKnown()).isEqualTo(4);
    assertThat(view.hasOlder()).isFalse();
  }

  @Test
  void newest_fewer_forgetsTheOlder() {
    view = view.older(8, ChatHistory.before(log.room(), 8, 10)).newest(4);

    assertThat(ids(view.messages())).containsExactly(7L, 8L, 9L, 10L);
    assertThat(view.oldestKnown()).isEqualTo(7);
    assertThat(view.hasOlder()).isTrue();
    assertThat(view.newest(4)).isSameAs(view);
    assertThat(view.newest(5)).isSameAs(view);
    assertThatIllegalArgumentException().isThrownBy(() -> view.newest(0));
  }

  @Test
  void newest_thenALatePage_leavesNoHole() {
    ChatPage late = ChatHistory.before(log.room(), 8, 2);
    view = view.newest(1);

    assertThat(view.older(8, late)).isSameAs(view);
  }

  @Test
  void view_inLogs_doesNotShowWhatPeopleSay() {
    assertThat(view.toString()).isEqualTo("version 11, messages 8..10 of 1..10");
  }
}
