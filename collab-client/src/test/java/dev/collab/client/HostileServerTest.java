package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.HostileCoordinator;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.DocumentId;
import dev.collab.server.CollabServer;
import dev.collab.tck.VirtualTime;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.Transport;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients of two nodes over a log that fails, nodes that restart and histories that are trimmed.
 */
class HostileServerTest {

  private static final DocumentId ID = new DocumentId("notes", "hostile");

  private final VirtualTime time = new VirtualTime();
  private final List<CollabServer> nodes = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private int nodeCount;

  /** A client that connects to one of the nodes, whichever stands there at the time. */
  private final class Member {

    private final Network network;
    private final CollabClient client;
    private final SharedDocument<Text, TextOperation> document;
    private final Journal journal;

    Member(int node) {
      Transport transport =
          listener ->
              InMemoryTransport.builder(nodes.get(node)).executor(time).build().connect(listener);
      network = new Network(transport);
      client =
          CollabClient.builder(network)
              .executor(time)
              .scheduler(time)
              .random(new Random(members.size()))
              .build();
      document = client.openOrCreate(ID, TextType.TEXT, JsonValue.NULL);
      journal = Journal.of(document);
      members.add(this);
      client.connect();
    }
  }

  private CollabServer node(Coordinator coordinator) {
    return CollabServer.builder(coordinator, time, time)
        .type(TextType.TEXT)
        .clock(time)
        .random(new Random(++nodeCount)) // two nodes must not give out the same ids
        .build();
  }

  /** Returns a coordinator that loses, delays and doubles what can be. */
  static Coordinator failing(VirtualTime time, Random random) {
    return HostileCoordinator.builder(
            InMemoryCoordinator.builder().executor(time).clock(time).build(), random, time)
        .delayed(0.5)
        .longestDelay(Duration.ofMillis(200))
        .lostRequests(0.1)
        .lateRequests(0.1)
        .lostReplies(0.1)
        .failedReads(0.1)
        .lostAnnouncements(0.3)
        .doubledAnnouncements(0.2)
        .lateAnnouncements(0.3)
        .strippedAnnouncements(0.3)
        .build();
  }

  private void assertConverged() {
    Member first = members.get(0);
    for (Member member : members) {
      assertThat(member.document.hasUnsavedChanges()).isFalse();
      assertThat(member.document.state()).isEqualTo(first.document.state());
      assertThat(member.document.revision()).isEqualTo(first.document.revision());
      assertThat(member.journal.followed()).isEqualTo(first.document.state().toString());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void inserts_overAFailingLogAndRestartingNodes_areAllThereOnce(long seed) {
    Random random = new Random(seed);
    Coordinator coordinator = failing(time, random);
    nodes.add(node(coordinator));
    nodes.add(node(coordinator));
    for (int i = 0; i < 4; i++) {
      new Member(i % 2);
    }
    time.pass(Duration.ofSeconds(30));
    int inserted = 0;
    for (int step = 0; step < 250; step++) {
      Member member = members.get(random.nextInt(4));
      switch (random.nextInt(10)) {
        case 0 -> member.network.cut();
        case 1 -> {
          int restarted = random.nextInt(8);
          if (restarted < 2) {
            nodes.get(restarted).close();
            nodes.set(restarted, node(coordinator));
          }
        }
        case 2 -> member.client.disconnect();
        case 3, 4 -> member.client.connect();
        default -> {
          member.document.edit(TextOperation.insert(0, "<" + inserted + ">"));
          inserted++;
        }
      }
      time.pass(Duration.ofMillis(random.nextInt(100)));
    }
    members.forEach(member -> member.client.connect());
    time.pass(Duration.ofMinutes(2));
    assertConverged();
    String text = members.get(0).document.state().toString();
    for (int i = 0; i < inserted; i++) {
      String mark = "<" + i + ">";
      assertThat(text.indexOf(mark)).as(mark).isNotNegative();
      assertThat(text.indexOf(mark)).as(mark).isEqualTo(text.lastIndexOf(mark));
    }
  }

  @Test
  void longAbsence_withUnacknowledgedEdits_isResyncedWithoutLoss() {
    nodes.add(node(InMemoryCoordinator.builder().executor(time).clock(time).build()));
    Member absent = new Member(0);
    Member busy = new Member(0);
    time.pass(Duration.ofSeconds(5));
    absent.document.edit(TextOperation.insert(0, "outstanding "));
    absent.client.disconnect();
    time.runDue();
    absent.document.edit(TextOperation.insert(12, "buffered "));
    for (int i = 0; i < 4000; i++) {
      busy.document.edit(TextOperation.insert(busy.document.state().length(), "."));
      time.pass(Duration.ofSeconds(1));
    }
    absent.journal.take();
    absent.client.connect();
    time.pass(Duration.ofSeconds(30));
    assertThat(absent.journal.take()).contains("resynced []");
    assertConverged();
    String text = busy.document.state().toString();
    assertThat(text).containsOnlyOnce("buffered").hasSize(4000 + 21);
    assertThat(text.indexOf("outstanding")).isEqualTo(text.lastIndexOf("outstanding"));
    assertThat(text).contains("outstanding");
  }
}
