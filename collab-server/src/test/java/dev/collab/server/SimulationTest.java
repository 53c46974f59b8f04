package dev.collab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.LoadPolicy;
import dev.collab.transport.InMemoryTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two servers over a hostile coordinator in virtual time; servers are restarted, connections cut,
 * documents given up and loaded again. A seed repeats a run exactly; the property {@code
 * collab.server.seeds} sets how many are run.
 */
class SimulationTest {

  private static final int CLIENTS = 5;
  private static final int EDITS = 60;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Long.getLong("collab.server.seeds", 16));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void edits_whileServersComeAndGo_convergeAndAreAllThereOnce(long seed) {
    Random random = new Random(seed);
    ServerHarness harness =
        new ServerHarness(seed % 4 == 0 ? Ground.CALM : Ground.HOSTILE)
            .withLoading(new LoadPolicy(Duration.ofMillis(500), 1, 1));
    CollabServer[] servers = {harness.server(), harness.start()};
    List<TypingClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          new TypingClient(
              listener ->
                  InMemoryTransport.builder(servers[random.nextInt(2)])
                      .executor(harness.time())
                      .build()
                      .connect(listener),
              i,
              EDITS));
    }
    clients.forEach(TypingClient::connect);
    for (int i = 0; i < 400 && !clients.stream().allMatch(c -> c.done().isDone()); i++) {
      harness.time().pass(Duration.ofMillis(random.nextInt(1_000)));
      if (random.nextInt(8) == 0) {
        int stopped = random.nextInt(2);
        servers[stopped].close();
        servers[stopped] = harness.start();
      }
    }
    harness.settle();
    assertThat(clients).allSatisfy(client -> assertThat(client.done()).isCompleted());
    var newest = servers[0].snapshot(TypingClient.ID).toCompletableFuture();
    harness.settle();
    String text = newest.join().content().orElseThrow().state().toString();
    assertThat(text.chars().filter(c -> c == '<').count()).isEqualTo((long) CLIENTS * EDITS);
    for (TypingClient client : clients) {
      assertThat(client.sent()).allSatisfy(word -> assertThat(text).containsOnlyOnce(word));
      assertThat(client.text()).isEqualTo(text);
    }
  }
}
