package dev.collab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.HostileCoordinator;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.Snapshot;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two servers on real threads, and clients that type, lose their connections and come back. */
class RaceTest {

  private static final int CLIENTS = 8;

  private final ExecutorService pool = Executors.newFixedThreadPool(4);
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

  @AfterEach
  void stop() {
    pool.shutdownNow();
    timer.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({"false, 400", "true, 60"})
  @Timeout(120)
  void edits_ofManyThreads_convergeAndAreAllThereOnce(boolean hostile, int edits) throws Exception {
    Scheduler scheduler = Scheduler.on(timer);
    Coordinator shared = InMemoryCoordinator.builder().executor(pool).build();
    Coordinator coordinator =
        hostile
            ? HostileCoordinator.builder(shared, new Random(5), scheduler)
                .longestDelay(Duration.ofMillis(5))
                .build()
            : shared;
    List<CollabServer> servers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      servers.add(CollabServer.builder(coordinator, pool, scheduler).type(TextType.TEXT).build());
    }
    List<TypingClient> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(
          new TypingClient(
              InMemoryTransport.builder(servers.get(i % 2)).executor(pool).build(), i, edits));
    }
    clients.forEach(TypingClient::connect);
    for (TypingClient client : clients) {
      client.done().get(100, TimeUnit.SECONDS);
    }
    Snapshot snapshot =
        servers.get(0).snapshot(TypingClient.ID).toCompletableFuture().get(60, TimeUnit.SECONDS);
    String text = snapshot.content().orElseThrow().state().toString();
    assertThat(text.codePoints().filter(c -> c == '<').count()).isEqualTo((long) CLIENTS * edits);
    for (TypingClient client : clients) {
      assertThat(client.sent()).allSatisfy(word -> assertThat(text).containsOnlyOnce(word));
      client.catchUp(snapshot.revision()).get(60, TimeUnit.SECONDS);
      assertThat(client.text()).isEqualTo(text);
    }
    servers.forEach(CollabServer::close);
  }
}
