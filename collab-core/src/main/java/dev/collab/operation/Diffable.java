package dev.collab.operation;

/**
 * The capability of a type to make an operation out of two states.
 *
 * <p>Thread-safe: implementations are pure and hold no state.
 *
 * @param <S> the state
 * @param <O> the operation
 * @since 0.1
 */
public interface Diffable<S, O extends Operation> {

  /**
   * Returns an operation that leads from one state to another.
   *
   * @param from the state before
   * @param to the state after
   * @return an operation {@code d} with {@code apply(from, d)} equal to {@code to}
   */
  O diff(S from, S to);
}
