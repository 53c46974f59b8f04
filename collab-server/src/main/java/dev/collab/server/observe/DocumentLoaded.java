package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.document.DocumentId;
import java.time.Duration;

/**
 * A document was read from its log and is served from now on.
 *
 * <p>Immutable.
 *
 * @param document which one
 * @param revision the revision it has
 * @param took the time from the first request for it, attempts that failed included
 * @since 0.1
 */
public record DocumentLoaded(DocumentId document, long revision, Duration took) {

  /**
   * Checks the arguments.
   *
   * @param document which one
   * @param revision the revision it has
   * @param took the time from the first request for it, attempts that failed included
   * @throws NullPointerException if one is null
   */
  public DocumentLoaded {
    requireNonNull(document, "document");
    requireNonNull(took, "took");
  }
}
