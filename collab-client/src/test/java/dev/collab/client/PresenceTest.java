package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.DocumentId;
import dev.collab.operation.CollabException;
import dev.collab.presence.Selection;
import dev.collab.presence.Status;
import dev.collab.server.CollabServer;
import dev.collab.server.access.PresenceTimes;
import dev.collab.tck.VirtualTime;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of the real server see of each other, in one thread and virtual time. */
class PresenceTest {

  private static final DocumentId ID = new DocumentId("notes", "welcome");

  private final VirtualTime time = new VirtualTime();
  private final CollabServer server =
      CollabServer.builder(
              InMemoryCoordinator.builder().executor(time).clock(time).build(), time, time)
          .type(TextType.TEXT)
          .clock(time)
          .random(new SplittableRandom(1))
          .build();
  private final List<Member> members = new ArrayList<>();

  /** A user with one open document and its presence. */
  private final class Member {

    private final String name = "user" + members.size();
    private final Network network =
        new Network(InMemoryTransport.builder(server).executor(time).build());
    private final CollabClient client =
        CollabClient.builder(network)
            .executor(time)
            .scheduler(time)
            .random(new SplittableRandom(members.size()))
            .user(name, "#123456")
            .build();
    private final SharedDocument<Text, TextOperation> document =
        client.openOrCreate(ID, TextType.TEXT, JsonValue.of("hello"));
    private final SharedPresence presence = document.openPresence();

    Member() {
      members.add(this);
      client.connect();
      settle();
    }

    void insert(int position, String text) {
      document.edit(TextOperation.insert(position, text));
    }

    void select(int anchor, int head) {
      presence.show(JsonObject.EMPTY, List.of(new Selection(anchor, head)));
    }

    /** The only one who is there besides. */
    Participant seen() {
      assertThat(presence.others()).hasSize(1);
      return presence.others().get(0);
    }

    /** Where others have their cursors, by name. */
    Map<String, Selection> sees() {
      Map<String, Selection> seen = new HashMap<>();
      for (Participant participant : presence.others()) {
        Selection former = seen.put(participant.user().name(), participant.selections().get(0));
        assertThat(former).isNull();
      }
      return seen;
    }
  }

  private void settle() {
    time.pass(Duration.ofSeconds(3));
  }

  @Test
  void show_aSelection_isSeenWithNameAndColour() {
    Member ann = new Member();
    Member bob = new Member();
    ann.select(1, 3);
    settle();
    assertThat(bob.presence.others()).hasSize(1);
    Participant seen = bob.presence.others().get(0);
    assertThat(seen.user().name()).isEqualTo("user0");
    assertThat(seen.user().color()).contains("#123456");
    assertThat(seen.selections()).containsExactly(new Selection(1, 3));
    assertThat(seen.status()).isEqualTo(Status.ACTIVE);
    assertThat(ann.presence.others()).isEmpty();
  }

  @Test
  void presence_closedAndOpenedAgainOnOneConnection_hearsOfTheOthers() {
    Member ann = new Member();
    Member bob = new Member();
    bob.presence.close();
    settle();
    SharedPresence again = bob.document.openPresence();
    settle();
    ann.select(1, 3);
    settle();
    assertThat(again.others()).hasSize(1);
  }

  @Test
  void away_whileTyping_staysAway() {
    Member ann = new Member();
    Member bob = new Member();
    ann.select(5, 5);
    ann.presence.away(true);
    settle();
    ann.insert(5, "!");
    settle();
    assertThat(bob.presence.others().get(0).status()).isEqualTo(Status.AWAY);
  }

  @Test
  void others_areSeenByWhoeverComesLater() {
    Member ann = new Member();
    ann.select(5, 5);
    settle();
    ann.insert(0, ">> ");
    settle();
    assertThat(new Member().sees()).containsExactly(Map.entry("user0", Selection.cursor(8)));
  }

  @Test
  void edit_madeHereBeforeTheCursor_movesItAtOnce() {
    Member ann = new Member();
    Member bob = new Member();
    ann.select(2, 2);
    settle();
    bob.network.cut();
    time.runDue();
    assertThat(bob.sees()).isEmpty();
    settle();
    bob.insert(0, "ab");
    assertThat(bob.sees()).containsExactly(Map.entry("user0", Selection.cursor(4)));
    bob.insert(4, "x");
    assertThat(bob.sees()).containsExactly(Map.entry("user0", Selection.cursor(4)));
    settle();
    assertThat(bob.sees()).containsExactly(Map.entry("user0", Selection.cursor(4)));
  }

  @Test
  void cursor_ofATypist_goesWithWhatIsTyped() {
    Member ann = new Member();
    Member bob = new Member();
    ann.select(5, 5);
    settle();
    ann.insert(5, "!");
    settle();
    assertThat(bob.sees()).containsExactly(Map.entry("user0", Selection.cursor(6)));
  }

  @Test
  void show_whileAnEditIsUnderWay_waitsForIt() {
    Member ann = new Member();
    Member bob = new Member();
    ann.insert(0, "12345");
    ann.select(9, 9);
    settle();
    assertThat(bob.sees()).containsExactly(Map.entry("user0", Selection.cursor(9)));
  }

  @Test
  void show_nothingAndAway_whileAnEditIsUnderWay_isGone() {
    Member ann = new Member();
    Member bob = new Member();
    ann.select(1, 1);
    settle();
    ann.insert(0, "x");
    ann.presence.show(JsonValue.NULL);
    ann.presence.away(true);
    settle();
    assertThat(bob.presence.others()).isEmpty();
  }

  @Test
  void show_nothing_isGone() {
    Member ann = new Member();
    Member bob = new Member();
    ann.select(1, 1);
    settle();
    ann.presence.show(JsonValue.NULL);
    settle();
    assertThat(bob.presence.others()).isEmpty();
    ann.select(2, 2);
    settle();
    assertThat(bob.sees()).containsExactly(Map.entry("user0", Selection.cursor(2)));
  }

  @Test
  void close_ofPresenceOrClient_isSeen() {
    Member ann = new Member();
    Member bob = new Member();
    Member eve = new Member();
    ann.select(1, 1);
    eve.select(2, 2);
    settle();
    assertThat(bob.sees()).containsOnlyKeys("user0", "user2");
    ann.presence.close();
    settle();
    assertThat(bob.sees()).containsOnlyKeys("user2");
    eve.client.close();
    settle();
    assertThat(bob.sees()).isEmpty();
  }

  @Test
  void connectionCut_isSeenAndShownAgainAfterwards() {
    Member ann = new Member();
    Member bob = new Member();
    List<List<Participant>> told = new ArrayList<>();
    bob.presence.addListener(
        new PresenceListener() {
          @Override
          public void onChange(List<Participant> others) {
            told.add(others);
          }
        });
    ann.select(1, 1);
    settle();
    ann.network.cut();
    settle();
    assertThat(bob.sees()).containsExactly(Map.entry("user0", Selection.cursor(1)));
    assertThat(told).anySatisfy(others -> assertThat(others).isEmpty());
    assertThat(told.get(told.size() - 1)).hasSize(1);
  }

  @Test
  void document_deleted_takesTheCursorsAlong() {
    Member ann = new Member();
    Member bob = new Member();
    ann.select(1, 1);
    settle();
    var unused = bob.document.delete();
    settle();
    assertThat(bob.presence.others()).isEmpty();
    var created = bob.document.create(JsonValue.of("new text"));
    settle();
    ann.select(8, 8);
    settle();
    assertThat(bob.sees()).containsExactly(Map.entry("user0", Selection.cursor(8)));
  }

  @Test
  void user_whoDoesNothing_isIdleThenAway_andActiveWithTheNextEdit() {
    Member ann = new Member();
    Member bob = new Member();
    ann.select(1, 1);
    settle();
    assertThat(bob.seen().status()).isEqualTo(Status.ACTIVE);
    assertThat(bob.seen().idle()).isLessThan(PresenceTimes.DEFAULT.idleAfter());
    time.pass(Duration.ofMinutes(3));
    assertThat(bob.seen().status()).isEqualTo(Status.IDLE);
    assertThat(bob.seen().idle()).isGreaterThanOrEqualTo(PresenceTimes.DEFAULT.idleAfter());
    ann.insert(0, "x");
    settle();
    assertThat(bob.seen().status()).isEqualTo(Status.ACTIVE);
    assertThat(bob.seen().idle()).isLessThan(PresenceTimes.DEFAULT.idleAfter());
    time.pass(Duration.ofMinutes(12));
    assertThat(bob.seen().status()).isEqualTo(Status.AWAY);
    assertThat(bob.seen().idle()).isGreaterThanOrEqualTo(PresenceTimes.DEFAULT.awayAfter());
  }

  @Test
  void client_thatDiesWithoutAWord_isGoneWithinTheLease() {
    Member ann = new Member();
    Member bob = new Member();
    ann.select(1, 1);
    settle();
    assertThat(bob.sees()).containsOnlyKeys("user0");
    ann.network.freeze();
    time.pass(PresenceTimes.DEFAULT.lease());
    assertThat(bob.sees()).isEmpty();
  }

  @Test
  void channel_ofTheApplication_carriesAnyValue() {
    Member ann = new Member();
    Member bob = new Member();
    SharedPresence anns = ann.client.openPresence("lobby");
    SharedPresence bobs = bob.client.openPresence("lobby");
    anns.show(JsonValue.of("hi"));
    settle();
    assertThat(bobs.others()).extracting(Participant::value).containsExactly(JsonValue.of("hi"));
    anns.away(true);
    settle();
    assertThat(bobs.others()).extracting(Participant::status).containsExactly(Status.AWAY);
    for (int i = 0; i < 500; i++) {
      anns.show(JsonValue.of(i));
    }
    settle();
    assertThat(bobs.others()).extracting(Participant::value).containsExactly(JsonValue.of(499));
  }

  @Test
  void refusal_ofTheServer_isTold() {
    Member ann = new Member();
    SharedPresence lobby = ann.client.openPresence("lobby");
    List<String> errors = new ArrayList<>();
    lobby.addListener(
        new PresenceListener() {
          @Override
          public void onError(CollabException error) {
            errors.add(error.code());
          }
        });
    lobby.show(JsonValue.of("x".repeat(5_000)));
    settle();
    assertThat(errors).containsExactly("ERR_PRESENCE_TOO_LARGE");
  }

  /** Whatever happened: who has a connection is seen by all, once, and at the same place. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void cursors_ofFiveTypistsWithCutConnections_areAtTheSamePlaceForAll(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      new Member();
    }
    for (int step = 0; step < 400; step++) {
      Member member = members.get(random.nextInt(members.size()));
      int length =
          member.document.status() == DocumentStatus.LIVE ? member.document.state().length() : 0;
      switch (random.nextInt(8)) {
        case 0, 1, 2 -> member.insert(random.nextInt(length + 1), "ab");
        case 3 -> {
          if (length > 0) {
            member.document.edit(TextOperation.delete(random.nextInt(length), 1));
          }
        }
        case 4, 5 -> member.select(random.nextInt(length + 1), random.nextInt(length + 1));
        case 6 -> time.pass(Duration.ofMillis(random.nextInt(80)));
        default -> {
          if (random.nextInt(10) == 0) {
            member.network.cut();
          }
        }
      }
    }
    time.pass(Duration.ofSeconds(20));
    Member late = new Member();
    for (Member owner : members.subList(0, 5)) {
      Map<String, Selection> expected = new HashMap<>(late.sees());
      expected.remove(owner.name);
      assertThat(owner.sees()).as("seed %d", seed).isEqualTo(expected);
    }
    assertThat(late.sees()).hasSize(5);
  }
}
