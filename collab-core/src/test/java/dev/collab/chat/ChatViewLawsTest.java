package dev.collab.chat;

import static dev.collab.chat.Chats.ids;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However badly a client is told, in the end it has what the room has. */
class ChatViewLawsTest {

  @Provide
  Arbitrary<List<Deeds.Deed>> deeds() {
    return Deeds.lists(60);
  }

  /** Each event once, in order, right after it was committed. */
  @Property
  void view_toldEverything_agreesWithTheRoomAtEachVersion(
      @ForAll("deeds") List<Deeds.Deed> before, @ForAll("deeds") List<Deeds.Deed> deeds) {
    RoomLog log = RoomLog.created();
    log.run(before);
    ChatView view = log.view(3);
    for (Deeds.Deed deed : deeds) {
      long version = log.version();
      log.run(List.of(deed));
      for (ChatChanges told : log.changesSince(version)) {
        view = ((ChatUpdate.Changed) view.receive(version++, wire(told))).view();
      }
      assertAgrees(view, log);
    }
  }

  /** Events lost, twice and late; asked for again after a gap; pages that come late; restarts. */
  @Property
  void view_toldBadly_agreesWithTheRoomInTheEnd(
      @ForAll("deeds") List<Deeds.Deed> before,
      @ForAll("deeds") List<Deeds.Deed> deeds,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    RoomLog log = RoomLog.created();
    log.run(before);
    Client client = new Client(log, random);
    for (Deeds.Deed deed : deeds) {
      log.run(List.of(deed));
      client.step();
    }
    client.catchUp();
    assertAgrees(client.view, log);
    while (client.view.hasOlder()) {
      long oldest = client.view.oldestKnown();
      client.view = client.view.older(oldest, ChatHistory.before(log.room(), oldest, 2));
      assertAgrees(client.view, log);
      assertThat(client.view.oldestKnown()).isLessThan(oldest);
    }
    assertThat(client.view).isEqualTo(log.view(Integer.MAX_VALUE));
  }

  private static final class Client {

    private final RoomLog log;
    private final SplittableRandom random;
    private ChatView view;

    /** Answers on the way: a page and the message it was asked for by. */
    private final List<Runnable> pages = new ArrayList<>();

    Client(RoomLog log, SplittableRandom random) {
      this.log = log;
      this.random = random;
      this.view = log.view(1 + random.nextInt(4));
    }

    void step() {
      switch (random.nextInt(8)) {
        case 0 -> {} // the event is lost
        case 1 -> catchUp();
        case 2 -> {
          view = view.newest(1 + random.nextInt(5));
          pages.clear(); // those that were asked for before may be older than what is forgotten
        }
        case 3 -> askForPage();
        case 4 -> {
          if (!pages.isEmpty()) {
            pages.remove(random.nextInt(pages.size())).run();
          }
        }
        default -> hear(random.nextLong(log.version()));
      }
      if (random.nextBoolean() && log.version() > 0) {
        hear(log.version() - 1);
      }
    }

    private void askForPage() {
      long before = view.oldestKnown();
      ChatPage page = ChatHistory.before(log.room(), before, 1 + random.nextInt(4));
      pages.add(() -> view = view.older(before, page));
    }

    private void hear(long version) {
      ChatUpdate update = view.receive(version, wire(log.changesSince(version).get(0)));
      if (update instanceof ChatUpdate.Changed changed) {
        assertThat(version).isEqualTo(view.version());
        view = changed.view();
      } else if (update instanceof ChatUpdate.Gap gap) {
        assertThat(version).isGreaterThan(gap.version());
        if (random.nextBoolean()) {
          catchUp();
        }
      } else {
        assertThat(version).isLessThan(view.version());
      }
    }

    void catchUp() {
      long version = view.version();
      for (ChatChanges told : log.changesSince(version)) {
        view = ((ChatUpdate.Changed) view.receive(version++, wire(told))).view();
      }
      assertThat(view.version()).isEqualTo(log.version());
    }
  }

  private static ChatChanges wire(ChatChanges told) {
    ChatChanges read = ChatWire.readChanges(ChatWire.changes(told));
    assertThat(read).isEqualTo(told);
    return read;
  }

  private static void assertAgrees(ChatView view, RoomLog log) {
    ChatRoom room = log.room();
    int known = (int) ids(room.messages()).stream().filter(id -> id < view.oldestKnown()).count();
    assertThat(view.version()).isEqualTo(log.version());
    assertThat(view.messages()).isEqualTo(room.messages().subList(known, room.messages().size()));
    assertThat(view.members()).isEqualTo(room.members());
    assertThat(view.retention()).isEqualTo(room.retention());
    assertThat(view.first()).isEqualTo(room.first());
    assertThat(view.last()).isEqualTo(room.last());
    if (!view.hasOlder()) {
      assertThat(view.messages()).isEqualTo(room.messages());
    }
  }
}
