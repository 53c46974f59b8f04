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
import static dev.collab.sync.SyncState.Kind.BUFFERING;
import static dev.collab.sync.SyncState.Kind.SYNCHRONIZED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import org.junit.jupiter.api.Test;

class ReplicaRejectTest {

  private static Replica<Text, TextOperation> reject(Replica<Text, TextOperation> replica) {
    return changed(replica, replica.reject(own(1)));
  }

  @Test
  void reject_alone_isUndone() {
    Replica<Text, TextOperation> sent = replica("abc").edit(insert(1, "x")).send(own(1));

    assertShows(reject(sent), SYNCHRONIZED, "abc", "abc");
    assertThat(reject(sent).revision()).isEqualTo(10);
    assertThat(reject(sent).reject(own(1))).isInstanceOf(Update.Ignored.class);
  }

  @Test
  void reject_takenBackByAnEditThatWaits_changesNothing() {
    Replica<Text, TextOperation> replica =
        replica("abc").edit(delete(0, 2)).send(own(1)).edit(insert(0, "ab"));

    assertShows(reject(replica), SYNCHRONIZED, "abc", "abc");
  }

  @Test
  void reject_otherNumber_isIgnored() {
    Replica<Text, TextOperation> sent = replica("abc").edit(insert(1, "x")).send(own(2));

    assertThat(sent.reject(own(1))).isInstanceOf(Update.Ignored.class);
    assertThat(sent.reject(foreign(2))).isInstanceOf(Update.Ignored.class);
    assertThat(replica("abc").reject(own(1))).isInstanceOf(Update.Ignored.class);
  }

  @Test
  void reject_editsWaitElsewhere_stay() {
    Replica<Text, TextOperation> replica =
        replica("abc").edit(insert(0, "xx")).send(own(1)).edit(insert(5, "yy"));

    assertShows(reject(replica), BUFFERING, "abc", "abcyy");
    assertThat(sent(reject(replica).send(own(2)).outstanding().orElseThrow()))
        .isEqualTo(insert(3, "yy"));
  }

  @Test
  void reject_typedInsideWhatIsUndone_typingStays() {
    Replica<Text, TextOperation> replica =
        replica("abc").edit(insert(1, "xx")).send(own(1)).edit(insert(2, "yy"));

    assertShows(reject(replica), BUFFERING, "abc", "ayybc");
  }

  @Test
  void reject_deletedWhatIsUndone_leavesNothingToSend() {
    Replica<Text, TextOperation> replica =
        replica("abc").edit(insert(1, "xx")).send(own(1)).edit(delete(1, 2));

    assertShows(reject(replica), SYNCHRONIZED, "abc", "abc");
  }

  @Test
  void reject_deletedMoreThanWhatIsUndone_deletesTheRest() {
    Replica<Text, TextOperation> replica =
        replica("abc").edit(insert(1, "xx")).send(own(1)).edit(delete(0, 4));

    assertShows(reject(replica), BUFFERING, "abc", "c");
  }

  @Test
  void reject_deletion_bringsTheTextBack() {
    Replica<Text, TextOperation> replica =
        replica("abcdef").edit(delete(1, 4)).send(own(1)).edit(insert(1, "yy"));

    Replica<Text, TextOperation> after = reject(replica);
    assertShows(after, BUFFERING, "abcdef", "ayybcdef");
  }

  @Test
  void reject_afterRemoteEdits_undoesWhatIsLeft() {
    Replica<Text, TextOperation> replica =
        replica("abcdef").edit(TextOperation.replace(1, 4, "X")).send(own(1));
    replica = receive(replica.edit(insert(0, "y")), insert(3, "remote"));
    replica = receive(replica, delete(0, 1));

    assertShows(reject(replica), BUFFERING, "bcremotedef", "ybcremotedef");
  }

  @Test
  void reject_thenRemoteOrRemoteThenReject_endAlike() {
    Replica<Text, TextOperation> start =
        replica("abcdef").edit(TextOperation.replace(1, 2, "XX")).send(own(1)).edit(insert(3, "y"));
    TextOperation remote = TextOperation.replace(4, 1, "remote");

    Replica<Text, TextOperation> one = receive(reject(start), remote);
    Replica<Text, TextOperation> other = reject(receive(start, remote));

    assertThat(one.base()).isEqualTo(other.base());
    assertThat(one.state()).isEqualTo(other.state());
    assertThat(one.sync()).isEqualTo(other.sync());
  }

  @Test
  void reject_severalInTurn_eachIsUndoneAndTheLastStays() {
    Replica<Text, TextOperation> replica = replica("").edit(insert(0, "one ")).send(own(1));
    replica = replica.edit(insert(4, "two "));
    replica = reject(replica).send(own(2)).edit(insert(4, "three"));
    assertShows(changed(replica, replica.reject(own(2))), BUFFERING, "", "three");

    replica = changed(replica, replica.reject(own(2))).send(own(3));
    replica = acknowledged(replica.acknowledge(own(3), 10));
    assertShows(replica, SYNCHRONIZED, "three", "three");
  }

  @Test
  void reject_thenALateCopyIsCommitted_comesAsAnyOtherEdit() {
    Replica<Text, TextOperation> replica =
        replica("abc").edit(insert(1, "x")).send(own(1)).edit(insert(4, "y"));
    replica = reject(replica).send(own(2));

    Replica<Text, TextOperation> next =
        changed(replica, replica.receive(own(1), 10, insert(1, "x")));

    assertThat(next.state()).hasToString("axbcy");
    assertThat(next.outstanding()).isEqualTo(replica.outstanding());
  }
}
