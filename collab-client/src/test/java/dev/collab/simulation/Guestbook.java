package dev.collab.simulation;

import dev.collab.client.Participant;
import dev.collab.presence.PresenceId;
import dev.collab.presence.Selection;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who has shown what. Everything shown in a world bears a number of its own, so that it can be told
 * whose it is, wherever it turns up.
 */
final class Guestbook {

  private static final String NUMBER = "number";

  private final List<Visitor> authors = new ArrayList<>();

  /** Which client is behind a public id, as far as it was seen. */
  private final Map<String, String> clients = new HashMap<>();

  /** Returns a value that was never shown before. */
  JsonObject sign(Visitor visitor) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put(NUMBER, JsonValue.of(authors.size()));
    members.put("mood", JsonValue.of(authors.size() % 3 == 0 ? "good" : "fair"));
    authors.add(visitor);
    return new JsonObject(members);
  }

  /** Returns the number of something shown. */
  int number(JsonValue value) {
    Violation.unless(
        value instanceof JsonObject object
            && object.get(NUMBER).orElse(JsonValue.NULL) instanceof JsonNumber number
            && number.value() < authors.size(),
        () -> "somebody is seen with " + value + ", which nobody has shown");
    return (int) ((JsonNumber) ((JsonObject) value).get(NUMBER).orElseThrow()).value();
  }

  /** Describes what is shown, shortly. */
  static String described(JsonValue value) {
    return value instanceof JsonObject object
        ? "no. "
            + object.get(NUMBER).map(Object::toString).orElse("?").replaceAll("[^0-9.]", "")
            + " at "
            + Selection.decode(value).stream()
                .map(selection -> selection.anchor() + ".." + selection.head())
                .toList()
        : "nothing";
  }

  static String described(Collection<Participant> seen) {
    return seen.stream()
        .map(one -> one.user().name() + " " + one.status() + " " + described(one.value()))
        .toList()
        .toString();
  }

  /** Returns who has shown something. */
  Visitor author(JsonValue value) {
    return authors.get(number(value));
  }

  /** Notes under which id a client is seen; it is the same for ever, and no other's. */
  void seen(PresenceId id, String client) {
    String known = clients.putIfAbsent(id.source(), client);
    Violation.unless(
        known == null || known.equals(client),
        () -> client + " is seen under the id of " + known + ": " + id);
  }

  /** Returns which client has an id, or an empty text if it was not seen yet. */
  String client(String source) {
    return clients.getOrDefault(source, "");
  }
}
