package dev.collab.operation;

import java.util.List;

/**
 * The capability of a type to find where concurrent edits touch. What touching is, each type says;
 * of a text, see {@code TextType}.
 *
 * <p>The laws that an implementation must keep:
 *
 * <ul>
 *   <li>without a {@link Authorship#FOREIGN} edit there is no overlap, and {@code removal} does
 *       nothing;
 *   <li>{@code removal} fits {@code content}, leads to a valid state, and takes out exactly the
 *       {@link Overlap#earlier()} of all overlaps: neither what the submission has put into the
 *       state nor what was there before the first of the edits.
 * </ul>
 *
 * <p>Thread-safe: implementations are pure and hold no state.
 *
 * @param <S> the state
 * @param <O> the operation
 * @since 0.1
 */
public interface OverlapDetection<S, O extends Operation> {

  /**
   * Finds where a submission touches edits that its author had not seen.
   *
   * @param shown the edits over which the author's replica has transformed {@code submitted}
   *     already: consecutive, up to the state that it was made at. Parts of it may have been made
   *     after some of them, which shows where they change what such an edit has put there
   * @param since the edits behind, consecutive
   * @param submitted the submission, as it applies in front of {@code since}
   * @param merged the submission, as it was committed behind {@code since}
   * @param content the state behind {@code merged}
   * @return the overlaps, whose indices count through {@code shown} and then {@code since}
   */
  Overlaps<S, O> overlaps(
      List<ConcurrentEdit<O>> shown,
      List<ConcurrentEdit<O>> since,
      O submitted,
      O merged,
      S content);
}
