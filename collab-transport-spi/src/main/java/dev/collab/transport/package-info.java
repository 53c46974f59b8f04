/**
 * Connections that carry text frames, whatever the network below. A server-side adapter hands each
 * new {@link dev.collab.transport.Connection} to a {@link dev.collab.transport.ConnectionHandler};
 * a client-side one implements {@link dev.collab.transport.Transport}. The rules are numbered in
 * {@code docs/spi.md}.
 */
package dev.collab.transport;
