package dev.collab.chat;

import dev.collab.operation.InvalidOperationException;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON of chat that clients and servers exchange; {@code docs/protocol.md} describes it.
 * Members that are not known do not count, so that a newer peer may say more.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatWire {

  private ChatWire() {}

  /**
   * Writes an event as a client asks for it.
   *
   * @param event any event but {@link ChatEvent.Read}
   * @return an object of one member
   * @throws IllegalArgumentException if the event is not for clients to ask for
   */
  public static JsonObject event(ChatEvent event) {
    if (event.kind() == ChatEvent.Kind.READ) {
      throw new IllegalArgumentException("read marks are no events of clients");
    }
    return JsonValue.object(ChatEvents.name(event.kind()), ChatEvents.encode(event));
  }

  /**
   * Reads an event that a client asks for. It says nothing of who the client is or when it is.
   *
   * @param value the JSON form
   * @return the event
   * @throws InvalidOperationException with {@link ChatRefusal#BADLY_FORMED} if {@code value} is no
   *     event, or not one that clients may ask for
   */
  public static ChatEvent readEvent(JsonValue value) {
    Fields fields = Fields.of("an event", value);
    if (((JsonObject) value).members().size() != 1) {
      throw ChatRefusal.badlyFormed("an event is not an object of one member");
    }
    ChatEvent event = ChatEvents.decode(fields);
    if (event.kind() == ChatEvent.Kind.READ) {
      throw ChatRefusal.badlyFormed("read marks are no events of clients");
    }
    return event;
  }

  /**
   * Writes what an entry of the room's log changed, as {@code e} in {@code ce} and in the reply to
   * {@code cp}.
   *
   * @param entry what changed
   * @return an object whose member names the change, or with {@code all} if there is not exactly
   *     one; with {@code first} if messages are gone
   */
  public static JsonObject changes(ChatChanges entry) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    if (entry.changes().size() == 1) {
      ChatChange change = entry.changes().get(0);
      members.put(ChatEvents.name(change.kind()), encode(change));
    } else {
      List<JsonValue> all = new ArrayList<>();
      for (ChatChange change : entry.changes()) {
        all.add(JsonValue.object(ChatEvents.name(change.kind()), encode(change)));
      }
      members.put("all", new JsonArray(all));
    }
    if (entry.first() > 1) {
      members.put("first", Fields.number(entry.first()));
    }
    return new JsonObject(members);
  }

  private static JsonObject encode(ChatChange change) {
    return switch (change.kind()) {
      case POST -> ((ChatChange.Posted) change).message().encode();
      case EDIT -> ((ChatChange.Edited) change).message().encode();
      case DELETE -> ((ChatChange.Deleted) change).message().encode();
      case ERASE -> JsonValue.object("id", Fields.number(((ChatChange.Erased) change).id()));
      case JOIN -> {
        ChatChange.Joined joined = (ChatChange.Joined) change;
        yield object("user", joined.user().encode(), "joined", Fields.number(joined.joinedAt()));
      }
      case LEAVE -> JsonValue.object("user", JsonValue.of(((ChatChange.Left) change).user()));
      case REMOVE -> JsonValue.object("user", JsonValue.of(((ChatChange.Removed) change).user()));
      case RETAIN -> ((ChatChange.Retained) change).retention().encode();
      case READ -> {
        ChatChange.Read read = (ChatChange.Read) change;
        yield object("user", JsonValue.of(read.user()), "id", Fields.number(read.id()));
      }
    };
  }

  private static JsonObject object(String name, JsonValue value, String other, JsonValue second) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put(name, value);
    members.put(other, second);
    return new JsonObject(members);
  }

  /**
   * Reads what {@link #changes} writes. Changes of an unknown kind are left out.
   *
   * @param value the JSON form
   * @return what changed
   * @throws InvalidOperationException with {@link ChatRefusal#BADLY_FORMED} if {@code value} is not
   *     of that form
   */
  public static ChatChanges readChanges(JsonValue value) {
    Fields fields = Fields.of("an entry", value);
    List<ChatChange> changes = new ArrayList<>();
    if (fields.has("all")) {
      for (JsonValue element : fields.array("all")) {
        addChanges(Fields.of("a change", element), changes);
      }
    } else {
      addChanges(fields, changes);
    }
    return new ChatChanges(changes, fields.optionalInteger("first", 1).orElse(1));
  }

  private static void addChanges(Fields fields, List<ChatChange> changes) {
    for (ChatEvent.Kind kind : ChatEvent.Kind.values()) {
      String name = ChatEvents.name(kind);
      if (fields.has(name)) {
        changes.add(change(kind, Fields.of(name, fields.required(name))));
      }
    }
  }

  private static ChatChange change(ChatEvent.Kind kind, Fields fields) {
    return switch (kind) {
      case POST -> new ChatChange.Posted(ChatMessage.decode(fields));
      case EDIT -> new ChatChange.Edited(ChatMessage.decode(fields));
      case DELETE -> new ChatChange.Deleted(ChatMessage.decode(fields));
      case ERASE -> new ChatChange.Erased(fields.integer("id", 1));
      case JOIN -> new ChatChange.Joined(fields.user("user"), fields.time("joined"));
      case LEAVE -> new ChatChange.Left(fields.userId("user"));
      case REMOVE -> new ChatChange.Removed(fields.userId("user"));
      case RETAIN -> new ChatChange.Retained(ChatRetention.decode(fields));
      case READ -> new ChatChange.Read(fields.userId("user"), fields.integer("id", 1));
    };
  }

  /**
   * Writes the state of a room, but for its messages: {@code room} in the reply to {@code cs}.
   *
   * @param room the room
   * @return an object of {@code members}, {@code first}, {@code last} and {@code retention}
   */
  public static JsonObject room(ChatRoom room) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("members", ChatStore.members(room.members()));
    members.put("first", Fields.number(room.first()));
    members.put("last", Fields.number(room.last()));
    members.put("retention", room.retention().encode());
    return new JsonObject(members);
  }

  /**
   * Reads what a client knows that was sent a room's state.
   *
   * @param version the version of the room
   * @param room what {@link #room} writes
   * @param newest the newest messages, oldest first
   * @return the view
   * @throws InvalidOperationException with {@link ChatRefusal#BADLY_FORMED} if the state is not of
   *     that form
   */
  public static ChatView readView(long version, JsonObject room, List<JsonObject> newest) {
    Fields fields = Fields.of("a room", room);
    long last = fields.integer("last", 0);
    long first = fields.integer("first", 1);
    List<ChatMessage> messages = readMessages(newest);
    if (first > last + 1
        || (!messages.isEmpty() && messages.get(messages.size() - 1).id() > last)) {
      throw fields.wrong("last", "is " + last + ", which is too low");
    }
    return ChatView.of(
        version,
        messages,
        ChatStore.members(fields, last),
        ChatStore.retention(fields),
        first,
        last);
  }

  /**
   * Writes messages.
   *
   * @param messages the messages
   * @return an object for each, in the same order
   */
  public static List<JsonObject> messages(List<ChatMessage> messages) {
    return messages.stream().map(ChatMessage::encode).toList();
  }

  /**
   * Reads what {@link #messages} writes.
   *
   * @param messages the objects
   * @return the messages
   * @throws InvalidOperationException with {@link ChatRefusal#BADLY_FORMED} if one is no message,
   *     or they are not sorted by id
   */
  public static List<ChatMessage> readMessages(List<JsonObject> messages) {
    List<ChatMessage> read = new ArrayList<>();
    long before = 0;
    for (JsonObject object : messages) {
      ChatMessage message = ChatMessage.decode(object);
      if (message.id() <= before) {
        throw ChatRefusal.badlyFormed("message " + message.id() + " comes behind " + before);
      }
      before = message.id();
      read.add(message);
    }
    return read;
  }
}
