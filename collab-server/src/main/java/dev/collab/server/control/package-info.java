/**
 * What is announced to all servers at once: changes of permissions, and clients that are sent away.
 * It stands in a log, so that no server misses any of it.
 */
package dev.collab.server.control;
