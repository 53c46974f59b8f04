package dev.collab.coordinator;

import static java.util.Objects.requireNonNull;

/**
 * What the entries of a log up to a head amount to.
 *
 * <p>Immutable.
 *
 * @param head the head that it stands for
 * @param payload its content, opaque
 * @since 0.1
 */
public record LogSnapshot(LogHead head, Bytes payload) {

  /**
   * Checks the arguments.
   *
   * @param head the head that it stands for
   * @param payload its content
   * @throws NullPointerException if one is null
   */
  public LogSnapshot {
    requireNonNull(head, "head");
    requireNonNull(payload, "payload");
  }
}
