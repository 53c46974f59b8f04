package dev.collab.operation;

import java.util.List;

/**
 * The capability of a type to cut a large operation into consecutive smaller ones.
 *
 * <p>Thread-safe: implementations are pure and hold no state.
 *
 * @param <O> the operation
 * @since 0.1
 */
public interface Splittable<O extends Operation> {

  /**
   * Cuts an operation.
   *
   * @param operation the operation to cut
   * @param maxWeight the greatest {@link Operation#weight() weight} of a part; at least 64
   * @return consecutive operations whose composition equals {@code operation}, none heavier than
   *     {@code maxWeight}; {@code operation} alone if it is light enough
   * @throws IllegalArgumentException if {@code maxWeight} is below 64
   */
  List<O> split(O operation, int maxWeight);
}
