package dev.collab.operation;

/**
 * The capability of a type to merge two states that were made from a third one.
 *
 * <p>The laws that an implementation must keep, for any states {@code b}, {@code x}, {@code y} and
 * any rule {@code r}:
 *
 * <ul>
 *   <li>{@code merge(b, b, x, r)}, {@code merge(b, x, b, r)} and {@code merge(b, x, x, r)} are
 *       clean and give {@code x};
 *   <li>{@code apply(x, fromOurs)} and {@code apply(y, fromTheirs)} equal the merged state of
 *       {@code merge(b, x, y, r)};
 *   <li>{@code merge(b, x, y, ours())} and {@code merge(b, y, x, theirs())} give the same state;
 *   <li>{@code resolve} is called once for each conflict, in their order.
 * </ul>
 *
 * <p>Thread-safe: implementations are pure and hold no state.
 *
 * @param <S> the state
 * @param <O> the operation
 * @since 0.1
 */
public interface Mergeable<S, O extends Operation> {

  /**
   * Merges two states. Changes of one side alone are kept, what both changed alike is changed once,
   * and what they changed in different ways is settled by a rule.
   *
   * @param base the state that both were made from
   * @param ours the one
   * @param theirs the other
   * @param resolution what decides about conflicts
   * @return the merged state, the ways there and the conflicts
   * @throws InvalidOperationException if a state is not valid, or {@code resolution} answers with
   *     one that is not
   */
  MergeResult<S, O> merge(S base, S ours, S theirs, Resolution<S> resolution);
}
