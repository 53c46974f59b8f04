/**
 * Presence: who is in a channel and what they show. {@link
 * dev.collab.server.presence.PresenceSession} is what one session does with it, a {@link
 * dev.collab.server.presence.PresenceChannel} what all sessions of this server and, over leases and
 * broadcasts, those of others show each other.
 */
package dev.collab.server.presence;
