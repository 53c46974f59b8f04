package dev.collab.operation;

import static java.util.Objects.requireNonNull;

/**
 * A committed edit that the author of a submission had not seen.
 *
 * <p>Immutable.
 *
 * @param <O> the operation
 * @param operation what was committed
 * @param authorship {@link Authorship#FOREIGN} if it is somebody else's; what is the author's own,
 *     or the authority's, is nobody's side in a conflict
 * @since 0.1
 */
public record ConcurrentEdit<O extends Operation>(O operation, Authorship authorship) {

  /**
   * Checks for null.
   *
   * @param operation what was committed
   * @param authorship whose it is
   */
  public ConcurrentEdit {
    requireNonNull(operation, "operation");
    requireNonNull(authorship, "authorship");
  }
}
