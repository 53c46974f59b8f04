package dev.collab.micrometer;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.server.CollabServer;
import dev.collab.tck.VirtualTime;
import dev.collab.text.TextType;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.InMemoryTransport;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A server in virtual time whose meters Prometheus can collect, and clients that use it. */
final class ExercisedServer {

  private final VirtualTime time = new VirtualTime();
  private final CollabMetrics metrics = CollabMetrics.create();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(
          PrometheusConfig.DEFAULT,
          new PrometheusRegistry(),
          new Clock() {
            @Override
            public long wallTime() {
              return time.instant().toEpochMilli();
            }

            @Override
            public long monotonicTime() {
              return TimeUnit.MILLISECONDS.toNanos(wallTime());
            }
          });

  private final CollabServer server;

  ExercisedServer() {
    metrics.bindTo(registry);
    server =
        CollabServer.builder(
                InMemoryCoordinator.builder().executor(time).clock(time).build(), time, time)
            .type(TextType.TEXT)
            .clock(time)
            .random(new Random(1))
            .listener(metrics)
            .build();
    metrics.watch(server);
  }

  CollabServer server() {
    return server;
  }

  CollabMetrics metrics() {
    return metrics;
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  /** Returns what Prometheus is given. */
  String scrape() {
    pass(Duration.ofSeconds(1));
    return registry.scrape();
  }

  void pass(Duration duration) {
    time.pass(duration);
  }

  /** Connects a client that has shaken hands. */
  Connection connect(String secret) {
    Connection connection = open();
    send(connection, "{'a':'hs','id':'" + secret + "','protocol':1,'protocolMinor':2}");
    return connection;
  }

  Connection open() {
    var opened =
        InMemoryTransport.builder(server)
            .executor(time)
            .build()
            .connect(
                new ConnectionListener() {
                  @Override
                  public void onFrame(String frame) {}

                  @Override
                  public void onOversizedFrame(int limit) {}

                  @Override
                  public void onClosed(CloseReason reason) {}
                })
            .toCompletableFuture();
    time.runDue();
    return opened.join();
  }

  /** Sends a frame, written with apostrophes for quotation marks. */
  void send(Connection connection, String frame) {
    connection.send(frame.replace('\'', '"'));
    time.runDue();
  }

  /** Lets two clients write, disagree, show themselves, do something wrong, and leave. */
  ExercisedServer exercise() {
    Connection alice = connect("aaaaaaaaaaaaaaaaaaaaaa");
    Connection bob = connect("bbbbbbbbbbbbbbbbbbbbbb");
    send(alice, "{'a':'s','c':'c','d':'d','v':null}");
    send(
        alice,
        "{'a':'op','c':'c','d':'d','v':0,'seq':1,'x':{},'create':{'type':'text','data':'ab'}}");
    send(alice, "{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['x']}");
    send(bob, "{'a':'op','c':'c','d':'d','v':1,'seq':1,'op':['y']}");
    send(bob, "{'a':'op','c':'c','d':'d','v':3,'seq':2,'op':[99,'y']}");
    send(bob, "{'a':'p','ch':'room','id':'x','p':1,'pv':1}");
    send(bob, "nonsense");
    bob.close(CloseReason.NORMAL);
    pass(Duration.ofSeconds(1));
    return this;
  }
}
