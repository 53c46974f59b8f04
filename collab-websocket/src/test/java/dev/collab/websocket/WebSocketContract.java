package dev.collab.websocket;

import dev.collab.tck.TransportContract;
import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.Transport;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;

/** The rules of transports, by the JDK's client and a container. */
abstract class WebSocketContract extends TransportContract {

  private final TestServer server;

  WebSocketContract(TestServer server) {
    this.server = server;
  }

  @Override
  protected Transport open(ConnectionHandler handler, int clientMaxFrameLength) {
    try {
      URI root = server.start(CollabEndpoints.config("/collab", handler));
      return JdkWebSocketTransport.builder(root.resolve("collab"))
          .maxFrameLength(clientMaxFrameLength)
          .build();
    } catch (Exception failure) {
      throw new AssertionError("the container did not start", failure);
    }
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }
}
