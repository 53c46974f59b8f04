package dev.collab.protocol;

/**
 * What two sides have agreed to speak. A connection begins in {@link #BASE}; the handshake decides.
 *
 * @since 0.1
 */
public enum Dialect {
  /**
   * ShareDB's protocol, wire version 1.2. A frame holds one message, and nothing of the extension
   * is read or written.
   */
  BASE,
  /**
   * The base with our extension: batches, {@code seen}, fates, epochs and resync, users and their
   * permissions, chat.
   */
  EXTENDED
}
