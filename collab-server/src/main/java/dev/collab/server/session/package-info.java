/**
 * Connections: {@link dev.collab.server.session.Session} reads frames, hands requests to the {@link
 * dev.collab.server.session.Feature} that they are for and sends the answers through a bounded
 * queue. Frames of one session are handled serially.
 */
package dev.collab.server.session;
