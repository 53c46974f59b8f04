package dev.collab.client;

import dev.collab.chat.ChatChange;
import dev.collab.chat.ChatChanges;
import dev.collab.chat.ChatEvent;
import dev.collab.chat.ChatMessage;
import dev.collab.chat.ChatUpdate;
import dev.collab.chat.ChatView;
import dev.collab.operation.CollabException;
import dev.collab.presence.User;
import dev.collab.protocol.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what a room's listener hears, one line per event. */
final class ChatJournal implements ChatListener {

  private final SharedChatRoom room;
  private final List<String> lines = new ArrayList<>();
  private final List<String> rejectedTexts = new ArrayList<>();
  private Optional<ChatView> followed = Optional.empty();

  private ChatJournal(SharedChatRoom room) {
    this.room = room;
    this.followed = room.state().view();
  }

  static ChatJournal of(SharedChatRoom room) {
    ChatJournal journal = new ChatJournal(room);
    room.addListener(journal);
    return journal;
  }

  /** Returns the lines written since the last call. */
  List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  /** Returns the view as a listener follows it: the loaded one with all changes. */
  Optional<ChatView> followed() {
    return followed;
  }

  /** Returns the texts of all posts that were handed back. */
  List<String> rejectedTexts() {
    return rejectedTexts;
  }

  void note(String line) {
    lines.add(line);
  }

  @Override
  public void onLoaded(ChatView view) {
    followed = Optional.of(view);
    lines.add("loaded " + texts(view));
  }

  @Override
  public void onChange(ChatChanges changes, ChatView view) {
    ChatView before = followed.orElseThrow();
    ChatUpdate update = before.receive(view.version() - 1, changes);
    if (!(update instanceof ChatUpdate.Changed changed) || !changed.view().equals(view)) {
      throw new AssertionError("the changes lead from " + before + " to " + update);
    }
    followed = Optional.of(view);
    lines.add("change " + changes.changes().stream().map(ChatChange::kind).toList());
  }

  @Override
  public void onHistory(ChatView view) {
    followed = Optional.of(view);
    lines.add("history " + texts(view));
  }

  @Override
  public void onPending(List<PendingEvent> pending) {
    lines.add("pending " + pending);
  }

  @Override
  public void onRejected(ChatEvent event, CollabException error) {
    if (event instanceof ChatEvent.Post post) {
      rejectedTexts.add(post.content().text());
    }
    lines.add("rejected " + event.kind() + " " + error.code());
  }

  @Override
  public void onTyping(List<User> typing) {
    lines.add("typing " + typing.stream().map(User::name).toList());
  }

  @Override
  public void onPermission(Permission permission) {
    lines.add("permission " + permission);
  }

  @Override
  public void onStatus(ChatStatus status) {
    lines.add(status.toString());
  }

  @Override
  public void onError(CollabException error) {
    lines.add("error " + error.code());
  }

  static List<String> texts(ChatView view) {
    return view.messages().stream().map(ChatMessage::text).toList();
  }

  /** Returns the texts of the messages that the room shows. */
  List<String> texts() {
    return texts(room.view());
  }
}
