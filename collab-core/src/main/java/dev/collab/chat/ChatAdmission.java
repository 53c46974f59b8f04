package dev.collab.chat;

import dev.collab.operation.InvalidOperationException;
import java.util.ArrayList;
import java.util.List;

/** Who may do what in a room, and how much of it. */
final class ChatAdmission {

  private final ChatLimits limits;

  ChatAdmission(ChatLimits limits) {
    this.limits = limits;
  }

  /** Leaves out the read marks that change nothing; refuses everything if one act may not be. */
  ChatOperation admit(ChatRoom room, ChatOperation operation) {
    List<ChatAct> admitted = new ArrayList<>();
    ChatRoom now = room;
    for (ChatAct act : operation.acts()) {
      check(now, act);
      if (act.event().kind() != ChatEvent.Kind.READ || isNews(now, act)) {
        admitted.add(act);
        now = now.with(act);
      }
    }
    return admitted.size() == operation.acts().size() ? operation : ChatOperation.of(admitted);
  }

  private static boolean isNews(ChatRoom room, ChatAct act) {
    long id = ((ChatEvent.Read) act.event()).id();
    return room.member(act.by().id()).filter(member -> member.read() < id).isPresent();
  }

  private void check(ChatRoom room, ChatAct act) {
    ChatEvent event = act.event();
    switch (event.kind()) {
      case POST -> {
        ChatEvent.Post post = (ChatEvent.Post) event;
        check(post.content());
        checkRoom(room, act);
        post.replyTo().ifPresent(room::checkIssued);
      }
      case EDIT -> {
        ChatEvent.Edit edit = (ChatEvent.Edit) event;
        check(edit.content());
        checkAuthor(room.present(edit.id()), act);
      }
      case DELETE -> {
        ChatMessage message = room.present(((ChatEvent.Delete) event).id());
        if (!act.moderator()) {
          checkAuthor(message, act);
        }
      }
      case ERASE -> {
        checkModerator(act);
        room.checkIssued(((ChatEvent.Erase) event).id());
      }
      case READ -> room.checkIssued(((ChatEvent.Read) event).id());
      case JOIN -> checkRoom(room, act);
      case LEAVE -> {}
      case REMOVE, RETAIN -> checkModerator(act);
    }
  }

  private void check(ChatContent content) {
    if (content.equals(ChatContent.NONE)) {
      throw ChatRefusal.badlyFormed("a message has neither text nor data");
    }
    check("text of length ", content.text().length(), limits.text());
    check("data of weight ", content.dataWeight(), limits.data());
  }

  private static void check(String what, long size, int limit) {
    if (size > limit) {
      throw InvalidOperationException.of(
          ChatRefusal.TEXT_TOO_LONG, what + size + " is above the limit " + limit);
    }
  }

  private void checkRoom(ChatRoom room, ChatAct act) {
    int members = room.members().size();
    if (members >= limits.members() && room.member(act.by().id()).isEmpty()) {
      throw InvalidOperationException.of(
          ChatRefusal.ROOM_FULL, "the room has " + members + " members");
    }
  }

  private static void checkAuthor(ChatMessage message, ChatAct act) {
    if (!message.author().id().equals(act.by().id())) {
      throw InvalidOperationException.of(
          ChatRefusal.NOT_AUTHOR, "message " + message.id() + " is somebody else's");
    }
  }

  private static void checkModerator(ChatAct act) {
    if (!act.moderator()) {
      throw InvalidOperationException.of(
          ChatRefusal.FORBIDDEN, "only moderators may do " + act.event().kind());
    }
  }
}
