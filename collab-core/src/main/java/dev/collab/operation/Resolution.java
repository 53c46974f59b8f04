package dev.collab.operation;

/**
 * A rule that says what stands in the place of a conflict. An application may bring its own: a
 * function that asks nobody and always answers the same. A type may offer more.
 *
 * <p>Thread-safe: implementations are pure.
 *
 * @param <S> the state
 * @since 0.1
 */
@FunctionalInterface
public interface Resolution<S> {

  /**
   * Resolves a conflict.
   *
   * @param conflict the conflict
   * @return what is to stand there; whatever it throws ends the merge, which has changed nothing
   */
  S resolve(Conflict<S> conflict);

  /**
   * Returns the rule that takes our side.
   *
   * @param <S> the state
   * @return {@link Conflict#ours()}
   */
  static <S> Resolution<S> ours() {
    return Conflict::ours;
  }

  /**
   * Returns the rule that takes their side.
   *
   * @param <S> the state
   * @return {@link Conflict#theirs()}
   */
  static <S> Resolution<S> theirs() {
    return Conflict::theirs;
  }
}
