package dev.collab.server.log;

import dev.collab.document.Decision;
import java.util.Optional;

/**
 * One submission on its way, as it was decided on the newest prepared state.
 *
 * <p>Immutable.
 *
 * @param request the submission and who waits for the answer
 * @param decision what was decided
 */
record PipelineItem<A extends Audience>(PendingSubmission<A> request, Decision decision) {

  /** The entry that has to stand in the log before the decision holds. */
  Optional<Decision.Accepted> entry() {
    if (decision instanceof Decision.Accepted accepted) {
      return Optional.of(accepted);
    }
    return decision instanceof Decision.Stale stale ? stale.voiding() : Optional.empty();
  }

  /** Who submitted the entry; nobody submitted one that voids a submission. */
  Optional<Object> origin() {
    return decision instanceof Decision.Accepted ? Optional.of(request.origin()) : Optional.empty();
  }
}
