package dev.collab.client;

/**
 * Whether a client has a connection.
 *
 * @since 0.1
 */
public enum ClientStatus {
  /** Not connected and not trying to. Documents can be edited; the edits wait. */
  DISCONNECTED,
  /** Trying to connect, or waiting to try again. Documents can be edited; the edits wait. */
  CONNECTING,
  /** Connected, and known to the server. */
  CONNECTED,
  /** Closed for good. */
  CLOSED
}
