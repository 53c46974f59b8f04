package dev.collab.examples.demo;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.micrometer.CollabMetrics;
import dev.collab.server.CollabServer;
import dev.collab.server.access.PresenceTimes;
import dev.collab.text.TextType;
import dev.collab.transport.Scheduler;
import dev.collab.websocket.CollabEndpoints;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.ee11.servlet.DefaultServlet;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A Collab server in an embedded Jetty, with the demo page beside it: the page at {@code /}, the
 * WebSocket endpoint at {@code /collab}, and for operators {@code /metrics}, {@code /health} and
 * {@code /status}.
 */
public final class DemoServer implements AutoCloseable {

  private static final int MAX_THREADS = 64;

  private final ExecutorService executor =
      Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final InMemoryCoordinator coordinator = InMemoryCoordinator.create();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CollabServer collab;
  private final Server jetty = new Server(new QueuedThreadPool(MAX_THREADS));
  private final ServerConnector connector = new ServerConnector(jetty);
  private final String host;

  private DemoServer(String host, int port, PresenceTimes presence) throws IOException {
    this.host = host;
    CollabMetrics metrics = CollabMetrics.create();
    metrics.bindTo(registry);
    collab =
        CollabServer.builder(coordinator, executor, Scheduler.on(scheduler))
            .type(TextType.TEXT)
            .listener(metrics)
            .presence(presence)
            .build();
    metrics.watch(collab);
    connector.setHost(host);
    connector.setPort(port);
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.setBaseResource(resources(context));
    context.setWelcomeFiles(new String[] {"index.html"});
    ServletHolder files = new ServletHolder("files", DefaultServlet.class);
    files.setInitParameter("dirAllowed", "false");
    files.setInitParameter("cacheControl", "no-cache");
    context.addServlet(files, "/");
    OperatorPages.of(collab, registry)
        .forEach((path, page) -> context.addServlet(new ServletHolder(path, page), path));
    JakartaWebSocketServletContainerInitializer.configure(
        context,
        (servletContext, container) -> {
          container.setDefaultMaxSessionIdleTimeout(0);
          container.addEndpoint(CollabEndpoints.config("/collab", collab));
        });
    jetty.setHandler(context);
  }

  /**
   * Starts a server.
   *
   * @param host the address to listen on
   * @param port the port, or 0 for a free one
   * @return the server, which listens
   * @throws IOException if it cannot listen there
   */
  public static DemoServer start(String host, int port) throws IOException {
    return start(host, port, PresenceTimes.DEFAULT);
  }

  /**
   * Starts a server with other times for presence than the default.
   *
   * @param host the address to listen on
   * @param port the port, or 0 for a free one
   * @param presence after how much time people count as idle or gone
   * @return the server, which listens
   * @throws IOException if it cannot listen there
   */
  public static DemoServer start(String host, int port, PresenceTimes presence) throws IOException {
    DemoServer server = new DemoServer(host, port, presence);
    try {
      server.jetty.start();
      return server;
    } catch (Exception e) {
      server.close();
      throw new IOException("cannot listen at " + host + " port " + port + ": " + reason(e), e);
    }
  }

  /** The innermost message: Jetty wraps the one that tells why. */
  private static String reason(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** The page's own files, and those of the WebJars. */
  private static Resource resources(ServletContextHandler context) throws IOException {
    ResourceFactory factory = ResourceFactory.of(context);
    ClassLoader loader = DemoServer.class.getClassLoader();
    List<URL> places = new ArrayList<>(Collections.list(loader.getResources("web/")));
    places.addAll(Collections.list(loader.getResources("META-INF/resources/")));
    return ResourceFactory.combine(places.stream().map(factory::newResource).toList());
  }

  /**
   * Returns where the page is.
   *
   * @return an address for a browser
   */
  public URI address() {
    return URI.create("http://" + authority() + "/");
  }

  /**
   * Returns where the WebSocket endpoint is.
   *
   * @return an address for a client
   */
  public URI endpoint() {
    return URI.create("ws://" + authority() + "/collab");
  }

  private String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + connector.getLocalPort();
  }

  /**
   * Returns the embedded Collab server.
   *
   * @return the server
   */
  public CollabServer collab() {
    return collab;
  }

  /** Closes all connections and stops listening. Closing twice does nothing. */
  @Override
  public void close() {
    collab.close();
    try {
      jetty.stop();
    } catch (Exception e) {
      System.getLogger(DemoServer.class.getName())
          .log(System.Logger.Level.WARNING, "the web server did not stop cleanly", e);
    }
    executor.shutdown();
    scheduler.shutdownNow();
    coordinator.close();
    registry.close();
  }
}
