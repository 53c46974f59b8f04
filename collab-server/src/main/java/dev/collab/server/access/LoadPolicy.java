package dev.collab.server.access;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How many documents a server keeps loaded, and for how long; the same again holds for its chat
 * rooms. A document is in use while somebody is subscribed to it, shows presence in it, or waits
 * for an answer about it. Those in use stay; of the others, the least recently used go first.
 *
 * <p>A document that is asked for while the limits are reached and all that are loaded are in use
 * is not loaded: readers are told {@code ERR_UNAVAILABLE} with {@code retryAfter} after about a
 * second, authors after about twenty, in which it is tried again.
 *
 * <p>Immutable.
 *
 * @param idle how long a document that is not in use stays loaded; it is noticed a second or two
 *     later
 * @param maxLoaded how many may be loaded at a time
 * @param maxMemory how many bytes they may take up together, as far as can be estimated. Nothing
 *     more is loaded when it is reached; what is in use may grow beyond it
 * @since 0.1
 */
public record LoadPolicy(Duration idle, int maxLoaded, long maxMemory) {

  /** One minute, 10,000 documents, 1 GiB. */
  public static final LoadPolicy DEFAULT = new LoadPolicy(Duration.ofMinutes(1), 10_000, 1L << 30);

  /**
   * Checks the ranges.
   *
   * @param idle how long a document that is not in use stays loaded
   * @param maxLoaded how many may be loaded at a time
   * @param maxMemory how many bytes they may take up together
   * @throws IllegalArgumentException if {@code idle} is negative, or one of the others below 1
   */
  public LoadPolicy {
    requireNonNull(idle, "idle");
    if (idle.isNegative()) {
      throw new IllegalArgumentException("an idle time of " + idle + " is negative");
    }
    if (maxLoaded < 1 || maxMemory < 1) {
      throw new IllegalArgumentException(
          "limits of " + maxLoaded + " documents and " + maxMemory + " bytes are below 1");
    }
  }
}
