package dev.collab.sync;

import static dev.collab.text.TextType.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.ClientId;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.sync.SyncState.Buffered;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;

/** Shorthands for tests of {@link Replica}. */
final class Replicas {

  private static final ClientId SELF = new ClientId("self");
  private static final ClientId OTHER = new ClientId("other");

  private Replicas() {}

  /** Returns a replica of a text at revision 10. */
  static Replica<Text, TextOperation> replica(String text) {
    return Replica.of(TEXT, 10, Text.of(text), 1000);
  }

  static OperationId own(long sequence) {
    return new OperationId(SELF, sequence);
  }

  static OperationId foreign(long sequence) {
    return new OperationId(OTHER, sequence);
  }

  static TextOperation insert(int position, String text) {
    return TextOperation.insert(position, text);
  }

  static TextOperation delete(int position, int length) {
    return TextOperation.delete(position, length);
  }

  static TextOperation sent(Submission submission) {
    return (TextOperation) ((Proposal.Edit) submission.proposal()).operation();
  }

  /** Takes in a foreign edit that follows. */
  static Replica<Text, TextOperation> receive(
      Replica<Text, TextOperation> replica, TextOperation operation) {
    return changed(
        replica, replica.receive(foreign(replica.revision()), replica.revision(), operation));
  }

  /** Returns what an event left behind, after checking that the change leads there. */
  static Replica<Text, TextOperation> changed(
      Replica<Text, TextOperation> before, Update<Text, TextOperation> update) {
    assertThat(update).isInstanceOf(Update.Changed.class);
    Update.Changed<Text, TextOperation> changed = (Update.Changed<Text, TextOperation>) update;
    assertThat(changed.change().applyTo(before.state())).isEqualTo(changed.next().state());
    return checked(changed.next());
  }

  static Replica<Text, TextOperation> acknowledged(Update<Text, TextOperation> update) {
    assertThat(update).isInstanceOf(Update.Acknowledged.class);
    return checked(((Update.Acknowledged<Text, TextOperation>) update).next());
  }

  static Replica<Text, TextOperation> resynced(
      Replica<Text, TextOperation> before, Resynced<Text, TextOperation> resynced) {
    assertThat(resynced.abandoned()).isEmpty();
    assertThat(resynced.change().orElseThrow().applyTo(before.state()))
        .isEqualTo(resynced.next().state());
    return checked(resynced.next());
  }

  /** Checks that base, outstanding and buffer make the state. */
  static Replica<Text, TextOperation> checked(Replica<Text, TextOperation> replica) {
    Text state = replica.base();
    if (replica.sync().outstanding().isPresent()) {
      state = replica.sync().outstanding().get().operation().applyTo(state);
    }
    for (Buffered<TextOperation> edit : replica.sync().buffer()) {
      state = edit.operation().applyTo(state);
    }
    assertThat(state).isEqualTo(replica.state());
    return replica;
  }

  static void assertShows(
      Replica<Text, TextOperation> replica, SyncState.Kind kind, String base, String state) {
    assertThat(replica.sync().kind()).isEqualTo(kind);
    assertThat(replica.base()).hasToString(base);
    assertThat(replica.state()).hasToString(state);
    assertThat(replica.canSend()).isEqualTo(kind == SyncState.Kind.BUFFERING);
    assertThat(replica.outstanding().isPresent())
        .isEqualTo(
            kind == SyncState.Kind.AWAITING_ACK || kind == SyncState.Kind.AWAITING_WITH_BUFFER);
  }
}
