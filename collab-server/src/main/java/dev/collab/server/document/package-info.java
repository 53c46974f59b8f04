/**
 * Documents: {@link dev.collab.server.document.DocumentHost} serves one on a serial executor, from
 * its log to its audience; {@link dev.collab.server.document.DocumentSession} is what one session
 * does with documents.
 */
package dev.collab.server.document;
