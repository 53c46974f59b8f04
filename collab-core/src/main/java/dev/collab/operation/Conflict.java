package dev.collab.operation;

import static java.util.Objects.requireNonNull;

/**
 * A place that two sides changed in different ways, as a value: what stood there, and what each
 * side would have there. The parts are states of their own: of a text they are whole lines.
 *
 * <p>What merges by itself at that place is in both sides already. So what one side is taken for
 * loses only those changes of the other that truly contradict. A side may be as a user wrote it, or
 * have such foreign changes in it; the spans tell where to find what was written.
 *
 * <p>Immutable.
 *
 * @param <S> the state
 * @param base what stood there before
 * @param ours what stands there if our changes are kept where the two contradict
 * @param theirs what stands there if theirs are
 * @param inBase the place in the state before
 * @param inOurs the place in our state
 * @param inTheirs the place in theirs
 * @since 0.1
 */
public record Conflict<S>(S base, S ours, S theirs, Span inBase, Span inOurs, Span inTheirs) {

  /**
   * Checks the parts.
   *
   * @param base what stood there before
   * @param ours what stands there if our changes are kept
   * @param theirs what stands there if theirs are
   * @param inBase the place in the state before
   * @param inOurs the place in our state
   * @param inTheirs the place in theirs
   * @throws NullPointerException if one is null
   */
  public Conflict {
    requireNonNull(base, "base");
    requireNonNull(ours, "ours");
    requireNonNull(theirs, "theirs");
    requireNonNull(inBase, "inBase");
    requireNonNull(inOurs, "inOurs");
    requireNonNull(inTheirs, "inTheirs");
  }
}
