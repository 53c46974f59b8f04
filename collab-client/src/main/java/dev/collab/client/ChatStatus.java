package dev.collab.client;

/**
 * Whether a chat room is there to be read.
 *
 * @since 0.1
 */
public enum ChatStatus {
  /** The server has not told yet, or does not tell. */
  LOADING,
  /** Members and the newest messages are here, connected or not. */
  LIVE,
  /** The room was closed here; what was known last stays readable. */
  CLOSED
}
