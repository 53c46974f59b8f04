package dev.collab.server.log;

import dev.collab.document.Decision;
import java.util.List;
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

  /** The entries that have to stand in the log before the decision holds, in one append. */
  List<Decision.Accepted> entries() {
    if (decision instanceof Decision.Accepted accepted) {
      return accepted.entries();
    }
    return decision instanceof Decision.Stale stale ? stale.voiding().stream().toList() : List.of();
  }

  /** Who submitted the first entry; nobody submitted one that voids a submission. */
  Optional<Object> origin() {
    return decision instanceof Decision.Accepted ? Optional.of(request.origin()) : Optional.empty();
  }
}
