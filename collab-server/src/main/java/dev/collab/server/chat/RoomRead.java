package dev.collab.server.chat;

import dev.collab.chat.ChatHistory;
import dev.collab.chat.ChatRoom;
import dev.collab.chat.ChatWire;
import dev.collab.document.Document;
import dev.collab.protocol.ChatNotice;
import dev.collab.protocol.ChatRoomRequest;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.WireError;
import dev.collab.server.log.Loaded;
import dev.collab.server.log.LogRequest;
import dev.collab.value.JsonValue.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * Reads a room for a session, which hears of everything behind it. Nothing is read before little
 * waits for the session's client, and a long catch-up goes on as the client takes it.
 *
 * @param version the version that the client has; below 0 if it has none
 */
record RoomRead(ChatSession session, ChatRoomRequest request, long version)
    implements LogRequest<RoomAudience> {

  static RoomRead of(ChatSession session, ChatRoomRequest request) {
    return new RoomRead(session, request, request.version().orElse(-1));
  }

  @Override
  public void run(Loaded<RoomAudience> log) {
    long newest = log.document().revision();
    if (!session.hasRoom()) {
      goOn(version);
    } else if (version <= newest) {
      read(log);
    } else if (!log.isCaughtUp()) {
      log.catchUp();
    } else {
      fail(
          new WireError(
              ErrorCodes.VERSION_FROM_FUTURE,
              "version " + version + " is above the room's " + newest));
    }
  }

  private void read(Loaded<RoomAudience> log) {
    Document document = log.document();
    Optional<List<JsonObject>> events =
        version < 0 ? Optional.empty() : RoomEntries.since(document, version);
    if (events.isEmpty()) {
      log.audience().add(session, log);
      session.decided(request.limit(), most -> state(document, most));
      return;
    }
    long at = version;
    for (JsonObject event : events.get()) {
      if (!session.hasRoom()) {
        goOn(at);
        return;
      }
      session.send(new ChatNotice.Event(request.room(), at, event));
      at++;
    }
    log.audience().add(session, log);
    session.decided(ChatNotice.Done.subscribed(request.room(), at));
  }

  private ChatNotice state(Document document, int most) {
    ChatRoom now = RoomEntries.room(document);
    return new ChatNotice.State(
        request.room(),
        document.revision(),
        ChatWire.room(now),
        ChatWire.messages(ChatHistory.newest(now, most).messages()));
  }

  private void goOn(long from) {
    session.whenRoom(request.room(), new RoomRead(session, request, from));
  }

  @Override
  public void fail(WireError error) {
    session.notSubscribed(request, error);
  }
}
