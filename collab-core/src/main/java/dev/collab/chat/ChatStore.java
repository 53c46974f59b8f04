package dev.collab.chat;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stored form of operations and rooms. It is read strictly: what is written reads back equal.
 */
final class ChatStore {

  private ChatStore() {}

  static JsonValue encode(ChatOperation operation) {
    List<JsonValue> acts = new ArrayList<>();
    for (ChatAct act : operation.acts()) {
      Map<String, JsonValue> members = new LinkedHashMap<>();
      members.put("by", act.by().encode());
      members.put("t", Fields.number(act.at()));
      if (act.moderator()) {
        members.put("moderator", JsonValue.of(true));
      }
      members.put(ChatEvents.name(act.event().kind()), ChatEvents.encode(act.event()));
      acts.add(new JsonObject(members));
    }
    return new JsonArray(acts);
  }

  static ChatOperation operation(JsonValue value) {
    if (!(value instanceof JsonArray array)) {
      throw ChatRefusal.badlyFormed("an operation is " + value.kind() + ", allowed an array");
    }
    List<ChatAct> acts = new ArrayList<>();
    for (JsonValue element : array.elements()) {
      Fields fields = Fields.stored("an act", element);
      acts.add(
          new ChatAct(
              fields.user("by"),
              fields.time("t"),
              fields.flag("moderator"),
              ChatEvents.decode(fields)));
      fields.end();
    }
    return ChatOperation.of(acts);
  }

  static JsonObject encode(ChatRoom room) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    List<JsonValue> messages = new ArrayList<>();
    room.messages().forEach(message -> messages.add(message.encode()));
    members.put("messages", new JsonArray(messages));
    members.put("members", members(room.members()));
    members.put("last", Fields.number(room.last()));
    members.put("retention", room.retention().encode());
    return new JsonObject(members);
  }

  static JsonArray members(List<ChatMember> members) {
    List<JsonValue> encoded = new ArrayList<>();
    members.forEach(member -> encoded.add(member.encode()));
    return new JsonArray(encoded);
  }

  static ChatRoom room(JsonValue value) {
    Fields fields = Fields.stored("a room", value);
    long last = fields.integer("last", 0);
    List<ChatMessage> messages = messages(fields, last);
    List<ChatMember> members = members(fields, last);
    ChatRetention retention = retention(fields);
    fields.end();
    return ChatRoom.of(messages, members, last, retention);
  }

  private static List<ChatMessage> messages(Fields fields, long last) {
    List<ChatMessage> messages = new ArrayList<>();
    long before = 0;
    for (JsonValue element : fields.array("messages")) {
      Fields inside = fields.inside("a message", element);
      ChatMessage message = ChatMessage.decode(inside);
      inside.end();
      if (message.id() <= before || message.id() > last) {
        throw fields.wrong("messages", "has " + message.id() + " behind " + before);
      }
      before = message.id();
      messages.add(message);
    }
    return messages;
  }

  static List<ChatMember> members(Fields fields, long last) {
    List<ChatMember> members = new ArrayList<>();
    String before = "";
    for (JsonValue element : fields.array("members")) {
      Fields inside = fields.inside("a member", element);
      ChatMember member = ChatMember.decode(inside);
      inside.end();
      if (member.user().id().compareTo(before) <= 0 || member.read() > last) {
        throw fields.wrong("members", "is not sorted, or has a mark behind " + last);
      }
      before = member.user().id();
      members.add(member);
    }
    return members;
  }

  static ChatRetention retention(Fields fields) {
    Fields inside = fields.inside("a retention", fields.required("retention"));
    ChatRetention retention = ChatRetention.decode(inside);
    inside.end();
    return retention;
  }
}
