package dev.collab.examples.embedding;

import dev.collab.chat.ChatChanges;
import dev.collab.chat.ChatMessage;
import dev.collab.chat.ChatView;
import dev.collab.client.ChatListener;
import dev.collab.client.CollabClient;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.server.CollabServer;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.Scheduler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** A server and two clients that talk to each other, in one program. */
public final class Chatting {

  private Chatting() {}

  /**
   * Lets one client post and the other one hear it, and prints what it hears.
   *
   * @param arguments none
   */
  public static void main(String... arguments) {
    System.out.println(talk());
  }

  static String talk() {
    var pool = Executors.newScheduledThreadPool(2);
    try (var server =
            CollabServer.builder(InMemoryCoordinator.create(), pool, Scheduler.on(pool))
                .type(TextType.TEXT)
                .build();
        var ann = CollabClient.builder(InMemoryTransport.to(server)).user("Ann").build();
        var bob = CollabClient.builder(InMemoryTransport.to(server)).user("Bob").build()) {
      // begin
      var heard = new CompletableFuture<ChatMessage>();
      bob.connect();
      var bobs = bob.chat("team");
      bobs.addListener(
          new ChatListener() {
            @Override
            public void onChange(ChatChanges changes, ChatView view) {
              view.messages().forEach(heard::complete);
            }
          });
      bobs.ready().toCompletableFuture().join();

      var anns = ann.chat("team");
      var posted = anns.post("Hello, Bob"); // waits for the connection
      ann.connect();
      posted
          .thenAccept(message -> System.out.println(message.id() + " at " + message.postedAt()))
          .toCompletableFuture()
          .join();
      // end
      ChatMessage hello = heard.join();
      return hello.author().name() + ": " + hello.text();
    } finally {
      pool.shutdown();
    }
  }
}
