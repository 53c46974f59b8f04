package dev.collab.operation;

import static java.util.Objects.requireNonNull;

/**
 * A place that two edits changed without knowing of each other, where the earlier one has put
 * something that still stands.
 *
 * <p>Immutable.
 *
 * @param <S> the state
 * @param edit which edit is the earlier one: its index, counted over all that were not seen
 * @param earlier what it has put there, as far as it still stands; not empty
 * @param later what the later one puts beside or around it; may be empty
 * @param place where {@code earlier} is in the state behind both
 * @since 0.1
 */
public record Overlap<S>(int edit, S earlier, S later, Span place) {

  /**
   * Checks the parts.
   *
   * @param edit the index of the earlier edit
   * @param earlier what it has put there
   * @param later what the later one puts there
   * @param place where {@code earlier} is
   * @throws NullPointerException if one is null
   */
  public Overlap {
    requireNonNull(earlier, "earlier");
    requireNonNull(later, "later");
    requireNonNull(place, "place");
  }
}
