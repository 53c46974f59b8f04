package dev.collab.simulation;

import dev.collab.chat.ChatChanges;
import dev.collab.chat.ChatContent;
import dev.collab.chat.ChatMessage;
import dev.collab.chat.ChatRoom;
import dev.collab.chat.ChatView;
import dev.collab.client.ChatListener;
import dev.collab.client.ChatStatus;
import dev.collab.client.SharedChatRoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** One person in the room: talks, and keeps account of what became of it. */
final class Talker implements ChatListener {

  private final String name;
  private final SharedChatRoom room;
  private final RoomLedger ledger;
  private final List<Utterance> said = new ArrayList<>();
  private final List<Long> own = new ArrayList<>();
  private final Set<Long> deleted = new TreeSet<>();
  private Optional<ChatView> checked = Optional.empty();
  private long version;
  private long read;

  Talker(String name, SharedChatRoom room, RoomLedger ledger) {
    this.name = name;
    this.room = room;
    this.ledger = ledger;
    room.addListener(this);
  }

  void post(String text) {
    var stage = room.post(text);
    said.add(Utterance.of(text, stage));
    var unused = stage.thenAccept(message -> own.add(message.id()));
  }

  /** Puts another text in the place of an own one, if there is one. */
  void edit(String text, RandomGenerator random) {
    if (!own.isEmpty()) {
      said.add(Utterance.of(text, room.edit(anyOwn(random), ChatContent.of(text))));
    }
  }

  void delete(RandomGenerator random) {
    if (!own.isEmpty()) {
      long id = anyOwn(random);
      var unused = room.delete(id).thenRun(() -> deleted.add(id));
    }
  }

  private long anyOwn(RandomGenerator random) {
    return own.get(random.nextInt(own.size()));
  }

  void read(RandomGenerator random) {
    view()
        .filter(view -> view.last() > 0)
        .ifPresent(view -> room.markRead(random.nextLong(view.last()) + 1));
  }

  void type(boolean goesOn) {
    if (goesOn) {
      room.typed();
    } else {
      room.stopTyping();
    }
  }

  void look(RandomGenerator random) {
    if (random.nextBoolean()) {
      var unused = room.loadOlder(random.nextInt(1, 10));
    } else {
      room.keepNewest(random.nextInt(1, 10));
    }
  }

  private Optional<ChatView> view() {
    return room.state().view();
  }

  @Override
  public void onLoaded(ChatView view) {
    version = view.version();
  }

  @Override
  public void onChange(ChatChanges changes, ChatView view) {
    Violation.unless(
        view.version() >= version, () -> name + " goes back from " + version + " to " + view);
    version = view.version();
  }

  /** Checks what must hold at any time. */
  void check() {
    said.forEach(utterance -> utterance.check(ledger));
    long mark = room.state().read();
    Violation.unless(mark >= read, () -> name + " has read to " + read + ", then to " + mark);
    read = mark;
    Optional<ChatView> view = view();
    if (!view.equals(checked)) {
      view.ifPresent(this::check);
      checked = view;
    }
  }

  private void check(ChatView view) {
    Violation.unless(
        ledger.hasVersion(view.version()),
        () -> name + " sees " + view + ", the log ends at " + ledger.version());
    ChatRoom there = ledger.roomAt(view.version());
    List<ChatMessage> messages =
        there.messages().stream().filter(one -> one.id() >= view.oldestKnown()).toList();
    Violation.unless(
        isOrWillBe(view, messages)
            && view.members().equals(there.members())
            && view.first() == there.first()
            && view.last() == there.last()
            && view.retention().equals(there.retention()),
        () ->
            name
                + (" sees " + view + " with " + texts(view.messages()) + view.members())
                + (", the log has " + there + " with " + texts(messages) + there.members()));
    long before = 0;
    for (ChatMessage message : view.messages()) {
      long previous = before;
      Violation.unless(
          message.id() > previous, () -> name + " sees " + message + " behind " + previous);
      before = message.id();
    }
  }

  /** Events of the past tell of a message as it is when they are sent, which may be ahead. */
  private boolean isOrWillBe(ChatView view, List<ChatMessage> messages) {
    List<ChatMessage> seen = view.messages();
    if (seen.size() != messages.size()) {
      return false;
    }
    for (int i = 0; i < seen.size(); i++) {
      ChatMessage one = seen.get(i);
      if (!one.equals(messages.get(i)) && !ledger.hasHad(one, view.version())) {
        return false;
      }
    }
    return true;
  }

  private static String texts(List<ChatMessage> messages) {
    return messages.stream().map(one -> one.id() + " " + one.text()).toList().toString();
  }

  /** Tells whether everything is told and everything is here. */
  boolean isQuiet() {
    return room.state().status() == ChatStatus.LIVE
        && room.state().pending().isEmpty()
        && view().filter(view -> view.version() == ledger.version()).isPresent();
  }

  /** Checks what must hold when everybody was left in peace for long enough. */
  void checkQuiet() {
    Violation.unless(isQuiet(), () -> this + " is not at rest, the log is at " + ledger.version());
    said.forEach(Utterance::checkTold);
    Violation.unless(
        room.state().typing().isEmpty(), () -> name + " sees typing " + room.state().typing());
    for (long id : deleted) {
      Violation.unless(
          ledger.room().message(id).filter(one -> !one.isDeleted()).isEmpty(),
          () -> name + " was told that message " + id + " is deleted, and it is there");
    }
  }

  /** Checks what was told to somebody who may be gone by now. */
  void checkAccount() {
    said.forEach(utterance -> utterance.check(ledger));
  }

  @Override
  public String toString() {
    return name + " in the room: " + room.state();
  }
}
