package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.chat.ChatEvent;
import dev.collab.document.ClientId;
import dev.collab.document.OperationId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits, what is outstanding and what is on its way back. */
class ChatOutboxTest {

  private static final PendingEvent A = new PendingEvent(1, ChatEvent.Post.of("a"));
  private static final PendingEvent B = new PendingEvent(2, ChatEvent.Post.of("b"));

  private static final ChatOutbox TWO = ChatOutbox.EMPTY.add(A.event()).add(B.event());

  private static OperationId id(long sequence) {
    return new OperationId(new ClientId("c"), sequence);
  }

  @Test
  void add_anEvent_standsBehindTheOthers() {
    assertThat(TWO.pending()).containsExactly(A, B);
    assertThat(TWO.last()).isEqualTo(2);
    assertThat(TWO.outstanding()).isEmpty();
    assertThat(ChatOutbox.EMPTY.pending()).isEmpty();
  }

  @Test
  void add_beyondTheCapacity_throws() {
    ChatOutbox full = ChatOutbox.EMPTY;
    for (int i = 0; i < ChatOutbox.CAPACITY; i++) {
      assertThat(full.isFull()).isFalse();
      full = full.add(A.event());
    }
    assertThat(full.isFull()).isTrue();
    ChatOutbox last = full;
    assertThatThrownBy(() -> last.add(A.event())).isInstanceOf(IllegalStateException.class);
    assertThat(full.submit(id(1)).reject().isFull()).isFalse();
  }

  @Test
  void submit_makesTheFirstOneOutstanding_oneAtATime() {
    ChatOutbox sent = TWO.submit(id(7));
    assertThat(sent.outstanding()).contains(new ChatOutbox.Outstanding(id(7), A));
    assertThat(sent.hasNext()).isFalse();
    assertThat(sent.pending()).containsExactly(A, B);
    assertThatThrownBy(() -> sent.submit(id(8))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> ChatOutbox.EMPTY.submit(id(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void commit_keepsTheEventUntilTheViewHasIt() {
    ChatOutbox committed = TWO.submit(id(1)).commit(5);
    assertThat(committed.unanswered()).containsExactly(B);
    assertThat(committed.pending()).containsExactly(A, B);
    assertThat(committed.hasNext()).isTrue();
    assertThat(committed.seen(5)).isSameAs(committed);
    assertThat(committed.seen(6).pending()).containsExactly(B);
    assertThat(TWO.commit(5)).isSameAs(TWO);
  }

  @Test
  void reject_takesTheOutstandingOne_orElseTheFirst() {
    assertThat(TWO.submit(id(1)).reject().pending()).containsExactly(B);
    assertThat(TWO.reject().pending()).containsExactly(B);
    assertThat(TWO.reject().reject()).extracting(ChatOutbox::pending).isEqualTo(List.of());
    assertThatThrownBy(ChatOutbox.EMPTY::reject).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void numbers_areNeverGivenTwice() {
    ChatOutbox emptied = TWO.reject().reject();
    assertThat(emptied.add(A.event()).pending()).containsExactly(new PendingEvent(3, A.event()));
  }

  @Test
  void toString_saysNothingOfTheText() {
    assertThat(A).hasToString("1 POST");
  }
}
