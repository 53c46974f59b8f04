package dev.collab.protocol;

import dev.collab.protocol.ChatNotice.Access;
import dev.collab.protocol.ChatNotice.Acknowledged;
import dev.collab.protocol.ChatNotice.Done;
import dev.collab.protocol.ChatNotice.Event;
import dev.collab.protocol.ChatNotice.Page;
import dev.collab.protocol.ChatNotice.Read;
import dev.collab.protocol.ChatNotice.State;
import dev.collab.protocol.ChatNotice.Typing;
import dev.collab.protocol.ChatNotice.TypingDone;
import dev.collab.value.JsonValue.JsonObject;
import java.util.List;

/** The text of what servers send about chat rooms. */
final class ChatNotices {

  private ChatNotices() {}

  static ChatNotice read(ClientMessage.Kind request, Members members) {
    String room = members.string("r");
    return switch (request) {
      case CHAT_SUBSCRIBE ->
          members.has("room")
              ? new State(
                  room, members.integer("v"), members.object("room"), members.objects("messages"))
              : Done.subscribed(room, members.integer("v"));
      case CHAT_UNSUBSCRIBE -> Done.unsubscribed(room);
      case CHAT_SUBMIT ->
          new Acknowledged(room, members.integer("seq"), members.integer("v"), members.object("e"));
      case CHAT_HISTORY ->
          new Page(room, members.integer("id"), members.objects("messages"), members.bool("more"));
      case CHAT_TYPING ->
          members.has("user")
              ? new Typing(room, members.user("user"), members.bool("typing"))
              : new TypingDone(room);
      case CHAT_READ -> new Read(room, members.integer("read"));
      default -> throw new IllegalStateException("not about chat: " + request);
    };
  }

  static Event event(Members members) {
    return new Event(members.string("r"), members.integer("v"), members.object("e"));
  }

  static Access access(Members members) {
    return new Access(members.string("r"), Permission.read(members.required("permission")));
  }

  static void append(StringBuilder out, ChatNotice notice) {
    switch (notice.kind()) {
      case CHAT_STATE -> {
        State state = (State) notice;
        begin(out, "cs", notice).append(",\"v\":").append(state.version());
        JsonWriter.append(out.append(",\"room\":"), state.state());
        appendMessages(out, state.messages());
      }
      case CHAT_DONE -> {
        Done done = (Done) notice;
        begin(out, done.request().action(), notice);
        done.version().ifPresent(version -> out.append(",\"v\":").append(version));
      }
      case CHAT_ACKNOWLEDGED -> {
        Acknowledged acknowledged = (Acknowledged) notice;
        begin(out, "cp", notice).append(",\"seq\":").append(acknowledged.sequence());
        out.append(",\"v\":").append(acknowledged.version());
        JsonWriter.append(out.append(",\"e\":"), acknowledged.event());
      }
      case CHAT_EVENT -> {
        Event event = (Event) notice;
        begin(out, "ce", notice).append(",\"v\":").append(event.version());
        JsonWriter.append(out.append(",\"e\":"), event.event());
      }
      case CHAT_PAGE -> {
        Page page = (Page) notice;
        begin(out, "ch", notice).append(",\"id\":").append(page.number());
        appendMessages(out, page.messages());
        out.append(",\"more\":").append(page.more());
      }
      case CHAT_TYPING_DONE -> begin(out, "ct", notice);
      case CHAT_TYPING -> {
        Typing typing = (Typing) notice;
        begin(out, "ct", notice);
        JsonWriter.append(out.append(",\"user\":"), typing.user().encode());
        out.append(",\"typing\":").append(typing.typing());
      }
      case CHAT_READ ->
          begin(out, "cr", notice).append(",\"read\":").append(((Read) notice).read());
      case CHAT_ACCESS -> {
        begin(out, "access", notice);
        JsonWriter.appendString(
            out.append(",\"permission\":"), ((Access) notice).permission().text());
      }
      default -> throw new IllegalStateException("not about chat: " + notice.kind());
    }
    out.append('}');
  }

  private static StringBuilder begin(StringBuilder out, String action, ChatNotice notice) {
    JsonWriter.appendString(out.append("{\"a\":"), action);
    JsonWriter.appendString(out.append(",\"r\":"), notice.room());
    return out;
  }

  private static void appendMessages(StringBuilder out, List<JsonObject> messages) {
    out.append(",\"messages\":[");
    for (int i = 0; i < messages.size(); i++) {
      JsonWriter.append(i == 0 ? out : out.append(','), messages.get(i));
    }
    out.append(']');
  }
}
