/** Transport over Jakarta WebSocket at the server and over the JDK's WebSocket at the client. */
@org.jspecify.annotations.NullMarked
module dev.collab.websocket {
  requires static org.jspecify;
  requires transitive dev.collab.transport;
  requires transitive java.net.http;
  requires static transitive jakarta.websocket;
  requires static transitive jakarta.websocket.client;

  exports dev.collab.websocket;
}
