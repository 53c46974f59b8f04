/**
 * Frames over WebSocket. Entry types: {@link dev.collab.websocket.CollabEndpoints} makes an
 * endpoint for any Jakarta WebSocket container, {@link dev.collab.websocket.JdkWebSocketTransport}
 * connects to one with the client of the JDK. Thread-safe.
 *
 * <p>A frame is sent as UTF-8. One that holds a lone surrogate has no such form: it breaks the
 * connection or arrives altered, so whoever sends must escape those, as the JSON codec does.
 */
package dev.collab.websocket;
