package dev.collab.conflict;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.MergeResult;
import dev.collab.operation.Mergeable;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.operation.Resolution;
import java.util.List;
import java.util.Optional;

/**
 * Merges two states that were made from a third, as version control does: changes of one side alone
 * are kept, what both changed alike is changed once, and what they changed in different ways is a
 * conflict, settled by the rule chosen here and reported as a value.
 *
 * <pre>{@code
 * ThreeWayMerge<Text, TextOperation> merge = ThreeWayMerge.of(TextType.TEXT, Resolution.ours());
 * MergeResult<Text, TextOperation> result = merge.merge(base, ours, theirs);
 * }</pre>
 *
 * <p>Immutable.
 *
 * @param <S> the state
 * @param <O> the operation
 * @since 0.1
 */
public final class ThreeWayMerge<S, O extends Operation> {

  private final OperationType<S, O> type;
  private final Mergeable<S, O> mergeable;
  private final Resolution<S> resolution;

  private ThreeWayMerge(
      OperationType<S, O> type, Mergeable<S, O> mergeable, Resolution<S> resolution) {
    this.type = type;
    this.mergeable = mergeable;
    this.resolution = resolution;
  }

  /**
   * Returns the merge for a type.
   *
   * @param <S> the state
   * @param <O> the operation
   * @param <T> the type, which can merge
   * @param type the type of the states
   * @param resolution what decides about conflicts
   * @return the merge
   */
  public static <S, O extends Operation, T extends OperationType<S, O> & Mergeable<S, O>>
      ThreeWayMerge<S, O> of(T type, Resolution<S> resolution) {
    return new ThreeWayMerge<>(
        requireNonNull(type, "type"), type, requireNonNull(resolution, "resolution"));
  }

  /**
   * Returns the merge for a type of which it is not known whether it can merge.
   *
   * @param <S> the state
   * @param <O> the operation
   * @param type the type of the states
   * @param resolution what decides about conflicts
   * @return the merge, or empty if the type is not {@link Mergeable}
   */
  @SuppressWarnings("unchecked")
  public static <S, O extends Operation> Optional<ThreeWayMerge<S, O>> find(
      OperationType<S, O> type, Resolution<S> resolution) {
    requireNonNull(resolution, "resolution");
    return requireNonNull(type, "type") instanceof Mergeable<?, ?> mergeable
        ? Optional.of(new ThreeWayMerge<>(type, (Mergeable<S, O>) mergeable, resolution))
        : Optional.empty();
  }

  /**
   * Merges two states.
   *
   * @param base the state that both were made from
   * @param ours the one
   * @param theirs the other
   * @return the merged state, the operations that lead there from either side, and the conflicts
   * @throws dev.collab.operation.InvalidOperationException if a state is not valid, or the rule
   *     answers with one that is not
   */
  public MergeResult<S, O> merge(S base, S ours, S theirs) {
    requireNonNull(base, "base");
    return requireNonNull(ours, "ours").equals(requireNonNull(theirs, "theirs"))
        ? new MergeResult<>(ours, type.noop(), type.noop(), List.of())
        : mergeable.merge(base, ours, theirs, resolution);
  }

  /**
   * Returns this merge as a strategy: an edit whose author had not seen a number of entries is
   * merged with them as a state, and not only as an operation. Our side is the edit's. It is for
   * whole texts that are submitted, and for clients that come back, not for keystrokes; what is
   * nearer, and documents of another type, are left alone.
   *
   * <p>Of the entries that the author's replica has transformed the edit over, what it has deleted
   * together with others cannot be told any more, and counts as theirs. An edit that is further
   * behind than 10,000 entries is transformed over the oldest and merged with the rest. Each
   * conflict is reported with all authors of what was not seen.
   *
   * @param minimumGap how many entries must not have been seen, at least 1
   * @return the strategy
   * @throws IllegalArgumentException if {@code minimumGap} is below 1
   */
  public ConflictStrategy fromGap(int minimumGap) {
    if (minimumGap < 1) {
      throw new IllegalArgumentException("gap " + minimumGap + " is below 1");
    }
    return new MergeStrategy<>(this, type, minimumGap);
  }
}
