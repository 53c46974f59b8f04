package dev.collab.websocket;

import jakarta.servlet.ServletException;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

final class TomcatServer implements TestServer {

  private final Tomcat tomcat = new Tomcat();
  private final Path folder;

  TomcatServer(Path folder) {
    this.folder = folder;
  }

  @Override
  public URI start(ServerEndpointConfig endpoint) throws Exception {
    tomcat.setBaseDir(folder.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", folder.toString());
    context.addServletContainerInitializer(new WsSci(), Set.of());
    context.addServletContainerInitializer(
        (classes, servletContext) -> {
          try {
            ((ServerContainer) servletContext.getAttribute(ServerContainer.class.getName()))
                .addEndpoint(endpoint);
          } catch (DeploymentException failure) {
            throw new ServletException(failure);
          }
        },
        Set.of());
    Wrapper servlet = Tomcat.addServlet(context, "default", new DefaultServlet());
    servlet.addMapping("/");
    tomcat.start();
    return TestServer.root(connector.getLocalPort());
  }

  @Override
  public void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }
}
