package dev.collab.websocket;

import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.util.Map;
import org.glassfish.tyrus.server.TyrusServerContainer;
import org.glassfish.tyrus.spi.ServerContainerFactory;
import org.jspecify.annotations.Nullable;

final class TyrusServer implements TestServer {

  private @Nullable TyrusServerContainer server;

  @Override
  public URI start(ServerEndpointConfig endpoint) throws Exception {
    var created =
        (TyrusServerContainer)
            ServerContainerFactory.createServerContainer(
                Map.of("org.glassfish.tyrus.incomingBufferSize", 32 * 1024 * 1024));
    created.addEndpoint(endpoint);
    created.start("/", 0);
    server = created;
    return TestServer.root(created.getPort());
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop();
    }
  }
}
