package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.DocumentId;
import dev.collab.server.CollabServer;
import dev.collab.tck.VirtualTime;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of the real server, in one thread and virtual time. */
class ServerTest {

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

  /** A client with one open document. */
  private final class Member {

    private final Network network =
        new Network(InMemoryTransport.builder(server).executor(time).build());
    private final CollabClient client =
        CollabClient.builder(network)
            .executor(time)
            .scheduler(time)
            .random(new SplittableRandom(members.size()))
            .build();
    private final SharedDocument<Text, TextOperation> document =
        client.openOrCreate(ID, TextType.TEXT, JsonValue.of("start"));
    private final Journal journal = Journal.of(document);

    Member() {
      members.add(this);
      client.connect();
    }

    void insert(int position, String text) {
      document.edit(TextOperation.insert(position, text));
    }
  }

  private void settle() {
    time.pass(Duration.ofSeconds(30));
  }

  private void assertConverged() {
    Member first = members.get(0);
    for (Member member : members) {
      assertThat(member.document.state()).isEqualTo(first.document.state());
      assertThat(member.document.revision()).isEqualTo(first.document.revision());
      assertThat(member.document.hasUnsavedChanges()).isFalse();
      assertThat(member.journal.followed()).isEqualTo(first.document.state().toString());
    }
  }

  @Test
  void openOrCreate_ofSeveralAtOnce_createsOnce() {
    for (int i = 0; i < 3; i++) {
      new Member();
    }
    settle();
    assertConverged();
    assertThat(members.get(0).document.state()).hasToString("start");
    assertThat(members.get(0).document.revision()).isEqualTo(1);
  }

  @Test
  void edit_whileConnectionIsCutBehindTheSubmission_isCommittedOnce() {
    Member writer = new Member();
    Member reader = new Member();
    settle();
    writer.insert(0, "a");
    writer.network.cut();
    reader.insert(0, "b");
    writer.insert(1, "c");
    settle();
    assertConverged();
    assertThat(writer.document.state()).hasToString("bacstart");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void edits_ofFiveClientsWithCutConnections_convergeAndAreCommittedOnce(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      new Member();
    }
    settle();
    for (int step = 0; step < 300; step++) {
      Member member = members.get(random.nextInt(5));
      int length = member.document.state().length();
      int position = random.nextInt(length + 1);
      switch (random.nextInt(12)) {
        case 0 -> member.network.cut();
        case 1 ->
            member.document.edit(
                TextOperation.delete(position, random.nextInt(Math.min(3, length - position) + 1)));
        case 2 -> time.pass(Duration.ofMillis(random.nextInt(200)));
        case 3 -> member.client.disconnect();
        case 4 -> member.client.connect();
        default -> member.insert(position, "<" + step + ">");
      }
      if (random.nextBoolean()) {
        time.runDue();
      }
    }
    members.forEach(member -> member.client.connect());
    settle();
    assertConverged();
  }

  @Test
  void inserts_ofFiveClientsWithCutConnections_areAllThereOnce() {
    Random random = new Random(99);
    for (int i = 0; i < 5; i++) {
      new Member();
    }
    settle();
    for (int step = 0; step < 200; step++) {
      Member member = members.get(random.nextInt(5));
      member.insert(0, "<" + step + ">");
      if (random.nextInt(5) == 0) {
        members.get(random.nextInt(5)).network.cut();
      }
      time.pass(Duration.ofMillis(random.nextInt(20)));
    }
    settle();
    assertConverged();
    String text = members.get(0).document.state().toString();
    for (int step = 0; step < 200; step++) {
      String inserted = "<" + step + ">";
      assertThat(text.indexOf(inserted)).as(inserted).isNotNegative();
      assertThat(text.indexOf(inserted)).as(inserted).isEqualTo(text.lastIndexOf(inserted));
    }
  }

  @Test
  void delete_whileOthersEdit_handsTheirEditsBackAndCanBeCreatedAgain() {
    Member deleter = new Member();
    Member writer = new Member();
    settle();
    writer.client.disconnect();
    time.runDue();
    writer.insert(0, "lost ");
    deleter.document.delete();
    settle();
    writer.journal.take();
    writer.client.connect();
    settle();
    assertThat(writer.journal.take())
        .containsExactly("deleted [" + TextOperation.insert(0, "lost ") + "]", "ABSENT", "saved");

    deleter.document.create(JsonValue.of("again"));
    settle();
    assertThat(writer.document.state()).hasToString("again");
    writer.insert(0, "once ");
    settle();
    assertConverged();
    assertThat(deleter.document.state()).hasToString("once again");
  }

  @Test
  void deleteAndCreateAgain_whileOffline_handsTheEditsOverAndMergesNothing() {
    Member owner = new Member();
    Member writer = new Member();
    settle();
    writer.client.disconnect();
    time.runDue();
    writer.insert(0, "old ");
    owner.document.delete();
    settle();
    owner.document.create(JsonValue.of("new"));
    settle();
    writer.journal.take();
    writer.client.connect();
    settle();
    assertThat(writer.journal.take())
        .startsWith("deleted [" + TextOperation.insert(0, "old ") + "]")
        .contains("loaded new");
    assertThat(writer.document.state()).hasToString("new");
    assertConverged();
  }

  @Test
  void deleteAndCreateAgain_whileOfflineAndTheHistoryIsGone_mergesNothingEither() {
    Member owner = new Member();
    Member writer = new Member();
    settle();
    writer.client.disconnect();
    time.runDue();
    writer.insert(0, "old ");
    owner.document.delete();
    settle();
    owner.document.create(JsonValue.of("new"));
    settle();
    server.documents().purge(ID);
    settle();
    writer.journal.take();
    writer.client.connect();
    settle();
    assertThat(writer.journal.take())
        .startsWith("deleted [" + TextOperation.insert(0, "old ") + "]", "loaded new");
    assertConverged();
    assertThat(owner.document.state()).hasToString("new");
  }

  @Test
  void delete_thatMeetsAnOutstandingEdit_handsItOver() {
    Member writer = new Member();
    settle();
    writer.journal.take();
    server.documents().delete(ID);
    writer.insert(0, "late ");
    settle();
    assertThat(writer.journal.take())
        .contains("deleted [" + TextOperation.insert(0, "late ") + "]", "ABSENT");
    assertThat(writer.document.hasUnsavedChanges()).isFalse();
  }

  @Test
  void purge_withEditsPendingHereAndThere_mergesAllOfThem() {
    Member online = new Member();
    Member offline = new Member();
    settle();
    offline.client.disconnect();
    time.runDue();
    offline.insert(0, "far ");
    online.insert(5, " near");
    server.documents().purge(ID);
    online.insert(0, "first ");
    settle();
    offline.client.connect();
    settle();
    assertConverged();
    assertThat(online.document.revision()).isGreaterThan(1L << 32);
    assertThat(online.document.state().toString().split(" "))
        .containsExactlyInAnyOrder("far", "first", "start", "near");
  }

  @Test
  void purge_ofADeletedDocument_handsOverWhatWasTypedMeanwhile() {
    Member online = new Member();
    Member offline = new Member();
    settle();
    offline.client.disconnect();
    time.runDue();
    offline.insert(0, "far ");
    server.documents().delete(ID);
    server.documents().purge(ID);
    settle();
    offline.journal.take();
    offline.client.connect();
    settle();
    assertThat(offline.journal.take())
        .contains("deleted [" + TextOperation.insert(0, "far ") + "]", "ABSENT");
    assertThat(online.document.status()).isEqualTo(DocumentStatus.ABSENT);
  }
}
