package dev.collab.operation;

import static java.util.Objects.requireNonNull;

import dev.collab.value.JsonValue;

/**
 * A part of a state, between two positions in the form that its type gives them (for text: numbers
 * of UTF-16 code units). {@link OperationType#transformPosition} keeps it in place when the state
 * changes.
 *
 * <p>Immutable.
 *
 * @param start where it starts
 * @param end where it ends, not before {@code start}
 * @since 0.1
 */
public record Span(JsonValue start, JsonValue end) {

  /**
   * Checks the positions.
   *
   * @param start where it starts
   * @param end where it ends
   * @throws NullPointerException if one is null
   */
  public Span {
    requireNonNull(start, "start");
    requireNonNull(end, "end");
  }
}
