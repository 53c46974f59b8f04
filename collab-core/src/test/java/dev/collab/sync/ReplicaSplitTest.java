package dev.collab.sync;

import static dev.collab.sync.Replicas.acknowledged;
import static dev.collab.sync.Replicas.checked;
import static dev.collab.sync.Replicas.delete;
import static dev.collab.sync.Replicas.insert;
import static dev.collab.sync.Replicas.own;
import static dev.collab.sync.Replicas.receive;
import static dev.collab.sync.Replicas.sent;
import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.document.Submission;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaSplitTest {

  private static Replica<Text, TextOperation> limited(String text, int limit) {
    return Replica.of(TEXT, 10, Text.of(text), limit);
  }

  /** Sends and acknowledges until nothing waits, and checks each operation's weight. */
  private static List<Submission> drain(Replica<Text, TextOperation> replica, int limit) {
    String shown = replica.state().toString();
    List<Submission> submissions = new ArrayList<>();
    Replica<Text, TextOperation> next = replica;
    while (next.canSend()) {
      next = checked(next.send(own(submissions.size() + 1)));
      Submission submission = next.outstanding().orElseThrow();
      assertThat(sent(submission).weight()).isLessThanOrEqualTo(limit);
      submissions.add(submission);
      next = acknowledged(next.acknowledge(submission.id(), next.revision()));
    }
    assertThat(next.state()).hasToString(shown);
    assertThat(next.base()).hasToString(shown);
    return submissions;
  }

  @Test
  void edit_weightAroundTheLimit_splitsOnlyAbove() {
    for (int weight = 63; weight <= 65; weight++) {
      Replica<Text, TextOperation> replica =
          limited("", 64).edit(insert(0, "x".repeat(weight - 8)));
      assertThat(drain(replica, 64)).hasSize(weight <= 64 ? 1 : 2);
    }
  }

  @Test
  void edit_manyKeystrokes_composesUpToTheLimit() {
    Replica<Text, TextOperation> replica = limited("", 64);
    for (int i = 0; i < 200; i++) {
      replica = replica.edit(insert(i, "" + (char) ('a' + i % 26)));
    }

    assertThat(replica.sync().buffer()).hasSize(4); // 56 units in the first, 48 behind a retain
    assertThat(drain(replica, 64)).hasSize(4);
  }

  @Test
  void edit_largePasteWithPairs_isSplitBetweenThem() {
    String paste = "\ud83d\ude00".repeat(500);
    Replica<Text, TextOperation> replica = checked(limited("ab", 65).edit(insert(1, paste)));

    for (Submission submission : drain(replica, 65)) {
      assertThat(sent(submission).insertedLength()).isEven();
    }
  }

  @Test
  void send_limitShrankMeanwhile_splitsWhatWaits() {
    Replica<Text, TextOperation> replica =
        limited("ab", 1000).edit(insert(1, "x".repeat(500))).edit(insert(0, "y"));
    assertThat(replica.sync().buffer()).hasSize(1);

    List<Submission> submissions = drain(replica.withMaxOperationWeight(100), 100);

    assertThat(submissions).hasSizeGreaterThan(5);
    assertThat(submissions.get(0).seen()).isEqualTo(10);
    assertThat(submissions.get(3).seen()).isEqualTo(10);
  }

  @Test
  void send_remoteEditsSplitAComponent_splitsWhatBecameTooHeavy() {
    String text = "a".repeat(40);
    Replica<Text, TextOperation> replica = limited(text, 64).edit(delete(0, 40));
    for (int i = 1; i < 40; i++) {
      replica = receive(replica, insert(2 * i - 1, "b"));
    }

    assertThat(replica.sync().buffer().get(0).operation().weight()).isGreaterThan(64);
    assertThat(replica.state()).hasToString("b".repeat(39));
    assertThat(drain(replica, 64)).hasSizeGreaterThan(5);
  }

  @Test
  void send_splitWhileOthersWait_keepsTheirOrder() {
    Replica<Text, TextOperation> replica = limited("", 64).edit(insert(0, "x".repeat(50)));
    replica = replica.edit(insert(25, "y".repeat(50))).edit(insert(50, "z".repeat(50)));

    replica = replica.withMaxOperationWeight(64).send(own(1));

    checked(replica);
    assertThat(replica.state()).hasSize(150);
    drain(acknowledged(replica.acknowledge(own(1), 10)), 64);
  }

  @Test
  void withMaxOperationWeight_belowTheLeast_throws() {
    Replica<Text, TextOperation> replica = limited("", 64);

    assertThatThrownBy(() -> replica.withMaxOperationWeight(63))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(replica.withMaxOperationWeight(64).state()).isEqualTo(replica.state());
  }
}
