package dev.collab.protocol;

import dev.collab.protocol.ServerMessage.Access;
import dev.collab.protocol.ServerMessage.BulkDone;
import dev.collab.protocol.ServerMessage.BulkStates;
import dev.collab.protocol.ServerMessage.Committed;
import dev.collab.protocol.ServerMessage.Done;
import dev.collab.protocol.ServerMessage.Pong;
import dev.collab.protocol.ServerMessage.State;
import dev.collab.protocol.ServerMessage.Unrecognized;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns the JSON form of what servers send into messages. */
final class ServerMessages {

  private final WireLimits limits;
  private final Dialect dialect;

  ServerMessages(WireLimits limits, Dialect dialect) {
    this.limits = limits;
    this.dialect = dialect;
  }

  /** Reads a frame's value: one message, or in the extended dialect an array of them. */
  List<ServerMessage> readAll(JsonValue frame) {
    if (frame instanceof JsonObject object) {
      return List.of(read(object));
    }
    List<ServerMessage> messages = new ArrayList<>();
    for (JsonValue element : ClientMessages.batch(frame, limits, dialect)) {
      if (!(element instanceof JsonObject object)) {
        throw Members.badlyFormed("an element of the frame is not an object");
      }
      messages.add(read(object));
    }
    return messages;
  }

  private ServerMessage read(JsonObject object) {
    Members members = new Members(object, limits);
    if (members.has("error")) {
      return error(object, members);
    }
    String action = members.string("a");
    return switch (action) {
      case "hs", "init" -> HandshakeReply.read(members, dialect);
      case "f" -> document(ClientMessage.Kind.FETCH, members);
      case "s" -> document(ClientMessage.Kind.SUBSCRIBE, members);
      case "u" -> done(ClientMessage.Kind.UNSUBSCRIBE, members);
      case "bf" -> bulk(ClientMessage.Kind.BULK_FETCH, members);
      case "bs" -> bulk(ClientMessage.Kind.BULK_SUBSCRIBE, members);
      case "bu" -> bulkDone(ClientMessage.Kind.BULK_UNSUBSCRIBE, members);
      case "op" -> committed(members);
      case "pp" -> Pong.PONG;
      case "ps" ->
          PresenceNotice.Done.read(ClientMessage.Kind.PRESENCE_SUBSCRIBE, members, dialect);
      case "pu" ->
          PresenceNotice.Done.read(ClientMessage.Kind.PRESENCE_UNSUBSCRIBE, members, dialect);
      case "p" -> PresenceState.read(members, dialect);
      case "pr" -> presenceWanted(members);
      default -> extension(action, members);
    };
  }

  /** Reads a request for presences; the answer to a client's own has no channel, and is ignored. */
  private static ServerMessage presenceWanted(Members members) {
    return members.has("ch")
        ? new PresenceNotice.Wanted(members.string("ch"))
        : new Unrecognized("pr");
  }

  /** Reads what only the extension has; in the base it is unknown. */
  private ServerMessage extension(String action, Members members) {
    if (dialect == Dialect.BASE) {
      return new Unrecognized(action);
    }
    return switch (action) {
      case "auth" -> AuthReply.read(members);
      case "access" -> members.has("r") ? ChatNotices.access(members) : access(members);
      case "cs" -> ChatNotices.read(ClientMessage.Kind.CHAT_SUBSCRIBE, members);
      case "cu" -> ChatNotices.read(ClientMessage.Kind.CHAT_UNSUBSCRIBE, members);
      case "cp" -> ChatNotices.read(ClientMessage.Kind.CHAT_SUBMIT, members);
      case "ce" -> ChatNotices.event(members);
      case "ch" -> ChatNotices.read(ClientMessage.Kind.CHAT_HISTORY, members);
      case "ct" -> ChatNotices.read(ClientMessage.Kind.CHAT_TYPING, members);
      case "cr" -> ChatNotices.read(ClientMessage.Kind.CHAT_READ, members);
      default -> new Unrecognized(action);
    };
  }

  private static Access access(Members members) {
    return new Access(
        members.string("c"), members.string("d"), Permission.read(members.required("permission")));
  }

  private ServerMessage document(ClientMessage.Kind kind, Members members) {
    if (!members.has("data")) {
      return done(kind, members);
    }
    return new State(kind, members.string("c"), members.string("d"), state(members.object("data")));
  }

  private static Done done(ClientMessage.Kind kind, Members members) {
    return new Done(kind, members.string("c"), members.string("d"));
  }

  private ServerMessage bulk(ClientMessage.Kind kind, Members members) {
    if (!members.has("data")) {
      return bulkDone(kind, members);
    }
    Map<String, DocumentState> states = new LinkedHashMap<>();
    Map<String, WireError> errors = new LinkedHashMap<>();
    members
        .object("data")
        .members()
        .forEach(
            (document, value) -> {
              if (!(value instanceof JsonObject object)) {
                throw Members.badlyFormed("a member of data is not an object");
              }
              if (object.members().containsKey("error")) {
                errors.put(
                    document,
                    WireError.read(nested(new Members(object, limits), "error"), dialect));
              } else {
                states.put(document, state(object));
              }
            });
    return new BulkStates(kind, members.string("c"), states, errors);
  }

  private static BulkDone bulkDone(ClientMessage.Kind kind, Members members) {
    return new BulkDone(kind, members.string("c"), members.required("b"));
  }

  private static Committed committed(Members members) {
    return new Committed(
        members.string("c"),
        members.string("d"),
        members.integer("v"),
        members.string("src"),
        members.integer("seq"),
        Changes.read(members));
  }

  private ErrorReply error(JsonObject object, Members members) {
    Map<String, JsonValue> request = new LinkedHashMap<>(object.members());
    request.remove("error");
    boolean extended = dialect == Dialect.EXTENDED;
    if (extended) {
      request.remove("fate");
      request.remove("snapshot");
    }
    ErrorReply reply =
        ErrorReply.of(new JsonObject(request), WireError.read(nested(members, "error"), dialect));
    if (extended && members.has("fate")) {
      reply = reply.withFate(Fates.read(members.required("fate")));
    }
    if (extended && members.has("snapshot")) {
      reply = reply.withSnapshot(state(members.object("snapshot")));
    }
    return reply;
  }

  private DocumentState state(JsonObject object) {
    return DocumentState.read(object, limits, dialect);
  }

  private static Members nested(Members members, String member) {
    return new Members(members.object(member), members.limits());
  }
}
