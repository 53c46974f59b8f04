package dev.collab.sync;

import static dev.collab.document.Fate.COMMITTED;
import static dev.collab.document.Fate.NOT_COMMITTED;
import static dev.collab.document.Fate.UNKNOWN;
import static dev.collab.sync.Replicas.assertShows;
import static dev.collab.sync.Replicas.changed;
import static dev.collab.sync.Replicas.delete;
import static dev.collab.sync.Replicas.insert;
import static dev.collab.sync.Replicas.own;
import static dev.collab.sync.Replicas.replica;
import static dev.collab.sync.Replicas.resynced;
import static dev.collab.sync.SyncState.Kind.AWAITING_ACK;
import static dev.collab.sync.SyncState.Kind.BUFFERING;
import static dev.collab.sync.SyncState.Kind.SYNCHRONIZED;
import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.document.Fate;
import dev.collab.operation.OperationType;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import java.lang.reflect.Proxy;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplicaResyncTest {

  private static Replica<Text, TextOperation> resync(
      Replica<Text, TextOperation> replica, String snapshot, Fate fate) {
    return resynced(replica, replica.resync(50, Text.of(snapshot), own(1), fate).orElseThrow());
  }

  @Test
  void resync_nothingPending_showsTheSnapshot() {
    Replica<Text, TextOperation> replica = replica("abc");

    replica = resynced(replica, replica.resync(50, Text.of("other")));

    assertShows(replica, SYNCHRONIZED, "other", "other");
    assertThat(replica.revision()).isEqualTo(50);
  }

  @Test
  void resync_editsWait_areKeptOnTheSnapshot() {
    Replica<Text, TextOperation> replica = replica("abc").edit(insert(3, " mine"));

    replica = resynced(replica, replica.resync(50, Text.of("theirs abc")));

    assertShows(replica, BUFFERING, "theirs abc", "theirs abc mine");
    assertThat(replica.send(own(1)).outstanding().orElseThrow().baseRevision()).isEqualTo(50);
  }

  @Test
  void resync_somethingUnderWayWithoutItsFate_throws() {
    Replica<Text, TextOperation> replica = replica("abc").edit(insert(3, "x")).send(own(1));

    assertThatThrownBy(() -> replica.resync(50, Text.of("abc")))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void resync_notCommitted_waitsForANewNumber() {
    Replica<Text, TextOperation> replica =
        replica("abc").edit(insert(3, " one")).send(own(1)).edit(insert(7, " two"));

    replica = resync(replica, "abc theirs", NOT_COMMITTED);

    assertShows(replica, BUFFERING, "abc theirs", "abc one two theirs");
    assertThat(replica.sync().buffer()).hasSize(2);
    assertThat(replica.outstanding()).isEmpty();
  }

  @Test
  void resync_committed_isTakenFromTheSnapshot() {
    Replica<Text, TextOperation> replica =
        replica("abc").edit(insert(3, " one")).send(own(1)).edit(insert(7, " two"));

    replica = resync(replica, "abc one theirs", COMMITTED);

    assertShows(replica, BUFFERING, "abc one theirs", "abc one two theirs");
  }

  @Test
  void resync_committedAndDeletedByOthers_doesNotComeBack() {
    Replica<Text, TextOperation> replica = replica("abc").edit(insert(3, " one")).send(own(1));

    assertShows(resync(replica, "abc", COMMITTED), SYNCHRONIZED, "abc", "abc");
  }

  @Test
  void resync_unknownAndInTheSnapshot_isCountedOnce() {
    Replica<Text, TextOperation> replica =
        replica("abc").edit(insert(3, " one")).send(own(1)).edit(insert(7, " two"));

    replica = resync(replica, "abc one theirs", UNKNOWN);

    assertShows(replica, BUFFERING, "abc one theirs", "abc one two theirs");
  }

  @Test
  void resync_unknownAndNotInTheSnapshot_isKept() {
    Replica<Text, TextOperation> replica =
        replica("abc").edit(insert(3, " one")).send(own(1)).edit(insert(7, " two"));

    replica = resync(replica, "theirs abc", UNKNOWN);

    assertShows(replica, BUFFERING, "theirs abc", "theirs abc one two");
  }

  @Test
  void resync_unknownDeletion_isCountedOnce() {
    Replica<Text, TextOperation> replica = replica("abcdef").edit(delete(1, 2)).send(own(1));

    assertShows(resync(replica, "adef", UNKNOWN), SYNCHRONIZED, "adef", "adef");
    assertShows(resync(replica, "abcdef", UNKNOWN), BUFFERING, "abcdef", "adef");
  }

  @Test
  void resync_aboutASubmissionNoLongerOutstanding_isIgnored() {
    Replica<Text, TextOperation> replica = replica("abc").edit(insert(3, "x")).send(own(1));
    replica = changed(replica, replica.receiveNone(own(1), 10));
    assertThat(replica.resync(11, Text.of("abc"), own(1), NOT_COMMITTED)).isEmpty();

    Replica<Text, TextOperation> sentAgain = replica.send(own(2));

    // else the edit would be sent a third time, while its second number is under way
    assertThat(sentAgain.resync(11, Text.of("abc"), own(1), NOT_COMMITTED)).isEmpty();
    assertThat(sentAgain.sync().kind()).isEqualTo(AWAITING_ACK);
  }

  @Test
  void resync_revisionBelowTheOneSeen_canStillSend() {
    Replica<Text, TextOperation> replica = replica("abc").edit(insert(3, "x"));

    replica = resynced(replica, replica.resync(4, Text.of("abc"))).send(own(1));

    assertThat(replica.outstanding().orElseThrow().baseRevision()).isEqualTo(4);
    assertThat(replica.outstanding().orElseThrow().seen()).isEqualTo(4);
  }

  @Test
  void resync_typeWithoutDifferences_handsOverWhatItCannotKeep() {
    Replica<Text, TextOperation> replica =
        Replica.of(withoutDiff(), 10, Text.of("abc"), 64)
            .edit(insert(3, "x"))
            .send(own(1))
            .edit(insert(4, "y"));

    Resynced<Text, TextOperation> lost =
        replica.resync(50, Text.of("abc"), own(1), NOT_COMMITTED).orElseThrow();
    Resynced<Text, TextOperation> saved =
        replica.resync(50, Text.of("abcx"), own(1), COMMITTED).orElseThrow();

    assertShows(lost.next(), SYNCHRONIZED, "abc", "abc");
    assertThat(lost.change()).isEmpty();
    assertThat(lost.abandoned()).containsExactly(insert(3, "x"), insert(4, "y"));
    assertThat(saved.abandoned()).containsExactly(insert(4, "y"));
    assertThat(replica.resync(50, Text.of("abc"), own(1), UNKNOWN).orElseThrow().abandoned())
        .hasSize(2);
  }

  @SuppressWarnings("unchecked")
  private static OperationType<Text, TextOperation> withoutDiff() {
    return (OperationType<Text, TextOperation>)
        Proxy.newProxyInstance(
            OperationType.class.getClassLoader(),
            new Class<?>[] {OperationType.class},
            (proxy, method, arguments) -> method.invoke(TEXT, arguments));
  }

  @Test
  void resync_anyEditsAndSnapshot_everyTypedCharacterIsThereOnce() {
    Random random = new Random(5);
    for (int round = 0; round < 3000; round++) {
      char[] next = {'\u4e00'};
      Replica<Text, TextOperation> replica = replica("abcdefghij");
      replica = type(replica, random, next).send(own(1));
      int outstanding = next[0];
      replica = type(replica, random, next);
      Fate fate = random.nextBoolean() ? COMMITTED : NOT_COMMITTED;
      Text server = replica.base();
      if (fate == COMMITTED) {
        server = replica.sync().outstanding().orElseThrow().operation().applyTo(server);
      }
      String snapshot = changedByOthers(server.toString(), random);

      String shown = resync(replica, snapshot, fate).state().toString();

      int firstPending = fate == COMMITTED ? outstanding : '\u4e00';
      for (int typed = firstPending; typed < next[0]; typed++) {
        int unit = typed;
        assertThat(shown.chars().filter(found -> found == unit))
            .as("round %d, %s", round, shown)
            .hasSize(1);
      }
    }
  }

  private static Replica<Text, TextOperation> type(
      Replica<Text, TextOperation> replica, Random random, char[] next) {
    Replica<Text, TextOperation> typed = replica;
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      int position = random.nextInt(typed.state().length() + 1);
      typed = typed.edit(insert(position, "" + next[0]++));
      int start = typed.state().toString().indexOf("" + (char) ('a' + random.nextInt(10)));
      if (start >= 0) {
        typed = typed.edit(delete(start, 1));
      }
    }
    return typed;
  }

  private static String changedByOthers(String text, Random random) {
    String changed = text;
    for (int i = random.nextInt(4); i > 0; i--) {
      int from = random.nextInt(changed.length() + 1);
      int to = from + random.nextInt(Math.min(4, changed.length() - from + 1));
      changed = changed.substring(0, from) + "ABC".substring(i - 1, i) + changed.substring(to);
    }
    return changed;
  }
}
