package dev.collab.operation;

import dev.collab.value.JsonValue;
import java.util.List;

/**
 * A kind of document: its states, its operations and their algebra. An application may bring types
 * of its own.
 *
 * <p>The laws that an implementation must keep, for a state {@code s}, operations {@code a} and
 * {@code b} that fit {@code s}, and {@code c} that fits {@code apply(s, a)}:
 *
 * <ul>
 *   <li>{@code apply(apply(s, a), c)} equals {@code apply(s, compose(a, c))};
 *   <li>{@code compose} is associative;
 *   <li>convergence (TP1): {@code apply(apply(s, b), transform(a, b, LEFT))} equals {@code
 *       apply(apply(s, a), transform(b, a, RIGHT))};
 *   <li>{@code apply(apply(s, a), invert(a, s))} equals {@code s};
 *   <li>{@code decodeOperation(encodeOperation(a))} equals {@code a}, and the same for states;
 *   <li>no method changes its arguments.
 * </ul>
 *
 * <p>Transform need not be compatible with compose: transforming over {@code compose(b1, b2)} may
 * differ from transforming over {@code b1} and then {@code b2}. The engines therefore never compose
 * what somebody may still transform over.
 *
 * <p>Thread-safe: implementations are pure and hold no state.
 *
 * @param <S> the state, an immutable value
 * @param <O> the operation, an immutable value
 * @since 0.1
 */
public interface OperationType<S, O extends Operation> {

  /**
   * Returns the short name, such as {@code text}.
   *
   * @return the name, unique among the types of a server
   */
  String name();

  /**
   * Returns the name under which documents of this type are stored and announced.
   *
   * @return an absolute URI
   */
  String uri();

  /**
   * Returns the operations' class, so that engines can check what they are given.
   *
   * @return the class of every operation of this type
   */
  Class<O> operationClass();

  /**
   * Makes the first state of a document.
   *
   * @param data the initial content; JSON null means the type's default
   * @return the state
   * @throws InvalidOperationException if {@code data} is no state of this type
   */
  S create(JsonValue data);

  /**
   * Writes a state as {@link #create} reads it.
   *
   * @param state any state
   * @return its JSON form
   */
  JsonValue encodeState(S state);

  /**
   * Reads an operation from its JSON form, strictly.
   *
   * @param value the JSON form
   * @return the canonical operation
   * @throws InvalidOperationException if {@code value} is not an operation's form
   */
  O decodeOperation(JsonValue value);

  /**
   * Writes an operation in its JSON form.
   *
   * @param operation any operation
   * @return its JSON form
   */
  JsonValue encodeOperation(O operation);

  /**
   * Applies an operation.
   *
   * @param state the state before
   * @param operation the operation
   * @return the state after
   * @throws InvalidOperationException if the operation does not fit; {@code state} is unchanged
   */
  S apply(S state, O operation);

  /**
   * Checks that an operation may be committed on a state, and rewrites it to an equivalent one
   * where its form is not acceptable (for text: one that cuts no surrogate pair). The result has
   * the same effect on {@code state}.
   *
   * @param state the state it is to be applied to
   * @param operation the operation
   * @return the operation to commit
   * @throws InvalidOperationException if the operation does not fit, or leads to a state that is
   *     not valid
   */
  O admit(S state, O operation);

  /**
   * Makes one operation of two consecutive ones.
   *
   * @param first the first
   * @param second the one that applies after it
   * @return an operation with the effect of both
   * @throws InvalidOperationException if they cannot follow each other
   */
  O compose(O first, O second);

  /**
   * Rewrites an operation so that it applies after a concurrent one.
   *
   * @param operation the operation to rewrite
   * @param over the concurrent operation, which is already applied
   * @param side the role of {@code operation}
   * @return the rewritten operation
   */
  O transform(O operation, O over, Side side);

  /**
   * Rewrites an operation past a history, one operation after the other. The default does just
   * that; a type may be faster, never different.
   *
   * @param operation the operation to rewrite
   * @param history consecutive operations, the first concurrent with {@code operation}
   * @param side the role of {@code operation}
   * @return the rewritten operation
   */
  default O transformPast(O operation, List<? extends O> history, Side side) {
    O result = operation;
    for (O over : history) {
      result = transform(result, over, side);
    }
    return result;
  }

  /**
   * Rewrites two concurrent operations over each other.
   *
   * @param left the operation on {@link Side#LEFT}
   * @param right the operation on {@link Side#RIGHT}
   * @return both, rewritten
   */
  default TransformPair<O> transformPair(O left, O right) {
    return new TransformPair<>(
        transform(left, right, Side.LEFT), transform(right, left, Side.RIGHT));
  }

  /**
   * Returns the operation that undoes another.
   *
   * @param operation the operation to undo
   * @param before the state it is applied to
   * @return the operation that leads from the state after back to {@code before}
   * @throws InvalidOperationException if the operation does not fit {@code before}
   */
  O invert(O operation, S before);

  /**
   * Moves a position over an operation.
   *
   * @param position a position in the state before, in the type's own form (for text: a number)
   * @param operation the operation
   * @param bias which neighbour the position sticks to
   * @return the position in the state after
   * @throws InvalidOperationException if {@code position} is not a position of this type
   */
  JsonValue transformPosition(JsonValue position, O operation, Bias bias);

  /**
   * Returns the operation that does nothing.
   *
   * @return the identity of {@link #compose}
   */
  O noop();

  /**
   * Returns a 64-bit hash of a state that every implementation of the type computes alike.
   *
   * @param state any state
   * @return the hash
   */
  long checksum(S state);

  /**
   * Returns how much room a state takes, for limits.
   *
   * @param state any state
   * @return its size in UTF-16 code units, or what comes nearest
   */
  long size(S state);
}
