package dev.collab.client;

import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The wish to create or delete a document, until it is fulfilled or refused.
 *
 * <p>Confined: callers must serialise calls.
 */
final class LifeCycle {

  private final Proposal proposal;
  private final CompletableFuture<Void> done;
  private @Nullable Submission sent;

  LifeCycle(Proposal proposal, CompletableFuture<Void> done) {
    this.proposal = proposal;
    this.done = done;
  }

  boolean creates() {
    return proposal instanceof Proposal.Create;
  }

  Proposal proposal() {
    return proposal;
  }

  CompletableFuture<Void> done() {
    return done;
  }

  Optional<Submission> sent() {
    return Optional.ofNullable(sent);
  }

  void send(OperationId id, long revision) {
    sent = Submission.of(id, revision, proposal);
  }

  /** Forgets what was sent: it will never be committed and is to be sent under a new number. */
  void sendAgain() {
    sent = null;
  }
}
