package dev.collab.server.chat;

import dev.collab.chat.ChatChanges;
import dev.collab.chat.ChatRoom;
import dev.collab.chat.ChatType;
import dev.collab.chat.ChatWire;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Content;
import dev.collab.document.Document;
import dev.collab.value.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the entries of a room's log look like on the wire. */
final class RoomEntries {

  /** What is told of an entry of which nothing is known any more. */
  private static final JsonObject FORGOTTEN = ChatWire.changes(new ChatChanges(List.of(), 1));

  private RoomEntries() {}

  /** Returns the room that a log amounts to; an empty one if it was not created yet. */
  static ChatRoom room(Document document) {
    return document
        .content()
        .flatMap(content -> content.as(ChatType.CHAT))
        .map(Content::state)
        .orElse(ChatRoom.EMPTY);
  }

  /** Returns the event of the entry at a base revision. */
  static JsonObject event(Document document, long baseRevision) {
    return since(document, baseRevision).map(events -> events.get(0)).orElse(FORGOTTEN);
  }

  /**
   * Returns the events of all entries behind a revision.
   *
   * @return an event for each entry, or empty if the state has to be sent instead
   */
  static Optional<List<JsonObject>> since(Document document, long revision) {
    if (revision < document.base()) {
      return Optional.empty();
    }
    List<CommittedOperation> entries = document.since(revision);
    return ChatChanges.since(room(document), entries)
        .map(
            all -> {
              List<JsonObject> events = new ArrayList<>();
              all.forEach(changes -> events.add(ChatWire.changes(changes)));
              return events;
            });
  }
}
