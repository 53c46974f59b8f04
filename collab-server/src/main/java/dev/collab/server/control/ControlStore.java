package dev.collab.server.control;

import dev.collab.document.ClientId;
import dev.collab.document.DocumentId;
import dev.collab.operation.InvalidOperationException;
import dev.collab.server.access.Resource;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How events and what is known of them are stored. */
final class ControlStore {

  private ControlStore() {}

  static JsonValue encode(ControlState state) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("count", JsonValue.of((double) state.count()));
    members.put("newest", encode(state.newest()));
    return new JsonObject(members);
  }

  static ControlState state(JsonValue value) {
    JsonObject object = object(value);
    if (!(object.get("count").orElse(JsonValue.NULL) instanceof JsonNumber count)
        || !count.isInteger()) {
      throw InvalidOperationException.badlyFormed("count is not an integer");
    }
    List<ControlEvent> newest = events(object.get("newest").orElse(JsonValue.NULL));
    if (newest.size() > count.value() || newest.size() > ControlState.KEPT) {
      throw InvalidOperationException.badlyFormed(newest.size() + " events are too many");
    }
    return new ControlState((long) count.value(), newest);
  }

  static JsonValue encode(List<ControlEvent> events) {
    return new JsonArray(events.stream().map(ControlStore::encode).toList());
  }

  static List<ControlEvent> events(JsonValue value) {
    if (!(value instanceof JsonArray array)) {
      throw InvalidOperationException.badlyFormed("events are not an array");
    }
    List<ControlEvent> events = new ArrayList<>();
    array.elements().forEach(element -> events.add(event(object(element))));
    return events;
  }

  private static JsonValue encode(ControlEvent event) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("event", JsonValue.of(event.kind().stored()));
    Target target = event.target();
    if (target instanceof Target.OfPrincipal someone) {
      members.put("principal", JsonValue.of(someone.principal()));
    } else if (target instanceof Target.OfClient someone) {
      members.put("client", JsonValue.of(someone.client().value()));
    } else if (target instanceof Target.OfResource something) {
      put(members, something.resource());
    }
    if (!event.reason().isEmpty()) {
      members.put("reason", JsonValue.of(event.reason()));
    }
    return new JsonObject(members);
  }

  /** Returns a hash of what is stored. */
  static long checksum(ControlState state) {
    long sum = state.count();
    for (ControlEvent event : state.newest()) {
      for (Map.Entry<String, JsonValue> member : object(encode(event)).members().entrySet()) {
        sum = 31 * sum + member.getKey().hashCode();
        sum = 31 * sum + ((JsonString) member.getValue()).value().hashCode();
      }
    }
    return sum;
  }

  private static void put(Map<String, JsonValue> members, Resource resource) {
    switch (resource.kind()) {
      case DOCUMENT -> {
        DocumentId id = ((Resource.Document) resource).id();
        members.put("c", JsonValue.of(id.collection()));
        members.put("d", JsonValue.of(id.id()));
      }
      case ROOM -> members.put("r", JsonValue.of(((Resource.Room) resource).name()));
      case CHANNEL -> members.put("ch", JsonValue.of(((Resource.Channel) resource).name()));
    }
  }

  private static ControlEvent event(JsonObject object) {
    String name = text(object, "event");
    for (ControlEvent.Kind kind : ControlEvent.Kind.values()) {
      if (kind.stored().equals(name)) {
        String reason = object.get("reason").isPresent() ? text(object, "reason") : "";
        return new ControlEvent(kind, target(object), reason);
      }
    }
    throw InvalidOperationException.badlyFormed("the event is not known");
  }

  private static Target target(JsonObject object) {
    if (object.get("principal").isPresent()) {
      return new Target.OfPrincipal(text(object, "principal"));
    } else if (object.get("client").isPresent()) {
      String client = text(object, "client");
      if (client.isEmpty()) {
        throw InvalidOperationException.badlyFormed("the client has no name");
      }
      return new Target.OfClient(new ClientId(client));
    } else if (object.get("r").isPresent()) {
      return new Target.OfResource(new Resource.Room(text(object, "r")));
    } else if (object.get("ch").isPresent()) {
      return new Target.OfResource(new Resource.Channel(text(object, "ch")));
    }
    DocumentId id = new DocumentId(text(object, "c"), text(object, "d"));
    return new Target.OfResource(new Resource.Document(id));
  }

  private static JsonObject object(JsonValue value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw InvalidOperationException.badlyFormed(value.kind() + " is not an object");
  }

  private static String text(JsonObject object, String member) {
    if (object.get(member).orElse(JsonValue.NULL) instanceof JsonString text) {
      return text.value();
    }
    throw InvalidOperationException.badlyFormed("member " + member + " is not a string");
  }
}
