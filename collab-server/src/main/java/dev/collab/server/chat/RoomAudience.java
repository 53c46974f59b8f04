package dev.collab.server.chat;

import dev.collab.chat.ChatAct;
import dev.collab.chat.ChatEvent;
import dev.collab.chat.ChatMember;
import dev.collab.chat.ChatRoom;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.presence.User;
import dev.collab.protocol.ChatNotice;
import dev.collab.protocol.Dialect;
import dev.collab.protocol.JsonCodec;
import dev.collab.protocol.WireError;
import dev.collab.protocol.WireLimits;
import dev.collab.server.access.Broadcast;
import dev.collab.server.log.Audience;
import dev.collab.server.log.Loaded;
import dev.collab.server.log.LogRequest;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.runtime.ServerContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The sessions that hear of a room, who of them is typing, and the read marks that wait to be
 * written: they come often, so that several of them make one entry.
 *
 * <p>Confined: its host calls it on its executor.
 */
final class RoomAudience implements Audience {

  /** How long read marks are gathered. */
  static final Duration GATHERING = Duration.ofSeconds(2);

  /** How long somebody counts as typing who does not say so again. */
  static final Duration TYPING = Duration.ofSeconds(6);

  /** The others are told of somebody who goes on typing not more often than this. */
  static final Duration RENEWAL = Duration.ofSeconds(2);

  private static final JsonCodec CODEC = new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED);

  private final String room;
  private final ServerContext context;
  private final ChatRooms rooms;
  private final Set<ChatSession> subscribers = new LinkedHashSet<>();
  private final Map<String, Mark> marks = new LinkedHashMap<>();
  private final Map<ChatSession, Typing> typing = new LinkedHashMap<>();
  private long typings;

  private record Mark(User user, long id) {}

  /** Until when somebody types who does not say so again, and when the others were told. */
  private record Typing(long number, Instant end, Instant told, SharedTyping others) {}

  RoomAudience(String room, ServerContext context, ChatRooms rooms) {
    this.room = room;
    this.context = context;
    this.rooms = rooms;
  }

  @Override
  public boolean isEmpty() {
    return subscribers.isEmpty() && marks.isEmpty();
  }

  @Override
  public int size() {
    return subscribers.size();
  }

  /** Lets a session hear of everything from now on, if it still wants to. */
  void add(ChatSession session, Loaded<RoomAudience> log) {
    if (session.wants(room)) {
      subscribers.add(session);
      shared(log);
    }
  }

  void remove(ChatSession session) {
    subscribers.remove(session);
    stopTyping(session);
  }

  /** Hears of those who type at other servers, as long as the room is served here. */
  private SharedTyping shared(Loaded<RoomAudience> log) {
    return log.attachment(
        SharedTyping.class,
        () -> new SharedTyping(room, context, log.executor(), typing -> sendTyping(typing, this)));
  }

  @Override
  public void tell(CommittedOperation entry, Document after, Optional<Object> origin) {
    String frame =
        CODEC.encode(
            new ChatNotice.Event(
                room, entry.baseRevision(), RoomEntries.event(after, entry.baseRevision())));
    send(frame, origin.orElse(this));
  }

  private void send(String frame, Object except) {
    for (ChatSession session : List.copyOf(subscribers)) {
      if (session != except) {
        session.sendFrame(frame);
      }
    }
  }

  private void sendTyping(ChatNotice.Typing notice, Object except) {
    String frame = CODEC.encode(notice);
    Broadcast what = new Broadcast.Typing(room, notice.user());
    for (ChatSession session : List.copyOf(subscribers)) {
      if (session != except && session.hears(what)) {
        session.sendFrame(frame);
      }
    }
  }

  /** Somebody is typing, or has stopped. */
  void typing(ChatSession session, boolean isTyping, Loaded<RoomAudience> log) {
    if (!isTyping) {
      stopTyping(session);
      return;
    }
    Instant now = context.clock().instant();
    Typing known = typing.get(session);
    if (known == null) {
      typings++;
      SharedTyping others = shared(log);
      typing.put(session, new Typing(typings, now.plus(TYPING), now, others));
      tellTyping(session, true, others);
      watch(session, typings, log);
    } else {
      boolean tells = !now.isBefore(known.told().plus(RENEWAL));
      typing.put(
          session,
          new Typing(known.number(), now.plus(TYPING), tells ? now : known.told(), known.others()));
      if (tells) {
        tellTyping(session, true, known.others());
      }
    }
  }

  private void watch(ChatSession session, long number, Loaded<RoomAudience> log) {
    var executor = log.executor();
    context.scheduler().schedule(TYPING, () -> executor.execute(() -> look(session, number, log)));
  }

  private void look(ChatSession session, long number, Loaded<RoomAudience> log) {
    Typing known = typing.get(session);
    if (known == null || known.number() != number) {
      return;
    }
    if (known.end().isAfter(context.clock().instant())) {
      watch(session, number, log);
    } else {
      stopTyping(session);
    }
  }

  private void stopTyping(ChatSession session) {
    Typing known = typing.remove(session);
    if (known != null) {
      tellTyping(session, false, known.others());
    }
  }

  private void tellTyping(ChatSession session, boolean isTyping, SharedTyping others) {
    ChatNotice.Typing notice = new ChatNotice.Typing(room, session.user(), isTyping);
    sendTyping(notice, session);
    others.tell(notice);
  }

  /** Gathers a read mark. */
  void mark(User user, long id) {
    boolean first = marks.isEmpty();
    marks.merge(user.id(), new Mark(user, id), (old, mark) -> mark.id() > old.id() ? mark : old);
    if (first) {
      context.scheduler().schedule(GATHERING, () -> rooms.host(room).whenLoaded(new Marking()));
    }
  }

  /** Writes what was gathered, as far as it says anything new. */
  private final class Marking implements LogRequest<RoomAudience> {

    @Override
    public void run(Loaded<RoomAudience> log) {
      ChatRoom now = RoomEntries.room(log.document());
      Instant at = context.clock().instant();
      List<ChatAct> acts = new ArrayList<>();
      for (Mark mark : marks.values()) {
        long known = now.member(mark.user().id()).map(ChatMember::read).orElse(Long.MAX_VALUE);
        long id = Math.min(mark.id(), now.last());
        if (id > known) {
          acts.add(ChatAct.of(mark.user(), at, new ChatEvent.Read(id)));
        }
      }
      marks.clear();
      if (!acts.isEmpty()) {
        log.submit(new ServerSubmission(rooms.gathered(acts)));
      }
    }

    @Override
    public void fail(WireError error) {
      // a mark is no more than a hint: the client sets the next one
    }
  }

  @Override
  public void restart(DocumentUnloaded.Reason reason) {
    List.copyOf(subscribers).forEach(ChatSession::restart);
    subscribers.clear();
  }
}
