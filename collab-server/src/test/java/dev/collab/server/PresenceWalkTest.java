package dev.collab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.PresenceTimes;
import dev.collab.transport.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients show, remove and show again from the first version, leave, fall silent and turn up on
 * other servers. Whoever reads sees within the lease what the live connections show, and nothing
 * else: no ghost, and nobody hidden.
 */
class PresenceWalkTest {

  private static final PresenceTimes TIMES =
      new PresenceTimes(Duration.ofSeconds(9), Duration.ofSeconds(30), Duration.ofSeconds(60));

  private static final Pattern SHOWN =
      Pattern.compile("'id':'([^']*)','p':(null|\\d+),'pv':(\\d+)");

  private static final long WALKS = Long.getLong("collab.presence.walks", 60);

  /** A client that shows things through one connection at a time. */
  private static final class Showman {

    final String secret;
    final Map<String, Integer> shown = new TreeMap<>();
    final Map<String, Integer> versions = new HashMap<>();
    WireClient connection;

    Showman(String secret) {
      this.secret = secret;
    }

    void show(String id, int value) {
      int version = versions.merge(id, 1, Integer::sum) - 1;
      frame(id, "" + value, version);
      shown.put(id, value);
    }

    void remove(String id) {
      int version = versions.getOrDefault(id, 0);
      frame(id, "null", version);
      shown.remove(id);
      versions.remove(id);
    }

    private void frame(String id, String value, int version) {
      connection.post(
          "{'a':'p','ch':'room','id':'%s','p':%s,'pv':%d}".formatted(id, value, version));
    }

    /** Goes on through another connection, where nothing is shown yet. */
    void connect(WireClient to, boolean startsAnew) {
      connection = to;
      shown.clear();
      if (startsAnew) {
        versions.clear();
      }
    }
  }

  /** What a reader makes of the frames that it gets; those of lower versions it drops. */
  private static Map<String, Integer> seen(WireClient reader) {
    Map<String, Integer> values = new TreeMap<>();
    Map<String, Integer> versions = new HashMap<>();
    for (String frame : reader.received()) {
      Matcher matcher = SHOWN.matcher(frame);
      while (matcher.find()) {
        String id = matcher.group(1);
        int version = Integer.parseInt(matcher.group(3));
        if (version < versions.getOrDefault(id, 0)) {
          continue;
        }
        if (matcher.group(2).equals("null")) {
          values.remove(id);
          versions.remove(id);
        } else {
          values.put(id, Integer.valueOf(matcher.group(2)));
          versions.put(id, version);
        }
      }
    }
    return values;
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void readersEverywhere_seeWhatLiveConnectionsShow(Ground ground) {
    for (long seed = 1; seed <= WALKS; seed++) {
      walk(ground, seed);
    }
  }

  private static void walk(Ground ground, long seed) {
    Random random = new Random(seed);
    ServerHarness harness = new ServerHarness(ground).withPresence(TIMES);
    List<CollabServer> servers = List.of(harness.server(), harness.start(), harness.start());
    List<WireClient> readers = new ArrayList<>();
    for (CollabServer server : servers) {
      WireClient reader = WireClient.hello(harness, server, "r".repeat(21) + readers.size());
      reader.post("{'a':'ps','ch':'room','seq':1}");
      readers.add(reader);
    }
    List<Showman> showmen = new ArrayList<>();
    for (String letter : List.of("a", "b", "c")) {
      Showman showman = new Showman(letter.repeat(22));
      showman.connection = WireClient.hello(harness, servers.get(0), showman.secret);
      showmen.add(showman);
    }
    for (int step = 0; step < 40; step++) {
      Showman showman = showmen.get(random.nextInt(showmen.size()));
      String id = showman.secret.charAt(0) + "" + random.nextInt(2);
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> showman.show(id, step);
        case 3 -> showman.remove(id);
        case 4 -> {
          showman.remove(id);
          showman.show(id, step);
        }
        case 5 -> {
          if (random.nextBoolean()) { // otherwise the server has to find out
            showman.connection.connection().close(CloseReason.NORMAL);
          }
          CollabServer next = servers.get(random.nextInt(servers.size()));
          showman.connect(WireClient.hello(harness, next, showman.secret), random.nextBoolean());
        }
        default -> pass(harness, readers, showmen, random.nextInt(4_000));
      }
    }
    pass(harness, readers, showmen, 2 * (int) TIMES.lease().toMillis());
    Map<String, Integer> truth = new TreeMap<>();
    showmen.forEach(showman -> truth.putAll(showman.shown));
    for (WireClient reader : readers) {
      assertThat(seen(reader)).as("seed %d", seed).isEqualTo(truth);
    }
    for (CollabServer server : servers) {
      WireClient late = WireClient.hello(harness, server, "l".repeat(22));
      late.post("{'a':'ps','ch':'room','seq':1}");
      harness.time().pass(Duration.ofSeconds(1));
      assertThat(seen(late)).as("seed %d, late", seed).isEqualTo(truth);
    }
  }

  /** Lets time pass; all live connections show life. */
  private static void pass(
      ServerHarness harness, List<WireClient> readers, List<Showman> showmen, int millis) {
    for (int left = millis; left > 0; left -= 1_000) {
      readers.forEach(reader -> reader.post("{'a':'pp'}"));
      showmen.forEach(showman -> showman.connection.post("{'a':'pp'}"));
      harness.time().pass(Duration.ofMillis(Math.min(left, 1_000)));
    }
  }
}
