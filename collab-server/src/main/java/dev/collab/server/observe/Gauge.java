package dev.collab.server.observe;

/**
 * The numbers that a server has at hand at any time. More may be added.
 *
 * @since 0.1
 */
public enum Gauge {
  /** Open connections. */
  CONNECTIONS,
  /** Open connections that have shaken hands. */
  CONNECTIONS_READY,
  /** Subscriptions to documents, of all connections. */
  SUBSCRIPTIONS,
  /** Subscriptions to chat rooms, of all connections. */
  ROOM_SUBSCRIPTIONS,
  /** Requests of all connections that are not answered yet. */
  WAITING_REQUESTS,
  /** Frames that wait for slow connections. */
  QUEUED_FRAMES,
  /** What these frames hold, in UTF-16 code units. */
  QUEUED_UNITS,
  /** The longest of these queues, in UTF-16 code units. */
  QUEUED_UNITS_MAX,
  /** Documents that are served or are being loaded. */
  DOCUMENTS,
  /** Documents that are loaded. */
  DOCUMENTS_LOADED,
  /** Submissions to all documents that are not decided yet. */
  WAITING_SUBMISSIONS,
  /** The entries by which the document that is furthest behind is behind its log. */
  LAG_MAX,
  /** Entries that are kept of all documents, for clients that were away. */
  KEPT_ENTRIES,
  /** Chat rooms that are served or are being loaded. */
  ROOMS,
  /** Channels of presence that somebody uses. */
  PRESENCE_CHANNELS,
  /** What documents and kept entries take, in bytes; an estimate. */
  MEMORY
}
