package dev.collab.presence;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * Through whom a client shows a presence, and which of the updates that came through there it is.
 * Of two updates of the same holder the one with the higher number counts. A client that has
 * changed from one server to another shows a presence twice, until the first server notices that
 * its connection is dead: then the younger connection counts.
 *
 * <p>Immutable.
 *
 * @param holder the server that the client is connected to, in one of its incarnations
 * @param since when the connection was opened, by the holder's clock
 * @param number grows with each update that the holder tells of, from whichever client
 * @since 0.1
 */
public record Showing(String holder, Instant since, long number) {

  /**
   * Checks the ranges.
   *
   * @param holder the server
   * @param since when the connection was opened
   * @param number grows with each update
   * @throws IllegalArgumentException if {@code number} is negative
   */
  public Showing {
    requireNonNull(holder, "holder");
    requireNonNull(since, "since");
    if (number < 0) {
      throw new IllegalArgumentException("number " + number + " is negative");
    }
  }
}
