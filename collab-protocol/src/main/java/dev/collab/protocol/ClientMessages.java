package dev.collab.protocol;

import dev.collab.protocol.ClientMessage.Kind;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Turns the JSON form of what clients send into messages, checking all rules of the protocol. */
final class ClientMessages {

  private final WireLimits limits;
  private final Dialect dialect;

  ClientMessages(WireLimits limits, Dialect dialect) {
    this.limits = limits;
    this.dialect = dialect;
  }

  /** Reads a message; one that breaks a rule becomes a {@link RefusedRequest}. */
  ClientMessage read(JsonObject request) {
    try {
      return read(request, new Members(request, limits));
    } catch (ProtocolException e) {
      return new RefusedRequest(request, e);
    }
  }

  private ClientMessage read(JsonObject request, Members members) {
    String action = members.string("a");
    return switch (action) {
      case "hs" -> HandshakeRequest.read(request, members);
      case "f" -> document(Kind.FETCH, request, members);
      case "s" -> document(Kind.SUBSCRIBE, request, members);
      case "u" -> document(Kind.UNSUBSCRIBE, request, members);
      case "bf" -> bulk(Kind.BULK_FETCH, request, members);
      case "bs" -> bulk(Kind.BULK_SUBSCRIBE, request, members);
      case "bu" -> bulk(Kind.BULK_UNSUBSCRIBE, request, members);
      case "op" -> submit(request, members);
      case "pp" -> new PingRequest(request);
      case "ps" -> PresenceRequest.read(Kind.PRESENCE_SUBSCRIBE, request, members, dialect);
      case "pu" -> PresenceRequest.read(Kind.PRESENCE_UNSUBSCRIBE, request, members, dialect);
      case "pr" -> PresenceRequest.read(Kind.PRESENCE_REPEAT, request, members, dialect);
      case "p" -> PresenceUpdate.read(request, members, dialect);
      case "auth", "cs", "cu", "cp", "ch", "ct", "cr" -> extension(action, request, members);
      default -> {
        LaterLevels.check(action, members);
        throw notOffered(action);
      }
    };
  }

  /** Reads what only the extension has. */
  private ClientMessage extension(String action, JsonObject request, Members members) {
    if (dialect == Dialect.BASE) {
      throw notOffered(action);
    }
    return switch (action) {
      case "auth" -> AuthRequest.read(request, members);
      case "cs" -> ChatRoomRequest.read(Kind.CHAT_SUBSCRIBE, request, members);
      case "cu" -> ChatRoomRequest.read(Kind.CHAT_UNSUBSCRIBE, request, members);
      case "cp" -> ChatSubmitRequest.read(request, members);
      case "ch" -> ChatHistoryRequest.read(request, members);
      case "ct" -> ChatTypingRequest.read(request, members);
      case "cr" -> ChatReadRequest.read(request, members);
      default -> throw new IllegalStateException("not of the extension: " + action);
    };
  }

  private static ProtocolException notOffered(String action) {
    return new ProtocolException(
        ErrorCodes.ACTION_NOT_SUPPORTED, "this server does not offer action " + action);
  }

  private static DocumentRequest document(Kind kind, JsonObject request, Members members) {
    String collection = members.name("c");
    String document = members.name("d");
    OptionalLong version = members.optionalInteger("v");
    return new DocumentRequest(
        request,
        kind,
        collection,
        document,
        kind == Kind.UNSUBSCRIBE ? OptionalLong.empty() : version);
  }

  private BulkRequest bulk(Kind kind, JsonObject request, Members members) {
    String collection = members.name("c");
    JsonValue documents = members.required("b");
    if (documents instanceof JsonArray array) {
      checkCount(array.elements().size());
      return new BulkRequest(request, kind, collection, ids(members, array), null);
    }
    if (documents instanceof JsonObject object && kind != Kind.BULK_UNSUBSCRIBE) {
      checkCount(object.members().size());
      Map<String, Long> versions = versions(members, object);
      return new BulkRequest(request, kind, collection, List.copyOf(versions.keySet()), versions);
    }
    throw Members.badlyFormed("member b does not list documents");
  }

  private void checkCount(int documents) {
    if (documents > limits.bulk()) {
      throw JsonReader.tooLarge(
          ErrorCodes.BATCH_TOO_LARGE, "number of documents", documents, limits.bulk());
    }
  }

  private static List<String> ids(Members members, JsonArray array) {
    Set<String> ids = new LinkedHashSet<>();
    for (JsonValue element : array.elements()) {
      if (!(element instanceof JsonString id)) {
        throw Members.badlyFormed("an element of b is not a string");
      }
      ids.add(members.checkName("an element of b", id.value()));
    }
    return List.copyOf(ids);
  }

  private static Map<String, Long> versions(Members members, JsonObject object) {
    Map<String, Long> versions = new LinkedHashMap<>();
    object
        .members()
        .forEach(
            (id, version) ->
                versions.put(
                    members.checkName("a name in b", id),
                    version == JsonValue.NULL ? 0 : Members.integer("a version in b", version)));
    return versions;
  }

  private SubmitRequest submit(JsonObject request, Members members) {
    String collection = members.name("c");
    String document = members.name("d");
    OptionalLong version = members.optionalInteger("v");
    long sequence = sequence(members);
    Change change = Changes.read(members);
    if (change.kind() == Change.Kind.NONE) {
      throw Members.badlyFormed("none of op, create and del is set");
    }
    Changes.checkWeight(change, limits);
    SubmitRequest.Builder builder = SubmitRequest.builder(collection, document, sequence, change);
    version.ifPresent(builder::version);
    if (!members.isAbsentOrNull("src")) {
      builder.source(source(members));
    }
    if (dialect == Dialect.EXTENDED) {
      members.optionalInteger("seen").ifPresent(builder::seen);
    }
    return builder.received(request);
  }

  private static long sequence(Members members) {
    JsonValue value = members.get("seq").orElse(JsonValue.NULL);
    if (value == JsonValue.NULL) {
      throw new ProtocolException(ErrorCodes.OPERATION_BADLY_FORMED, "member seq is missing");
    }
    return members.sequence("seq");
  }

  private static String source(Members members) {
    if (members.required("src") instanceof JsonString string && !string.value().isEmpty()) {
      return members.string("src");
    }
    throw new ProtocolException(ErrorCodes.OPERATION_BADLY_FORMED, "member src is not an id");
  }

  /** Reads a frame's value: one message, or in the extended dialect an array of them. */
  List<ClientMessage> readAll(JsonValue frame) {
    if (frame instanceof JsonObject request) {
      return List.of(read(request));
    }
    List<ClientMessage> messages = new ArrayList<>();
    for (JsonValue element : batch(frame, limits, dialect)) {
      messages.add(element instanceof JsonObject request ? read(request) : notAnObject());
    }
    return messages;
  }

  private static ClientMessage notAnObject() {
    return new RefusedRequest(
        JsonObject.EMPTY, Members.badlyFormed("an element of the frame is not an object"));
  }

  static List<JsonValue> batch(JsonValue frame, WireLimits limits, Dialect dialect) {
    if (dialect == Dialect.BASE || !(frame instanceof JsonArray array)) {
      throw Members.badlyFormed("the frame is not an object");
    }
    int messages = array.elements().size();
    if (messages > limits.batch()) {
      throw JsonReader.tooLarge(
          ErrorCodes.BATCH_TOO_LARGE, "number of messages", messages, limits.batch());
    }
    return array.elements();
  }
}
