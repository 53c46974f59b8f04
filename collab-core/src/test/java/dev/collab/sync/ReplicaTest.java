package dev.collab.sync;

import static dev.collab.sync.Replicas.acknowledged;
import static dev.collab.sync.Replicas.assertShows;
import static dev.collab.sync.Replicas.changed;
import static dev.collab.sync.Replicas.delete;
import static dev.collab.sync.Replicas.foreign;
import static dev.collab.sync.Replicas.insert;
import static dev.collab.sync.Replicas.own;
import static dev.collab.sync.Replicas.receive;
import static dev.collab.sync.Replicas.replica;
import static dev.collab.sync.Replicas.sent;
import static dev.collab.sync.SyncState.Kind.AWAITING_ACK;
import static dev.collab.sync.SyncState.Kind.AWAITING_WITH_BUFFER;
import static dev.collab.sync.SyncState.Kind.BUFFERING;
import static dev.collab.sync.SyncState.Kind.SYNCHRONIZED;
import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.document.Submission;
import dev.collab.operation.InvalidOperationException;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaTest {

  private final Replica<Text, TextOperation> idle = replica("abc");
  private final Replica<Text, TextOperation> buffering = idle.edit(insert(1, "x"));
  private final Replica<Text, TextOperation> awaiting = buffering.send(own(1));
  private final Replica<Text, TextOperation> both = awaiting.edit(insert(2, "y"));

  @Test
  void of_text_isSynchronized() {
    assertShows(idle, SYNCHRONIZED, "abc", "abc");
    assertThat(idle.revision()).isEqualTo(10);
    assertThat(idle.type()).isSameAs(TEXT);
    assertThat(idle.pendingEdits()).isEmpty();
  }

  @Test
  void of_impossibleArguments_throws() {
    assertThatThrownBy(() -> Replica.of(TEXT, -1, Text.empty(), 64))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Replica.of(TEXT, 0, Text.empty(), 63))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Replica.of(TEXT, 0, Text.empty(), 64).revision()).isZero();
  }

  @Test
  void edit_eachState_waitsInTheBuffer() {
    assertShows(buffering, BUFFERING, "abc", "axbc");
    assertShows(buffering.edit(insert(4, "z")), BUFFERING, "abc", "axbcz");
    assertShows(both, AWAITING_WITH_BUFFER, "abc", "axybc");
    assertShows(both.edit(insert(0, "z")), AWAITING_WITH_BUFFER, "abc", "zaxybc");
    assertThat(both.edit(insert(0, "z")).sync().buffer()).hasSize(1);
    assertShows(idle, SYNCHRONIZED, "abc", "abc");
  }

  @Test
  void edit_nothing_isTheSameReplica() {
    for (Replica<Text, TextOperation> replica : replicas()) {
      assertThat(replica.edit(TextOperation.noop())).isSameAs(replica);
    }
  }

  private Iterable<Replica<Text, TextOperation>> replicas() {
    return List.of(idle, buffering, awaiting, both);
  }

  @Test
  void edit_takenBackWhileItWaits_leavesNothingToSend() {
    assertShows(buffering.edit(delete(1, 1)), SYNCHRONIZED, "abc", "abc");
    assertShows(both.edit(delete(2, 1)), AWAITING_ACK, "abc", "axbc");
    assertShows(awaiting.edit(delete(1, 1)), AWAITING_WITH_BUFFER, "abc", "abc");
  }

  @Test
  void edit_thatDoesNotFit_throwsAndNothingChanges() {
    for (Replica<Text, TextOperation> replica : replicas()) {
      String before = replica.state().toString();
      assertThatThrownBy(() -> replica.edit(delete(0, 9)))
          .isInstanceOf(InvalidOperationException.class);
      assertThatThrownBy(() -> replica.edit(insert(0, "\ud83d")))
          .isInstanceOf(InvalidOperationException.class);
      assertThat(replica.state()).hasToString(before);
    }
  }

  @Test
  void edit_cutsAPair_isSentInAnEquivalentForm() {
    Replica<Text, TextOperation> replica =
        replica("\ud83d\ude00").edit(TextOperation.replace(1, 1, "\ude01")).send(own(1));

    assertThat(sent(replica.outstanding().orElseThrow()))
        .isEqualTo(TextOperation.replace(0, 2, "\ud83d\ude01"));
  }

  @Test
  void send_buffering_isOutstanding() {
    Submission submission = awaiting.outstanding().orElseThrow();

    assertShows(awaiting, AWAITING_ACK, "abc", "axbc");
    assertThat(submission.id()).isEqualTo(own(1));
    assertThat(submission.baseRevision()).isEqualTo(10);
    assertThat(submission.seen()).isEqualTo(10);
    assertThat(sent(submission)).isEqualTo(insert(1, "x"));
  }

  @Test
  void send_otherStates_throws() {
    assertThatThrownBy(() -> idle.send(own(2))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> awaiting.send(own(2))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> both.send(own(2))).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void acknowledge_outstanding_isPartOfTheBase() {
    Replica<Text, TextOperation> alone = acknowledged(awaiting.acknowledge(own(1), 10));
    Replica<Text, TextOperation> more = acknowledged(both.acknowledge(own(1), 10));

    assertShows(alone, SYNCHRONIZED, "axbc", "axbc");
    assertShows(more, BUFFERING, "axbc", "axybc");
    assertThat(alone.revision()).isEqualTo(11);
    assertThat(sent(more.send(own(2)).outstanding().orElseThrow())).isEqualTo(insert(2, "y"));
    assertThat(more.send(own(2)).outstanding().orElseThrow().baseRevision()).isEqualTo(11);
  }

  @Test
  void acknowledge_again_isIgnored() {
    Replica<Text, TextOperation> done = acknowledged(awaiting.acknowledge(own(1), 10));

    assertThat(done.acknowledge(own(1), 10)).isInstanceOf(Update.Ignored.class);
    assertThat(done.receive(own(1), 10, insert(1, "x"))).isInstanceOf(Update.Ignored.class);
  }

  @Test
  void acknowledge_ofWhatIsNotOutstanding_isAnEntryToCatchUpWith() {
    for (Replica<Text, TextOperation> replica : replicas()) {
      assertThat(replica.acknowledge(own(2), 9)).isInstanceOf(Update.Ignored.class);
      assertThat(replica.acknowledge(own(2), 10)).isEqualTo(new Update.Gap<>(10));
      assertThat(replica.acknowledge(foreign(1), 10)).isEqualTo(new Update.Gap<>(10));
    }
  }

  @Test
  void acknowledge_entriesMissingBefore_isAGapThatCatchUpCloses() {
    Update<Text, TextOperation> update = both.acknowledge(own(1), 11);
    assertThat(update).isEqualTo(new Update.Gap<>(10));

    Replica<Text, TextOperation> caughtUp = receive(both, insert(0, "-"));
    caughtUp = acknowledged(caughtUp.receive(own(1), 11, insert(2, "x")));

    assertShows(caughtUp, BUFFERING, "-axbc", "-axybc");
    assertThat(caughtUp.acknowledge(own(1), 11)).isInstanceOf(Update.Ignored.class);
  }

  @Test
  void receive_ownOperationAsABroadcast_isTheAcknowledgement() {
    Replica<Text, TextOperation> replica = acknowledged(both.receive(own(1), 10, insert(1, "x")));

    assertShows(replica, BUFFERING, "axbc", "axybc");
  }

  @Test
  void receive_foreignEdit_movesPastTheOwnOnes() {
    assertShows(receive(idle, insert(0, "-")), SYNCHRONIZED, "-abc", "-abc");
    assertShows(receive(buffering, insert(0, "-")), BUFFERING, "-abc", "-axbc");
    assertShows(receive(awaiting, insert(0, "-")), AWAITING_ACK, "-abc", "-axbc");
    assertShows(receive(both, insert(0, "-")), AWAITING_WITH_BUFFER, "-abc", "-axybc");
    assertThat(receive(both, insert(0, "-")).revision()).isEqualTo(11);
  }

  @Test
  void receive_insertAtTheSamePlace_ownOnesStandFirst() {
    assertShows(receive(both, insert(1, "-")), AWAITING_WITH_BUFFER, "a-bc", "axy-bc");
  }

  @Test
  void receive_editThatSwallowsWhatWaits_leavesNothingToSend() {
    Replica<Text, TextOperation> deleting = idle.edit(delete(1, 1));
    assertShows(receive(deleting, delete(0, 3)), SYNCHRONIZED, "", "");

    Replica<Text, TextOperation> outstanding = receive(deleting.send(own(1)), delete(0, 3));
    assertShows(outstanding, AWAITING_ACK, "", "");
    assertThat(outstanding.pendingEdits()).hasSize(1); // the number is still under way
    assertShows(acknowledged(outstanding.acknowledge(own(1), 11)), SYNCHRONIZED, "", "");
  }

  @Test
  void receive_knownOrTooNew_changesNothing() {
    for (Replica<Text, TextOperation> replica : replicas()) {
      Replica<Text, TextOperation> later = receive(replica, insert(0, "-"));
      assertThat(later.receive(foreign(10), 10, insert(0, "-"))).isInstanceOf(Update.Ignored.class);
      assertThat(later.receive(foreign(9), 9, insert(0, "-"))).isInstanceOf(Update.Ignored.class);
      assertThat(later.receive(foreign(12), 12, insert(0, "-"))).isEqualTo(new Update.Gap<>(11));
      assertThat(later.receiveNone(foreign(10), 10)).isInstanceOf(Update.Ignored.class);
      assertThat(later.receiveNone(foreign(12), 12)).isEqualTo(new Update.Gap<>(11));
    }
  }

  @Test
  void receive_editThatDoesNotFit_throws() {
    for (Replica<Text, TextOperation> replica : replicas()) {
      assertThatThrownBy(() -> replica.receive(foreign(1), 10, delete(2, 2)))
          .isInstanceOf(InvalidOperationException.class);
    }
  }

  @Test
  void receive_oneByOne_isTransformedOverEachEntryAsTheAuthorityDoes() {
    Replica<Text, TextOperation> replica = replica("x").edit(insert(1, "a")).send(own(1));

    replica = receive(receive(replica, delete(0, 1)), insert(0, "b"));

    assertShows(replica, AWAITING_ACK, "b", "ab"); // over the composition it would be "ba"
  }

  @Test
  void receiveNone_ofAnother_onlyCounts() {
    for (Replica<Text, TextOperation> replica : replicas()) {
      Replica<Text, TextOperation> next = changed(replica, replica.receiveNone(foreign(1), 10));
      assertThat(next.revision()).isEqualTo(11);
      assertThat(next.sync()).isEqualTo(replica.sync());
      assertThat(next.state()).isEqualTo(replica.state());
    }
  }

  @Test
  void receiveNone_voidsTheOutstandingOne_itWaitsForANewNumber() {
    Replica<Text, TextOperation> voided = changed(both, both.receiveNone(own(1), 10));

    assertShows(voided, BUFFERING, "abc", "axybc");
    Replica<Text, TextOperation> again = voided.send(own(2));
    assertThat(sent(again.outstanding().orElseThrow())).isEqualTo(insert(1, "x"));
    assertThat(again.outstanding().orElseThrow().baseRevision()).isEqualTo(11);
    assertThat(voided.reject(own(1))).isInstanceOf(Update.Ignored.class);
  }

  @Test
  void receiveNone_voidsWhatNothingIsLeftOf_leavesNothingToSend() {
    Replica<Text, TextOperation> empty =
        receive(idle.edit(delete(1, 1)).send(own(1)), delete(0, 3));

    assertShows(changed(empty, empty.receiveNone(own(1), 11)), SYNCHRONIZED, "", "");
  }

  @Test
  void outstanding_whateverHappensMeanwhile_isSentAgainUnchanged() {
    Submission first = awaiting.outstanding().orElseThrow();
    Replica<Text, TextOperation> later = awaiting.edit(insert(0, "own "));
    later = receive(later, delete(0, 3));
    later = receive(later, insert(0, "other "));
    later = later.edit(delete(0, 2)).withMaxOperationWeight(64);

    assertThat(later.outstanding()).containsSame(first);
  }

  @Test
  void seen_firstEditOfASubmission_decides() {
    Replica<Text, TextOperation> replica = receive(buffering, insert(0, "-"));
    replica = receive(replica.edit(insert(0, "z")), insert(0, "+")).send(own(1));

    assertThat(replica.outstanding().orElseThrow().seen()).isEqualTo(10);
    assertThat(replica.outstanding().orElseThrow().baseRevision()).isEqualTo(12);

    Replica<Text, TextOperation> next = replica.edit(insert(0, "n"));
    next = acknowledged(next.acknowledge(own(1), 12)).send(own(2));
    assertThat(next.outstanding().orElseThrow().seen()).isEqualTo(12);
    assertThat(next.outstanding().orElseThrow().baseRevision()).isEqualTo(13);
  }
}
