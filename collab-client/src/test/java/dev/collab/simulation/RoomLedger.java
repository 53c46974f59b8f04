package dev.collab.simulation;

import dev.collab.chat.ChatAct;
import dev.collab.chat.ChatContent;
import dev.collab.chat.ChatEvent;
import dev.collab.chat.ChatMember;
import dev.collab.chat.ChatMessage;
import dev.collab.chat.ChatOperation;
import dev.collab.chat.ChatRoom;
import dev.collab.chat.ChatType;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.ReadResult;
import dev.collab.document.CommittedOperation;
import dev.collab.document.OperationId;
import dev.collab.document.Payload;
import dev.collab.operation.OperationTypes;
import dev.collab.protocol.StorageCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The room as its log has it at each version, rebuilt from the stored entries. */
final class RoomLedger {

  private static final StorageCodec CODEC = new StorageCodec(OperationTypes.of(ChatType.CHAT));

  private final String key;
  private final Logs logs;
  private final List<ChatRoom> rooms = new ArrayList<>(List.of(ChatRoom.EMPTY));
  private final Set<OperationId> ids = new HashSet<>();
  private final Map<String, Integer> said = new HashMap<>();

  RoomLedger(String room, Logs logs) {
    this.key = "chat/" + room;
    this.logs = logs;
  }

  long version() {
    return rooms.size() - 1;
  }

  ChatRoom room() {
    return rooms.get(rooms.size() - 1);
  }

  boolean hasVersion(long version) {
    return version < rooms.size();
  }

  ChatRoom roomAt(long version) {
    return rooms.get((int) version);
  }

  /** Tells whether a message was like this at a version or behind it. */
  boolean hasHad(ChatMessage message, long since) {
    return rooms.subList((int) since, rooms.size()).stream()
        .anyMatch(room -> room.message(message.id()).filter(message::equals).isPresent());
  }

  /** Returns how often a text was posted or put in place of another. */
  int timesSaid(String text) {
    return said.getOrDefault(text, 0);
  }

  /** Takes in what was appended since. */
  void follow() {
    Object result = logs.read(key, version(), Integer.MAX_VALUE).toCompletableFuture().join();
    if (result instanceof ReadResult.Entries page) {
      page.entries().forEach(this::takeIn);
    } else {
      Violation.unless(
          result instanceof ReadResult.Missing && version() == 0, () -> "a read gave " + result);
    }
  }

  private void takeIn(LogEntry stored) {
    CommittedOperation entry = CODEC.decode(stored.payload().toByteArray());
    Violation.unless(
        stored.revision() == version() + 1,
        () -> "an entry at " + stored.revision() + " behind version " + version());
    Violation.unless(
        ids.add(entry.id()), () -> entry.id() + " stands in the room's log twice, at " + version());
    ChatRoom before = room();
    ChatRoom after = before;
    if (entry.payload() instanceof Payload.Edit<?> edit) {
      ChatOperation operation = (ChatOperation) edit.operation();
      operation.acts().forEach(this::note);
      after = ChatType.CHAT.apply(before, operation);
    }
    for (ChatMember member : before.members()) {
      long read = after.member(member.user().id()).map(ChatMember::read).orElse(0L);
      Violation.unless(
          read >= member.read(), () -> "the mark of " + member.user() + " goes back to " + read);
    }
    rooms.add(after);
  }

  private void note(ChatAct act) {
    if (act.event() instanceof ChatEvent.Post post) {
      note(post.content());
    } else if (act.event() instanceof ChatEvent.Edit edit) {
      note(edit.content());
    }
  }

  private void note(ChatContent content) {
    Violation.unless(
        said.merge(content.text(), 1, Integer::sum) == 1,
        () -> content.text() + " stands in the room's log twice");
  }
}
