package dev.collab.server.access;

import static java.util.Objects.requireNonNull;

import dev.collab.protocol.WireLimits;

/**
 * What a server grants one connection.
 *
 * <p>Immutable.
 *
 * @param wire what a frame may hold
 * @param maxSubscriptions how many documents a connection may subscribe to
 * @param maxWaitingSubmissions how many submissions of a connection may be undecided at a time, and
 *     how many of its reads unanswered
 * @param maxQueuedFrames how many UTF-16 code units may wait for a slow connection before queued
 *     broadcasts are dropped, and the connection is closed if that does not help
 * @since 0.1
 */
public record ServerLimits(
    WireLimits wire, int maxSubscriptions, int maxWaitingSubmissions, long maxQueuedFrames) {

  /** 64 subscriptions, 256 waiting submissions, 16 Mi UTF-16 code units in the queue. */
  public static final ServerLimits DEFAULT =
      new ServerLimits(WireLimits.DEFAULT, 64, 256, 16L << 20);

  /**
   * Checks the limits.
   *
   * @param wire what a frame may hold
   * @param maxSubscriptions how many documents a connection may subscribe to
   * @param maxWaitingSubmissions how many submissions of a connection may be undecided
   * @param maxQueuedFrames how many UTF-16 code units may wait for a slow connection
   * @throws IllegalArgumentException if a limit is below 1
   */
  public ServerLimits {
    requireNonNull(wire, "wire");
    if (maxSubscriptions < 1 || maxWaitingSubmissions < 1 || maxQueuedFrames < 1) {
      throw new IllegalArgumentException("a limit is below 1");
    }
  }
}
