package dev.collab.chat;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The JSON form of events: one member, whose name is the kind. */
final class ChatEvents {

  private ChatEvents() {}

  static String name(ChatEvent.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  static JsonValue encode(ChatEvent event) {
    return switch (event.kind()) {
      case POST -> {
        ChatEvent.Post post = (ChatEvent.Post) event;
        Map<String, JsonValue> members = new LinkedHashMap<>();
        post.content().encode(members);
        post.replyTo().ifPresent(id -> members.put("replyTo", Fields.number(id)));
        yield new JsonObject(members);
      }
      case EDIT -> {
        ChatEvent.Edit edit = (ChatEvent.Edit) event;
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put("id", Fields.number(edit.id()));
        edit.content().encode(members);
        yield new JsonObject(members);
      }
      case DELETE -> id(((ChatEvent.Delete) event).id());
      case ERASE -> id(((ChatEvent.Erase) event).id());
      case READ -> id(((ChatEvent.Read) event).id());
      case JOIN, LEAVE -> JsonValue.of(true);
      case REMOVE -> JsonValue.object("user", JsonValue.of(((ChatEvent.Remove) event).user()));
      case RETAIN -> ((ChatEvent.Retain) event).retention().encode();
    };
  }

  private static JsonObject id(long id) {
    return JsonValue.object("id", Fields.number(id));
  }

  /** Reads the event among the members of an object, which has to have exactly one. */
  static ChatEvent decode(Fields fields) {
    ChatEvent.Kind found = null;
    for (ChatEvent.Kind kind : ChatEvent.Kind.values()) {
      if (fields.has(name(kind))) {
        if (found != null) {
          throw fields.wrong(name(kind), "is a second event");
        }
        found = kind;
      }
    }
    if (found == null) {
      throw ChatRefusal.badlyFormed("the event is unknown");
    }
    return decode(found, fields);
  }

  private static ChatEvent decode(ChatEvent.Kind kind, Fields fields) {
    String name = name(kind);
    if (kind == ChatEvent.Kind.JOIN || kind == ChatEvent.Kind.LEAVE) {
      fields.flag(name);
      return kind == ChatEvent.Kind.JOIN ? new ChatEvent.Join() : new ChatEvent.Leave();
    }
    Fields inside = fields.inside(name, fields.required(name));
    ChatEvent event =
        switch (kind) {
          case POST ->
              new ChatEvent.Post(ChatContent.decode(inside), inside.optionalInteger("replyTo", 1));
          case EDIT -> new ChatEvent.Edit(inside.integer("id", 1), ChatContent.decode(inside));
          case DELETE -> new ChatEvent.Delete(inside.integer("id", 1));
          case ERASE -> new ChatEvent.Erase(inside.integer("id", 1));
          case READ -> new ChatEvent.Read(inside.integer("id", 1));
          case REMOVE -> new ChatEvent.Remove(inside.userId("user"));
          case RETAIN -> new ChatEvent.Retain(ChatRetention.decode(inside));
          case JOIN, LEAVE -> throw new IllegalStateException("read before");
        };
    inside.end();
    return event;
  }
}
