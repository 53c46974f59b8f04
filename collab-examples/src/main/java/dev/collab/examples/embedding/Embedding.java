package dev.collab.examples.embedding;

import dev.collab.client.CollabClient;
import dev.collab.client.SharedDocument;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.DocumentId;
import dev.collab.server.CollabServer;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.Scheduler;
import dev.collab.value.JsonValue;
import java.util.concurrent.Executors;

/** A server and two clients in one program. */
public final class Embedding {

  private Embedding() {}

  /**
   * Lets two clients edit one document and prints it.
   *
   * @param arguments none
   */
  public static void main(String... arguments) {
    System.out.println(edit());
  }

  static String edit() {
    // begin
    var pool = Executors.newScheduledThreadPool(2);
    try (var server =
            CollabServer.builder(InMemoryCoordinator.create(), pool, Scheduler.on(pool))
                .type(TextType.TEXT)
                .build();
        // over the network: container.addEndpoint(CollabEndpoints.config("/collab", server)) here,
        // JdkWebSocketTransport.to(URI.create("wss://example.org/collab")) in the clients
        var ann = CollabClient.builder(InMemoryTransport.to(server)).build();
        var bob = CollabClient.builder(InMemoryTransport.to(server)).build()) {
      var id = new DocumentId("notes", "today");
      SharedDocument<Text, TextOperation> anns =
          ann.openOrCreate(id, TextType.TEXT, JsonValue.of("Hello"));
      ann.connect();
      anns.update(text -> TextOperation.insert(text.length(), ", world"))
          .toCompletableFuture()
          .join();
      anns.whenSaved().toCompletableFuture().join();

      SharedDocument<Text, TextOperation> bobs = bob.open(id, TextType.TEXT);
      bob.connect();
      return bobs.ready().toCompletableFuture().join().toString();
    } finally {
      pool.shutdown();
    }
    // end
  }
}
