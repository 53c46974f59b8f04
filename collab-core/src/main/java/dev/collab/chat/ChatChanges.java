package dev.collab.chat;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Payload;
import dev.collab.operation.InvalidOperationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one entry of a room's log changed, as everybody in the room is told: mostly one change, none
 * for an entry that only takes up a number, several for gathered read marks.
 *
 * <p>Immutable.
 *
 * @param changes what changed, in order
 * @param first the oldest message that is there behind the entry: all before it are gone
 * @since 0.1
 */
public record ChatChanges(List<ChatChange> changes, long first) {

  /**
   * Copies the changes.
   *
   * @param changes what changed, in order
   * @param first the oldest message that is there behind the entry
   * @throws IllegalArgumentException if {@code first} is outside 1..2^53 − 1
   */
  public ChatChanges {
    changes = List.copyOf(changes);
    if (first < 1 || first > Fields.MAX_INTEGER) {
      throw new IllegalArgumentException("first message " + first + " is outside 1..2^53 - 1");
    }
  }

  /**
   * Tells what the newest entries of a room's log changed. Nothing is told that is gone: messages
   * are shown as they are now, not as they were behind their entry, and of one that is no longer
   * there only who posted it and when. Whoever takes in all of them has what the room has now.
   *
   * @param now the room behind the last of the entries
   * @param entries consecutive entries, the last ones of the log; one alone for what was just
   *     committed
   * @return the changes of each entry, or empty if they cannot be told, because the room was
   *     deleted or created with messages: then its state has to be sent
   * @throws IllegalArgumentException if an entry is not one of a room, or there are more messages
   *     in them than the room ever had
   */
  public static Optional<List<ChatChanges>> since(ChatRoom now, List<CommittedOperation> entries) {
    return entries.stream().allMatch(ChatChanges::canBeTold)
        ? Optional.of(new Telling(now, entries).all())
        : Optional.empty();
  }

  private static boolean canBeTold(CommittedOperation entry) {
    Payload payload = entry.payload();
    return switch (payload.kind()) {
      case CREATE -> {
        ChatRoom created = created((Payload.Create) payload);
        yield created.equals(ChatRoom.EMPTY.withRetention(created.retention()));
      }
      case EDIT, NONE -> true;
      case DELETE -> false;
    };
  }

  private static ChatRoom created(Payload.Create create) {
    try {
      return ChatType.CHAT.create(create.data());
    } catch (InvalidOperationException e) {
      throw new IllegalArgumentException("not an entry of a room", e);
    }
  }

  /** Tells the entries one after the other. */
  private static final class Telling {

    private final ChatRoom now;
    private final List<CommittedOperation> entries;
    private long posted;

    Telling(ChatRoom now, List<CommittedOperation> entries) {
      this.now = now;
      this.entries = entries;
      this.posted = now.last();
      for (CommittedOperation entry : entries) {
        posted -= acts(entry).stream().filter(Telling::isPost).count();
      }
      if (posted < 0) {
        throw new IllegalArgumentException("more messages in the entries than in the room");
      }
    }

    List<ChatChanges> all() {
      List<ChatChanges> told = new ArrayList<>();
      for (CommittedOperation entry : entries) {
        List<ChatChange> changes = new ArrayList<>();
        if (entry.payload() instanceof Payload.Create create) {
          changes.add(new ChatChange.Retained(created(create).retention()));
        }
        for (ChatAct act : acts(entry)) {
          change(act).ifPresent(changes::add);
        }
        told.add(new ChatChanges(changes, now.first()));
      }
      return told;
    }

    private static List<ChatAct> acts(CommittedOperation entry) {
      if (!(entry.payload() instanceof Payload.Edit<?> edit)) {
        return List.of();
      }
      if (edit.operation() instanceof ChatOperation operation) {
        return operation.acts();
      }
      throw new IllegalArgumentException("not an entry of a room");
    }

    private static boolean isPost(ChatAct act) {
      return act.event().kind() == ChatEvent.Kind.POST;
    }

    private Optional<ChatChange> change(ChatAct act) {
      ChatEvent event = act.event();
      return switch (event.kind()) {
        case POST -> {
          posted++;
          yield Optional.of(new ChatChange.Posted(now.message(posted).orElse(onceThere(act))));
        }
        case EDIT -> now.message(((ChatEvent.Edit) event).id()).map(ChatChange.Edited::new);
        case DELETE -> now.message(((ChatEvent.Delete) event).id()).map(ChatChange.Deleted::new);
        case ERASE -> Optional.of(new ChatChange.Erased(((ChatEvent.Erase) event).id()));
        case JOIN -> Optional.of(new ChatChange.Joined(act.by(), memberSince(act)));
        case LEAVE -> Optional.of(new ChatChange.Left(act.by().id()));
        case REMOVE -> Optional.of(new ChatChange.Removed(((ChatEvent.Remove) event).user()));
        case RETAIN -> Optional.of(new ChatChange.Retained(((ChatEvent.Retain) event).retention()));
        case READ -> Optional.of(new ChatChange.Read(act.by().id(), ((ChatEvent.Read) event).id()));
      };
    }

    private ChatMessage onceThere(ChatAct act) {
      ChatEvent.Post post = (ChatEvent.Post) act.event();
      return ChatMessage.posted(posted, act.by(), act.at(), post.content(), post.replyTo())
          .deleted();
    }

    /** Whoever joins a second time is a member since the first. */
    private Instant memberSince(ChatAct act) {
      return now.member(act.by().id()).map(ChatMember::joinedAt).orElse(act.at());
    }
  }
}
