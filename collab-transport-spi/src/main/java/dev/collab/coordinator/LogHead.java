package dev.collab.coordinator;

import static java.util.Objects.requireNonNull;

/**
 * Where a log ends: which history, how far, and the hash over all of it.
 *
 * <p>Immutable.
 *
 * @param epoch names one uninterrupted history
 * @param revision the number of the last entry, at least 0
 * @param hash the chain hash behind the last entry
 * @since 0.1
 */
public record LogHead(long epoch, long revision, Bytes hash) {

  /**
   * Checks the revision.
   *
   * @param epoch names one uninterrupted history
   * @param revision the number of the last entry
   * @param hash the chain hash behind the last entry
   * @throws IllegalArgumentException if {@code revision} is negative
   */
  public LogHead {
    requireNonNull(hash, "hash");
    if (revision < 0) {
      throw new IllegalArgumentException("revision " + revision + " is negative");
    }
  }
}
