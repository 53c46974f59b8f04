package dev.collab.benchmarks;

import dev.collab.benchmarks.CountingProxy.Traffic;
import dev.collab.client.CollabClient;
import dev.collab.client.SharedDocument;
import dev.collab.document.DocumentId;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Counts what goes over real WebSocket connections for each edit that somebody types, with and
 * without batching and compression. Jetty serves; a proxy counts frames and bytes of all
 * connections and delays them as a network does. Arguments: a trace file, and
 *
 * <ul>
 *   <li>{@code --seconds=N}: how long people type, 20 if not given;
 *   <li>{@code --edits=N}: how many edits of the trace are typed, 10,000 if not given;
 *   <li>{@code --delay=N}: the delay in each direction in milliseconds, 20 if not given.
 * </ul>
 */
public final class WireReport {

  private static final Duration WINDOW = Duration.ofMillis(5);

  private static final String HEAD =
      "%-28s %7s %8s %7s %11s | %8s %8s | %8s %8s"
          .formatted(
              "load",
              "window",
              "deflate",
              "edits",
              "submissions",
              "frames",
              "bytes",
              "frames",
              "bytes");

  private final PrintStream out;
  private final Duration delay;

  WireReport(PrintStream out, Duration delay) {
    this.out = out;
    this.delay = delay;
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    int seconds = 20;
    int edits = 10_000;
    int delay = 20;
    Optional<Path> file = Optional.empty();
    for (String argument : arguments) {
      if (argument.startsWith("--seconds=")) {
        seconds = number(argument);
      } else if (argument.startsWith("--edits=")) {
        edits = number(argument);
      } else if (argument.startsWith("--delay=")) {
        delay = number(argument);
      } else if (argument.startsWith("--")) {
        throw new IllegalArgumentException("unknown option " + argument);
      } else {
        file = Optional.of(Path.of(argument));
      }
    }
    List<Typing> loads = new ArrayList<>();
    loads.add(Typing.people(1, 5, seconds));
    loads.add(Typing.people(20, 5, seconds));
    loads.add(Typing.people(20, 20, seconds)); // as if eighty people typed
    if (file.isPresent()) {
      loads.add(Typing.replay(Trace.read(file.get()), edits));
    }
    new WireReport(System.out, Duration.ofMillis(delay)).run(loads);
  }

  private static int number(String option) {
    return Integer.parseInt(option.substring(option.indexOf('=') + 1));
  }

  /** Measures each load in each setting and prints a line for each. */
  void run(List<Typing> loads) throws Exception {
    out.printf(
        Locale.ROOT,
        "Java %s, delay %d ms each way, load average %.1f%n",
        Runtime.version(),
        delay.toMillis(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    out.printf("%65s | %17s | %17s%n", "", "up, per edit", "down, per edit");
    out.println(HEAD);
    for (Typing load : loads) {
      for (Duration window : List.of(Duration.ZERO, WINDOW)) {
        for (boolean compressed : new boolean[] {false, true}) {
          measure(load, window, compressed);
        }
      }
    }
  }

  private void measure(Typing load, Duration window, boolean compressed) throws Exception {
    WebSocketContainer container = ContainerProvider.getWebSocketContainer();
    try (WireServer server = new WireServer(window);
        CountingProxy proxy = new CountingProxy(server.port(), delay)) {
      URI uri = URI.create("ws://127.0.0.1:" + proxy.port() + "/collab");
      List<CollabClient> clients = new ArrayList<>();
      try {
        List<SharedDocument<Text, TextOperation>> texts = new ArrayList<>();
        for (int index = 0; index <= load.typists(); index++) { // the last one reads
          CollabClient client =
              CollabClient.builder(new JettyTransport(container, uri, compressed)).build();
          clients.add(client);
          var text =
              client.openOrCreate(
                  new DocumentId("texts", "wire"), TextType.TEXT, JsonValue.of(load.start()));
          client.connect();
          text.ready().toCompletableFuture().join();
          texts.add(text);
        }
        Traffic before = proxy.traffic();
        long committedBefore = server.committed();
        long edits = load.type(texts);
        print(
            load,
            window,
            compressed,
            edits,
            server.committed() - committedBefore,
            proxy.traffic().minus(before));
      } finally {
        clients.forEach(CollabClient::close);
      }
    } finally {
      LifeCycle.stop(container);
    }
  }

  private void print(
      Typing load,
      Duration window,
      boolean compressed,
      long edits,
      long submissions,
      Traffic traffic) {
    double per = edits;
    out.printf(
        Locale.ROOT,
        "%-28s %4d ms %8s %7d %11d | %8.3f %8.1f | %8.3f %8.1f%n",
        load.name(),
        window.toMillis(),
        compressed ? "on" : "off",
        edits,
        submissions,
        traffic.framesUp() / per,
        traffic.bytesUp() / per,
        traffic.framesDown() / per,
        traffic.bytesDown() / per);
  }
}
