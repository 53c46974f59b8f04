/**
 * Chat rooms. A room is stored and ordered by the engine that documents have: {@link
 * dev.collab.chat.ChatType} is the type of such a document, {@link dev.collab.chat.ChatRoom} its
 * state. {@link dev.collab.chat.ChatView} is what a client knows of a room, {@link
 * dev.collab.chat.ChatWire} the JSON that both sides exchange. Everything here is immutable;
 * nothing here does I/O or reads a clock.
 */
package dev.collab.chat;
