package dev.collab.examples;

import dev.collab.client.CollabClient;
import dev.collab.client.DocumentListener;
import dev.collab.client.Origin;
import dev.collab.client.Participant;
import dev.collab.client.PresenceListener;
import dev.collab.client.SharedDocument;
import dev.collab.client.SharedPresence;
import dev.collab.document.DocumentId;
import dev.collab.examples.demo.DemoServer;
import dev.collab.presence.Selection;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.websocket.JdkWebSocketTransport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The Java client beside the npm client. On the channel {@code java} it shows what it sees there,
 * and the selections that it sees in a document; it answers the word "go" in that document with an
 * edit, and the word "purge!" in another one with a purge.
 */
final class JavaPeer implements AutoCloseable {

  private static final DocumentId SHARED = new DocumentId("interop", "java");
  private static final DocumentId PURGED = new DocumentId("interop", "purged");

  private final CollabClient client;
  private final SharedPresence channel;
  private final SharedPresence inDocument;
  private final SharedDocument<Text, TextOperation> purged;

  JavaPeer(DemoServer server) {
    create(server, SHARED, "0123456789");
    create(server, PURGED, "old");
    client = CollabClient.builder(JdkWebSocketTransport.to(server.endpoint())).user("Java").build();
    channel = client.openPresence("java");
    SharedDocument<Text, TextOperation> shared = client.open(SHARED, TextType.TEXT);
    inDocument = shared.openPresence();
    purged = client.open(PURGED, TextType.TEXT);
    PresenceListener report =
        new PresenceListener() {
          @Override
          public void onChange(List<Participant> others) {
            report();
          }
        };
    channel.addListener(report);
    inDocument.addListener(report);
    onWord(shared, "go", () -> shared.update(text -> TextOperation.insert(0, "xx")));
    onWord(purged, "purge!", () -> server.collab().documents().purge(PURGED));
    inDocument.show(new JsonObject(Map.of()), List.of(new Selection(1, 3)));
    report();
    client.connect();
    shared.ready().toCompletableFuture().join();
    purged.ready().toCompletableFuture().join();
  }

  private static void create(DemoServer server, DocumentId id, String text) {
    var created = server.collab().documents().create(id, TextType.TEXT, JsonValue.of(text));
    created.toCompletableFuture().join();
  }

  private static void onWord(
      SharedDocument<Text, TextOperation> document, String word, Runnable action) {
    AtomicBoolean done = new AtomicBoolean();
    document.addListener(
        new DocumentListener<>() {
          @Override
          public void onChange(TextOperation change, Origin origin, Text state) {
            if (state.toString().contains(word) && !done.getAndSet(true)) {
              action.run();
            }
          }
        });
  }

  private void report() {
    Map<String, JsonValue> seen = new LinkedHashMap<>();
    seen.put("plain", new JsonArray(channel.others().stream().map(Participant::value).toList()));
    seen.put(
        "selections",
        new JsonArray(
            inDocument.others().stream()
                .flatMap(one -> one.selections().stream())
                .map(JavaPeer::encode)
                .toList()));
    channel.show(new JsonObject(seen));
  }

  private static JsonValue encode(Selection selection) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("anchor", JsonValue.of(selection.anchor()));
    members.put("head", JsonValue.of(selection.head()));
    return new JsonObject(members);
  }

  /** Returns the document that was purged, as this client has it. */
  String purged() {
    return purged
        .sync()
        .thenApply(unused -> purged.state().toString())
        .toCompletableFuture()
        .join();
  }

  @Override
  public void close() {
    client.close();
  }
}
