package dev.collab.client;

import dev.collab.document.DocumentId;
import dev.collab.operation.CollabException;
import dev.collab.protocol.BulkRequest;
import dev.collab.protocol.ChatNotice;
import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.DocumentState;
import dev.collab.protocol.ErrorReply;
import dev.collab.protocol.PresenceBase;
import dev.collab.protocol.PresenceNotice;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.WireError;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonArray;
import dev.collab.value.JsonValue.JsonNumber;
import dev.collab.value.JsonValue.JsonObject;
import dev.collab.value.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The documents that are open, the presences and the rooms: resumes them over a new connection and
 * takes each message to what it is for. Messages for documents that are not open any more are
 * dropped.
 *
 * <p>Confined: callers must serialise calls.
 */
final class Channels {

  private final Map<DocumentId, DocumentChannel<?, ?>> channels = new LinkedHashMap<>();
  private final Map<String, PresenceLink> presences = new LinkedHashMap<>();
  private final ChatChannels rooms = new ChatChannels();
  private final Consumer<CollabException> errors;
  private final int maxBulk;
  private @Nullable Session session;

  /**
   * Creates the empty set.
   *
   * @param maxBulk how many documents one message may name
   * @param errors is told what concerns no document
   */
  Channels(int maxBulk, Consumer<CollabException> errors) {
    this.maxBulk = maxBulk;
    this.errors = errors;
  }

  void add(DocumentChannel<?, ?> channel) {
    channels.put(channel.id(), channel);
    if (session != null) {
      channel.connected(session);
      channel.reader().subscribe();
    }
  }

  void add(PresenceLink presence) {
    presences.put(presence.channel(), presence);
    if (session != null) {
      presence.connected(session);
    }
  }

  ChatChannels rooms() {
    return rooms;
  }

  void remove(PresenceLink presence) {
    presences.remove(presence.channel(), presence);
  }

  void remove(DocumentId id) {
    channels.remove(id);
  }

  /** Closes every document and room, saved or not. */
  void abandonAll() {
    List.copyOf(presences.values()).forEach(PresenceLink::close);
    List.copyOf(channels.values()).forEach(DocumentChannel::abandon);
    rooms.abandonAll();
  }

  /** First everything outstanding is sent again, then everything is subscribed. */
  void connected(Session opened) {
    session = opened;
    channels.values().forEach(channel -> channel.connected(opened));
    Map<String, List<DocumentChannel<?, ?>>> known = new LinkedHashMap<>();
    Map<String, List<DocumentChannel<?, ?>>> unknown = new LinkedHashMap<>();
    for (DocumentChannel<?, ?> channel : channels.values()) {
      if (channel.isToSubscribe()) {
        (channel.subscribeFrom().isPresent() ? known : unknown)
            .computeIfAbsent(channel.id().collection(), collection -> new ArrayList<>())
            .add(channel);
      }
    }
    known.forEach((collection, members) -> subscribe(opened, collection, members, false));
    unknown.forEach((collection, members) -> subscribe(opened, collection, members, true));
    presences.values().forEach(presence -> presence.connected(opened));
    rooms.connected(opened);
  }

  private void subscribe(
      Session opened, String collection, List<DocumentChannel<?, ?>> members, boolean wholeState) {
    for (int from = 0; from < members.size(); from += maxBulk) {
      List<DocumentChannel<?, ?>> part =
          members.subList(from, Math.min(members.size(), from + maxBulk));
      if (part.size() == 1) {
        part.get(0).reader().subscribe();
      } else {
        long number = opened.send(bulk(collection, part, wholeState));
        part.forEach(channel -> channel.reader().subscribeAsked(number, wholeState));
      }
    }
  }

  private static BulkRequest bulk(
      String collection, List<DocumentChannel<?, ?>> members, boolean wholeState) {
    if (wholeState) {
      return BulkRequest.of(
          ClientMessage.Kind.BULK_SUBSCRIBE,
          collection,
          members.stream().map(channel -> channel.id().id()).toList());
    }
    Map<String, Long> versions = new LinkedHashMap<>();
    members.forEach(
        channel -> versions.put(channel.id().id(), channel.subscribeFrom().orElseThrow()));
    return BulkRequest.since(ClientMessage.Kind.BULK_SUBSCRIBE, collection, versions);
  }

  void disconnected() {
    session = null;
    channels.values().forEach(DocumentChannel::disconnected);
    presences.values().forEach(PresenceLink::disconnected);
    rooms.disconnected();
  }

  long oldestUnanswered() {
    return channels.values().stream()
        .mapToLong(DocumentChannel::oldestUnanswered)
        .reduce(rooms.oldestUnanswered(), Math::min);
  }

  void received(ServerMessage message) {
    switch (message.kind()) {
      case COMMITTED -> {
        ServerMessage.Committed entry = (ServerMessage.Committed) message;
        find(entry.collection(), entry.document()).ifPresent(channel -> channel.onEntry(entry));
      }
      case STATE -> {
        ServerMessage.State reply = (ServerMessage.State) message;
        if (reply.request() == ClientMessage.Kind.SUBSCRIBE) {
          find(reply.collection(), reply.document())
              .ifPresent(channel -> channel.reader().onState(reply.state()));
        }
      }
      case DONE -> {
        ServerMessage.Done reply = (ServerMessage.Done) message;
        find(reply.collection(), reply.document())
            .ifPresent(channel -> done(channel.reader(), reply.request()));
      }
      case BULK_STATES -> bulkStates((ServerMessage.BulkStates) message);
      case BULK_DONE -> {
        ServerMessage.BulkDone reply = (ServerMessage.BulkDone) message;
        if (reply.request() == ClientMessage.Kind.BULK_SUBSCRIBE) {
          each(
              reply.collection(),
              reply.documents(),
              channel -> done(channel.reader(), ClientMessage.Kind.SUBSCRIBE));
        }
      }
      case ERROR -> failed((ErrorReply) message);
      case HANDSHAKE, PONG, UNRECOGNIZED -> {}
      case ACCESS -> {
        ServerMessage.Access notice = (ServerMessage.Access) message;
        find(notice.collection(), notice.document())
            .ifPresent(channel -> channel.onAccess(notice.permission()));
        PresenceLink presence =
            presences.get(PresenceBase.channel(notice.collection(), notice.document()));
        if (presence != null) {
          presence.permitted(notice.permission());
        }
      }
      case PRESENCE_DONE, PRESENCE, PRESENCE_WANTED -> {
        PresenceNotice notice = (PresenceNotice) message;
        PresenceLink presence = presences.get(notice.channel());
        if (presence != null) {
          presence.received(notice);
        }
      }
      case AUTHENTICATED -> {}
      case CHAT_STATE,
          CHAT_DONE,
          CHAT_ACKNOWLEDGED,
          CHAT_EVENT,
          CHAT_PAGE,
          CHAT_TYPING_DONE,
          CHAT_TYPING,
          CHAT_READ,
          CHAT_ACCESS ->
          rooms.received((ChatNotice) message);
    }
  }

  private static void done(Reader reader, ClientMessage.Kind request) {
    if (request == ClientMessage.Kind.SUBSCRIBE) {
      reader.onSubscribed();
    } else if (request == ClientMessage.Kind.FETCH) {
      reader.onFetched();
    }
  }

  private void bulkStates(ServerMessage.BulkStates reply) {
    for (Map.Entry<String, DocumentState> state : reply.states().entrySet()) {
      find(reply.collection(), state.getKey())
          .ifPresent(channel -> channel.reader().onState(state.getValue()));
    }
    for (Map.Entry<String, WireError> error : reply.errors().entrySet()) {
      find(reply.collection(), error.getKey())
          .ifPresent(
              channel -> channel.reader().onSubscribeFailed(error.getValue(), Optional.empty()));
    }
  }

  private void failed(ErrorReply reply) {
    JsonObject request = reply.request();
    String collection = text(request, "c");
    switch (text(request, "a")) {
      case "op" ->
          find(collection, text(request, "d"))
              .ifPresent(channel -> channel.onSubmissionFailed(number(request, "seq"), reply));
      case "s" ->
          find(collection, text(request, "d"))
              .ifPresent(
                  channel -> channel.reader().onSubscribeFailed(reply.error(), reply.snapshot()));
      case "f" ->
          find(collection, text(request, "d"))
              .ifPresent(
                  channel -> channel.reader().onFetchFailed(reply.error(), reply.snapshot()));
      case "bs" ->
          each(
              collection,
              request.get("b").orElse(JsonValue.NULL),
              channel -> channel.reader().onBulkFailed(reply.error()));
      case "p", "ps" -> {
        PresenceLink presence = presences.get(text(request, "ch"));
        if (presence != null) {
          presence.refused(new ServerException(reply.error()));
        }
      }
      case "cs", "cu", "cp", "ch", "ct", "cr" -> rooms.failed(reply);
      default -> errors.accept(new ServerException(reply.error()));
    }
  }

  private void each(
      String collection, JsonValue documents, Consumer<DocumentChannel<?, ?>> action) {
    if (documents instanceof JsonObject versions) {
      versions.members().keySet().forEach(id -> find(collection, id).ifPresent(action));
    } else if (documents instanceof JsonArray ids) {
      for (JsonValue id : ids.elements()) {
        if (id instanceof JsonString name) {
          find(collection, name.value()).ifPresent(action);
        }
      }
    }
  }

  private Optional<DocumentChannel<?, ?>> find(String collection, String document) {
    return Optional.ofNullable(channels.get(new DocumentId(collection, document)));
  }

  static String text(JsonObject request, String member) {
    return request.get(member).orElse(JsonValue.NULL) instanceof JsonString text
        ? text.value()
        : "";
  }

  static long number(JsonObject request, String member) {
    return request.get(member).orElse(JsonValue.NULL) instanceof JsonNumber number
        ? (long) number.value()
        : 0;
  }
}
