package dev.collab.websocket;

import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;

/** A Jakarta WebSocket container on the loopback interface. */
interface TestServer {

  /** Starts the container with one endpoint and returns the address of its root. */
  URI start(ServerEndpointConfig endpoint) throws Exception;

  void stop() throws Exception;

  static URI root(int port) {
    return URI.create("ws://127.0.0.1:" + port + "/");
  }
}
