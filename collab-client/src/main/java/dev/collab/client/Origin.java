package dev.collab.client;

/**
 * Where a change of a document's state comes from.
 *
 * @since 0.1
 */
public enum Origin {
  /** An edit made through this document. An editor that made it has it already. */
  LOCAL,
  /** An edit of somebody else. */
  REMOTE,
  /** A refused edit of this client is undone. */
  REJECTED,
  /** The server no longer had the entries in between and sent its state instead. */
  RESYNCED
}
