/**
 * Serving logs, whatever their protocol: {@link dev.collab.server.log.LogHost} serves one on a
 * serial executor, from its log to its {@link dev.collab.server.log.Audience}. Documents and chat
 * rooms are both logs.
 */
package dev.collab.server.log;
