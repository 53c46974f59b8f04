package dev.collab.document;

import dev.collab.operation.Operation;
import java.util.Optional;

/**
 * Decides what more is to happen when an edit or a creation is accepted. It cannot break
 * convergence, because it acts by a further operation: one that is committed right behind the
 * submission, in the same append, as an entry of {@link ClientId#AUTHORITY}.
 *
 * <p>Thread-safe. A pure function of its argument: it is asked again when an append was refused,
 * and only what stands in the log in the end has happened.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Correction {

  /** Adds nothing. */
  Correction NONE = merged -> Optional.empty();

  /**
   * Returns what to add. If it throws, the submission is refused with {@link
   * Refusal#CORRECTION_FAILED}.
   *
   * @param merged the submission, what it was merged with and what came of it
   * @return an operation of the document's type that applies to {@link Merged#content()}, or empty
   *     if nothing is to be added; one that changes nothing counts as none
   */
  Optional<? extends Operation> of(Merged merged);
}
