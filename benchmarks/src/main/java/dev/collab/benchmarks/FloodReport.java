package dev.collab.benchmarks;

import dev.collab.benchmarks.Flooder.Outcome;
import dev.collab.server.access.ServerLimits;
import dev.collab.transport.Transport;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Measures how long an edit takes from who submits it to who reads it, over real WebSocket
 * connections to a server with the default limits and two threads, while another connection floods
 * the same document, its presences or its chat, and while none does, in turn. The flooding client
 * runs in the same JVM and takes its time from the same processors. Arguments:
 *
 * <ul>
 *   <li>{@code --rate=N}: how many frames a second the flood has, 10,000 if not given, 0 for as
 *       many as the connection takes;
 *   <li>{@code --rounds=N}: how often each thing is measured, 3 if not given;
 *   <li>{@code --edits=N}: how many edits are typed each time, 1 to 300, 200 if not given.
 * </ul>
 */
public final class FloodReport {

  /** A burst of 200 and 50 a second are granted: at this pace 300 edits never wait. */
  private static final Duration PACE = Duration.ofMillis(10);

  private static final int MOST_EDITS = 300;

  private final PrintStream out;
  private final long rate;
  private final int rounds;
  private final int edits;

  FloodReport(PrintStream out, long rate, int rounds, int edits) {
    if (rate < 0 || rounds < 1 || edits < 1 || edits > MOST_EDITS) {
      throw new IllegalArgumentException(
          "rate %d, rounds %d, edits %d".formatted(rate, rounds, edits));
    }
    this.out = out;
    this.rate = rate;
    this.rounds = rounds;
    this.edits = edits;
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    int rate = 10_000;
    int rounds = 3;
    int edits = 200;
    for (String argument : arguments) {
      if (argument.startsWith("--rate=")) {
        rate = number(argument);
      } else if (argument.startsWith("--rounds=")) {
        rounds = number(argument);
      } else if (argument.startsWith("--edits=")) {
        edits = number(argument);
      } else {
        throw new IllegalArgumentException("unknown option " + argument);
      }
    }
    new FloodReport(System.out, rate, rounds, edits).run();
  }

  private static int number(String option) {
    return Integer.parseInt(option.substring(option.indexOf('=') + 1));
  }

  /** Measures each flood next to none, and prints a line for each. */
  void run() throws Exception {
    out.printf(
        "Java %s, %d processors, flood of %s frames/s, %d rounds of %d edits, one each %d ms%n",
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        rate == 0 ? "all possible" : rate,
        rounds,
        edits,
        PACE.toMillis());
    printLoad();
    out.printf("%-13s | %-17s | %-17s | %-11s |%n", "", "quiet, ms", "flooded, ms", "ratio");
    out.printf(
        "%-13s | %8s %8s | %8s %8s | %5s %5s | %s%n",
        "flood", "median", "p99", "median", "p99", "med.", "p99", "what the flooder was told");
    WebSocketContainer container = ContainerProvider.getWebSocketContainer();
    try {
      for (Flood kind : Flood.values()) { // warms up and counts for nothing
        measure(container, Optional.of(kind));
      }
      for (Flood kind : Flood.values()) {
        compare(container, kind);
      }
    } finally {
      LifeCycle.stop(container);
    }
    printLoad();
  }

  private void compare(WebSocketContainer container, Flood kind) throws Exception {
    List<Measured> quiet = new ArrayList<>();
    List<Measured> flooded = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      quiet.add(measure(container, Optional.empty()));
      flooded.add(measure(container, Optional.of(kind)));
    }
    long[] without = sorted(quiet);
    long[] with = sorted(flooded);
    out.printf(
        Locale.ROOT,
        "%-13s | %8.2f %8.2f | %8.2f %8.2f | %5.1f %5.1f | %s%n",
        kind.title(),
        part(without, 0.5) / 1e6,
        part(without, 0.99) / 1e6,
        part(with, 0.5) / 1e6,
        part(with, 0.99) / 1e6,
        part(with, 0.5) / part(without, 0.5),
        part(with, 0.99) / part(without, 0.99),
        flooded.stream().map(Measured::outcome).reduce(Outcome.NOTHING, Outcome::plus));
  }

  /** What came of one round: delays in nanoseconds, and what became of the flood. */
  private record Measured(LongStream delays, Outcome outcome) {}

  private Measured measure(WebSocketContainer container, Optional<Flood> flood) throws Exception {
    try (WireServer server = new WireServer(ServerLimits.DEFAULT)) {
      URI uri = URI.create("ws://127.0.0.1:" + server.port() + "/collab");
      Transport transport = new JettyTransport(container, uri, false);
      try (Delays people = new Delays(transport)) {
        if (flood.isEmpty()) {
          return new Measured(type(people), Outcome.NOTHING);
        }
        try (Flooder flooder = new Flooder(transport, flood.get(), rate)) {
          flooder.begun();
          return new Measured(type(people), flooder.outcome());
        }
      }
    }
  }

  private LongStream type(Delays people) throws InterruptedException {
    return LongStream.of(people.type(edits, PACE.toNanos()));
  }

  private static long[] sorted(List<Measured> rounds) {
    return rounds.stream().flatMapToLong(Measured::delays).sorted().toArray();
  }

  /** Returns the least value that a part of all values does not exceed. */
  private static double part(long[] sorted, double part) {
    return sorted[(int) Math.ceil(sorted.length * part) - 1];
  }

  private void printLoad() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    out.printf(Locale.ROOT, "load average %.1f%n", load);
  }
}
