package dev.collab.server.access;

import dev.collab.document.Content;
import dev.collab.operation.Operation;
import java.util.Optional;

/**
 * What the server adds to a submission: an operation that is committed right behind it, in the same
 * append, in the server's own name. Everybody gets it as an entry of its own, the author after the
 * acknowledgement.
 *
 * <p>Thread-safe. A pure function: it may be called again when another server was first, and only
 * the last result counts. It is called while the document waits, so it must not block.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Amendment {

  /**
   * Returns what to add. If it throws, or returns what does not apply to the content, the
   * submission is refused.
   *
   * @param content what the document holds behind the submission
   * @return an operation of the document's type that applies to {@code content}, or empty if
   *     nothing is to be added this time
   */
  Optional<? extends Operation> after(Content<?, ?> content);
}
