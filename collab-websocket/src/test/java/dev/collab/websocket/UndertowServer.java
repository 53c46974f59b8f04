package dev.collab.websocket;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

final class UndertowServer implements TestServer {

  private @Nullable Undertow server;

  @Override
  public URI start(ServerEndpointConfig endpoint) throws Exception {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(UndertowServer.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("test")
            .addServletContextAttribute(
                WebSocketDeploymentInfo.ATTRIBUTE_NAME,
                new WebSocketDeploymentInfo().addEndpoint(endpoint));
    DeploymentManager manager = Servlets.newContainer().addDeployment(deployment);
    manager.deploy();
    Undertow started =
        Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(manager.start()).build();
    started.start();
    server = started;
    return TestServer.root(
        ((InetSocketAddress) started.getListenerInfo().get(0).getAddress()).getPort());
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop();
    }
  }
}
