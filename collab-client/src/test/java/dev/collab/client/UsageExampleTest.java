package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.DocumentId;
import dev.collab.server.CollabServer;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.Scheduler;
import dev.collab.value.JsonValue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How an application uses the client; the example in the package's documentation. */
@Timeout(60)
class UsageExampleTest {

  @Test
  void twoClients_editOneText_seeEachOther() throws InterruptedException {
    ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
    try (CollabServer server =
            CollabServer.builder(InMemoryCoordinator.create(), pool, Scheduler.on(pool))
                .type(TextType.TEXT)
                .build();
        CollabClient alice = CollabClient.builder(InMemoryTransport.to(server)).build();
        CollabClient bob = CollabClient.builder(InMemoryTransport.to(server)).build()) {
      DocumentId id = new DocumentId("notes", "welcome");

      alice.connect();
      SharedDocument<Text, TextOperation> note =
          alice.openOrCreate(id, TextType.TEXT, JsonValue.of("Hello world"));
      note.ready().toCompletableFuture().join();

      bob.connect();
      SharedDocument<Text, TextOperation> bobsNote = bob.open(id, TextType.TEXT);
      bobsNote.ready().toCompletableFuture().join();
      BlockingQueue<String> seen = new LinkedBlockingQueue<>();
      bobsNote.addListener(
          new DocumentListener<>() {
            @Override
            public void onChange(TextOperation change, Origin origin, Text text) {
              if (origin != Origin.LOCAL) {
                seen.add(text.toString());
              }
            }
          });

      note.update(text -> TextOperation.insert(text.length(), "!"));
      assertThat(seen.poll(30, TimeUnit.SECONDS)).isEqualTo("Hello world!");

      SharedText text = new SharedText(bobsNote);
      bob.execute(() -> text.replace(0, 5, "Goodbye"));
      bobsNote.sync().toCompletableFuture().join();
      bobsNote.whenSaved().toCompletableFuture().join();
      note.sync().toCompletableFuture().join();
      assertThat(note.state()).hasToString("Goodbye world!");
    } finally {
      pool.shutdownNow();
    }
  }
}
