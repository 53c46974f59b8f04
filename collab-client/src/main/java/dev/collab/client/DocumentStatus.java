package dev.collab.client;

/**
 * Whether a document is there to be edited.
 *
 * @since 0.1
 */
public enum DocumentStatus {
  /** The server has not told yet, or does not tell. */
  LOADING,
  /** The document exists and its state is here, connected or not. */
  LIVE,
  /** The document does not exist: it was never created, or is deleted. */
  ABSENT,
  /** The document was closed here; its last state stays readable. */
  CLOSED
}
