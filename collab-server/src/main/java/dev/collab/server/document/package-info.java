/**
 * The documents' protocol on top of their logs: {@link dev.collab.server.document.DocumentSession}
 * is what one session does with documents, {@link dev.collab.server.document.DocumentAudience} are
 * the sessions that hear of one document's entries.
 */
package dev.collab.server.document;
