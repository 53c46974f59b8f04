/**
 * Chat rooms: {@link dev.collab.server.chat.ChatSession} is what one session does with them. A room
 * is a log like a document's, served by the same {@link dev.collab.server.log.LogHost}; {@link
 * dev.collab.server.chat.RoomAudience} is who hears of it.
 */
package dev.collab.server.chat;
