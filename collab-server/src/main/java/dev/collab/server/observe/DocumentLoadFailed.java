package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.document.DocumentId;

/**
 * A document could not be read and was given up until the next request.
 *
 * <p>Immutable.
 *
 * @param document which one
 * @param code the stable code that those who wait for it are told
 * @since 0.1
 */
public record DocumentLoadFailed(DocumentId document, String code) {

  /**
   * Checks the arguments.
   *
   * @param document which one
   * @param code the stable code that those who wait for it are told
   * @throws NullPointerException if one is null
   */
  public DocumentLoadFailed {
    requireNonNull(document, "document");
    requireNonNull(code, "code");
  }
}
