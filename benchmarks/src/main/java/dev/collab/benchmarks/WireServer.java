package dev.collab.benchmarks;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.server.CollabServer;
import dev.collab.server.access.Delivery;
import dev.collab.server.access.Rate;
import dev.collab.server.access.ServerLimits;
import dev.collab.server.observe.OperationCommitted;
import dev.collab.server.observe.ServerListener;
import dev.collab.text.TextType;
import dev.collab.transport.Scheduler;
import dev.collab.websocket.CollabEndpoints;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** A server in Jetty that counts the submissions it commits. */
final class WireServer implements AutoCloseable {

  private static final Rate UNBOUNDED = new Rate(1_000_000, 1_000_000);

  private final ExecutorService executor = Executors.newFixedThreadPool(2);
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final InMemoryCoordinator coordinator =
      InMemoryCoordinator.builder().executor(executor).build();
  private final AtomicLong committed = new AtomicLong();
  private final Server jetty = new Server();
  private final ServerConnector connector = new ServerConnector(jetty);
  private final CollabServer collab;

  /** Starts a server whose messages gather for a time, on a free port of the loopback interface. */
  WireServer(Duration window) throws Exception {
    this(
        ServerLimits.builder()
            .delivery(Delivery.builder().window(window).build())
            .operationRate(UNBOUNDED)
            .build());
  }

  /** Starts a server with these limits, on a free port of the loopback interface. */
  WireServer(ServerLimits limits) throws Exception {
    collab =
        CollabServer.builder(coordinator, executor, Scheduler.on(scheduler))
            .type(TextType.TEXT)
            .limits(limits)
            .listener(
                new ServerListener() {
                  @Override
                  public void operationCommitted(OperationCommitted event) {
                    committed.incrementAndGet();
                  }
                })
            .build();
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    JakartaWebSocketServletContainerInitializer.configure(
        context,
        (servlets, container) -> container.addEndpoint(CollabEndpoints.config("/collab", collab)));
    jetty.setHandler(context);
    jetty.start();
  }

  int port() {
    return connector.getLocalPort();
  }

  long committed() {
    return committed.get();
  }

  @Override
  public void close() {
    collab.close();
    LifeCycle.stop(jetty);
    executor.shutdown();
    scheduler.shutdownNow();
    coordinator.close();
  }
}
