package dev.collab.server;

import static java.util.Objects.requireNonNull;

/**
 * What a text document holds behind a {@link Documents#replaceText}: the two belong together, and
 * are what the next replacement may be based on.
 *
 * <p>Immutable.
 *
 * @param revision the document's revision
 * @param text its text at that revision, with what others did at the same time
 * @since 0.1
 */
public record ReplacedText(long revision, String text) {

  /**
   * Checks the text.
   *
   * @param revision the document's revision
   * @param text its text at that revision
   */
  public ReplacedText {
    requireNonNull(text, "text");
  }
}
