package dev.collab.examples.access;

import dev.collab.client.ClientListener;
import dev.collab.client.CollabClient;
import dev.collab.client.DocumentListener;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.DocumentId;
import dev.collab.operation.CollabException;
import dev.collab.protocol.Permission;
import dev.collab.server.CollabServer;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.Scheduler;
import dev.collab.value.JsonValue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** A pupil reads, is let write while it is connected, and is sent away. */
public final class Classroom {
  private Classroom() {}

  /**
   * Holds the lesson, and prints what was written and how the pupil's connection ended.
   *
   * @param arguments none
   */
  public static void main(String... arguments) {
    System.out.println(teach());
  }

  static String teach() {
    var pool = Executors.newScheduledThreadPool(2);
    var rules = new Rules();
    var sentAway = new CompletableFuture<String>();
    try (var server =
            rules
                .guard(CollabServer.builder(InMemoryCoordinator.create(), pool, Scheduler.on(pool)))
                .type(TextType.TEXT)
                .build();
        var pupil =
            CollabClient.builder(InMemoryTransport.to(server))
                .tokens(() -> CompletableFuture.completedStage("p-91c0"))
                .listener(
                    new ClientListener() {
                      @Override
                      public void onError(CollabException error) {
                        sentAway.complete(error.code());
                      }
                    })
                .build()) {
      var lesson = new DocumentId("lessons", "today");
      var created = server.documents().create(lesson, TextType.TEXT, JsonValue.of("1 + 1 = "));
      created.toCompletableFuture().join();
      var board = pupil.open(lesson, TextType.TEXT);
      pupil.connect();
      board.ready().toCompletableFuture().join(); // it may be read; an edit would throw
      var mayWrite = new CompletableFuture<Permission>();
      board.addListener(
          new DocumentListener<>() {
            @Override
            public void onPermission(Permission permission) {
              mayWrite.complete(permission);
            }
          });
      // begin
      rules.letWrite("pupil");
      server.access().permissionsChanged("pupil"); // on all servers, for live connections
      mayWrite.join(); // a listener of the document completes it
      board.update(text -> TextOperation.insert(text.length(), "2")).toCompletableFuture().join();
      board.whenSaved().toCompletableFuture().join();
      server.access().kick("pupil", "the lesson is over"); // closed with 4005
      // end
      return board.state() + ", " + sentAway.join();
    } finally {
      pool.shutdown();
    }
  }
}
