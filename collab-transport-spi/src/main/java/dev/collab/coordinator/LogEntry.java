package dev.collab.coordinator;

import static java.util.Objects.requireNonNull;

/**
 * One entry of a log.
 *
 * <p>Immutable.
 *
 * @param revision its number, from 1
 * @param hash the chain hash behind it
 * @param payload its content, opaque
 * @since 0.1
 */
public record LogEntry(long revision, Bytes hash, Bytes payload) {

  /**
   * Checks the revision.
   *
   * @param revision its number, from 1
   * @param hash the chain hash behind it
   * @param payload its content
   * @throws IllegalArgumentException if {@code revision} is below 1
   */
  public LogEntry {
    requireNonNull(hash, "hash");
    requireNonNull(payload, "payload");
    if (revision < 1) {
      throw new IllegalArgumentException("revision " + revision + " is below 1");
    }
  }
}
