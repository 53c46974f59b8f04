package dev.collab.client;

import dev.collab.protocol.ChatNotice;
import dev.collab.protocol.ErrorReply;
import dev.collab.value.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chat rooms that are open: takes each message to the room that it is for. Messages for rooms
 * that are not open any more are dropped.
 *
 * <p>Confined: callers must serialise calls.
 */
final class ChatChannels {

  private final Map<String, ChatChannel> channels = new LinkedHashMap<>();
  private @Nullable Session session;
  private long requests;

  void add(ChatChannel channel) {
    channels.put(channel.room(), channel);
    if (session != null) {
      channel.connected(session);
    }
  }

  void remove(String room) {
    channels.remove(room);
  }

  /** Returns a number that no request had before. */
  long nextRequest() {
    return ++requests;
  }

  void connected(Session opened) {
    session = opened;
    List.copyOf(channels.values()).forEach(channel -> channel.connected(opened));
  }

  void disconnected() {
    session = null;
    List.copyOf(channels.values()).forEach(ChatChannel::disconnected);
  }

  /** What is known of the rooms may not be what the server has. */
  void distrust() {
    channels.values().forEach(ChatChannel::distrust);
  }

  /** Closes every room. */
  void abandonAll() {
    List.copyOf(channels.values()).forEach(ChatChannel::abandon);
  }

  long oldestUnanswered() {
    return channels.values().stream()
        .mapToLong(ChatChannel::oldestUnanswered)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  void received(ChatNotice notice) {
    ChatChannel channel = channels.get(notice.room());
    if (channel != null) {
      channel.received(notice);
    }
  }

  void failed(ErrorReply reply) {
    JsonObject request = reply.request();
    ChatChannel channel = channels.get(Channels.text(request, "r"));
    if (channel != null) {
      String action = Channels.text(request, "a");
      long number = Channels.number(request, action.equals("ch") ? "id" : "seq");
      channel.failed(action, number, reply.error());
    }
  }
}
