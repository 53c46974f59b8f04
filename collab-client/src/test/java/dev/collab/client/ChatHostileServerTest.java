package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.chat.ChatMessage;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.server.CollabServer;
import dev.collab.tck.VirtualTime;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Chatters on two nodes over a log that fails, nodes that restart and histories that are trimmed.
 */
class ChatHostileServerTest {

  private final VirtualTime time = new VirtualTime();
  private final List<CollabServer> nodes = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private int nodeCount;

  /** A client that connects to one of the nodes, whichever stands there at the time. */
  private final class Member {

    private final Network network;
    private final CollabClient client;
    private final SharedChatRoom room;
    private final ChatJournal journal;
    private final List<String> posted = new ArrayList<>();
    private final List<CompletionStage<ChatMessage>> stages = new ArrayList<>();

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
      room = client.chat("team");
      journal = ChatJournal.of(room);
      members.add(this);
      client.connect();
    }

    void post(String text) {
      posted.add(text);
      stages.add(room.post(text));
    }
  }

  private CollabServer node(Coordinator coordinator) {
    return CollabServer.builder(coordinator, time, time)
        .type(TextType.TEXT)
        .clock(time)
        .random(new Random(++nodeCount)) // two nodes must not give out the same ids
        .build();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void posts_overAFailingLogAndRestartingNodes_areAllThereOnceAndInOrder(long seed) {
    Random random = new Random(seed);
    Coordinator coordinator = HostileServerTest.failing(time, random);
    nodes.add(node(coordinator));
    nodes.add(node(coordinator));
    for (int i = 0; i < 4; i++) {
      new Member(i % 2);
    }
    time.pass(Duration.ofSeconds(30));
    for (int step = 0; step < 250; step++) {
      int index = random.nextInt(4);
      Member member = members.get(index);
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
        case 5 -> member.room.markRead(1 + random.nextInt(50));
        default -> member.post(index + ":" + step);
      }
      time.pass(Duration.ofMillis(random.nextInt(200)));
    }
    members.forEach(member -> member.client.connect());
    time.pass(Duration.ofMinutes(5));
    members.forEach(member -> member.room.loadOlder(200));
    time.pass(Duration.ofSeconds(30));
    List<String> all = members.get(0).journal.texts();
    for (int i = 0; i < 4; i++) {
      Member member = members.get(i);
      String author = i + ":";
      assertThat(member.room.view()).as("seed %d", seed).isEqualTo(members.get(0).room.view());
      assertThat(member.room.state().pending()).isEmpty();
      assertThat(member.journal.rejectedTexts()).isEmpty();
      assertThat(member.stages).allMatch(stage -> stage.toCompletableFuture().isDone());
      assertThat(all.stream().filter(text -> text.startsWith(author)).toList())
          .isEqualTo(member.posted);
    }
  }

  @Test
  void longAbsence_withPosts_goesOnFromTheStateWithoutLossOrDouble() {
    nodes.add(node(InMemoryCoordinator.builder().executor(time).clock(time).build()));
    Member absent = new Member(0);
    Member busy = new Member(0);
    time.pass(Duration.ofSeconds(5));
    absent.post("outstanding");
    time.runDue();
    absent.network.cut();
    absent.client.disconnect();
    time.runDue();
    absent.post("waiting");
    for (int i = 0; i < 4000; i++) {
      busy.post("m" + i);
      time.pass(Duration.ofSeconds(1));
    }
    absent.journal.take();
    absent.client.connect();
    time.pass(Duration.ofSeconds(30));
    assertThat(absent.journal.take()).anyMatch(line -> line.startsWith("loaded"));
    assertThat(absent.room.view().last()).isEqualTo(4002);
    assertThat(absent.room.state().pending()).isEmpty();
    assertThat(absent.room.view().messages())
        .last()
        .satisfies(message -> assertThat(message.text()).isEqualTo("waiting"));
    List<String> all = busy.journal.texts();
    assertThat(all).containsOnlyOnce("outstanding", "waiting");
    assertThat(absent.journal.texts()).hasSizeBetween(50, 52);
    assertThat(all).endsWith(absent.journal.texts().toArray(String[]::new));
  }
}
