package dev.collab.server.observe;

/**
 * The calls of a coordinator that observers are told of. More may be added.
 *
 * @since 0.1
 */
public enum CoordinatorCall {
  /** Begins a log. */
  CREATE,
  /** Appends entries to a log. */
  APPEND,
  /** Reads entries of a log. */
  READ,
  /** Asks for the head of a log. */
  HEAD,
  /** Lists logs. */
  KEYS,
  /** Begins to hear of heads. */
  SUBSCRIBE,
  /** Saves a snapshot. */
  SAVE_SNAPSHOT,
  /** Reads a snapshot. */
  LOAD_SNAPSHOT,
  /** Forgets old entries. */
  TRIM,
  /** Replaces a log. */
  REPLACE,
  /** Sends a broadcast. */
  PUBLISH,
  /** Begins to hear broadcasts. */
  LISTEN,
  /** Takes or renews a lease. */
  RENEW,
  /** Sets a value of a lease. */
  PUT,
  /** Removes a value of a lease. */
  REMOVE,
  /** Reads values of leases. */
  GET,
  /** Gives a lease up. */
  RELEASE
}
