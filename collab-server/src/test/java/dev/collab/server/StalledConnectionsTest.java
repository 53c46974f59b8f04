package dev.collab.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.server.access.Delivery;
import dev.collab.server.access.ServerLimits;
import dev.collab.tck.VirtualTime;
import dev.collab.text.TextType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A hundred connections that take nothing, on a server that is busy, in virtual time. */
class StalledConnectionsTest {

  private static final int STALLED = 100;
  private static final int READERS = 10;
  private static final int EDITS = 300;
  private static final int EDIT_LENGTH = 1_000;

  /** What one queue may hold, and all of them: far less than what is sent. */
  private static final long QUEUE = 50_000;

  private static final long TOTAL = 250_000;

  /** What a connection may hold itself: its room and one frame more. */
  private static final long NETWORK = 64 * 1024 + 64 * 1024;

  private static final Duration PACE = Duration.ofMillis(25);

  /** A server with an author, readers, and clients that stall. */
  private static final class Town {

    final VirtualTime time = new VirtualTime();
    final CollabServer server;
    final List<ReadingClient> readers;
    final List<ReadingClient> stalled;
    final ReadingClient author;
    long turns;
    long sequence;

    Town(int stalling, ServerLimits limits) {
      server =
          CollabServer.builder(
                  InMemoryCoordinator.builder().executor(time).clock(time).build(),
                  task -> {
                    turns++;
                    time.execute(task);
                  },
                  time)
              .type(TextType.TEXT)
              .limits(limits)
              .heartbeat(Duration.ZERO) // whoever stalls is silent, too
              .clock(time)
              .random(new Random(1))
              .build();
      author = client(0);
      author.say("{'a':'op','c':'c','d':'d','v':0,'seq':1,'create':{'type':'text'}}");
      sequence = 1;
      readers = IntStream.range(0, READERS).mapToObj(i -> client(1_000 + i)).toList();
      stalled = IntStream.range(0, stalling).mapToObj(i -> client(2_000 + i)).toList();
      time.pass(Duration.ofSeconds(1));
      stalled.forEach(ReadingClient::stall);
    }

    private ReadingClient client(int number) {
      return new ReadingClient(time, server, number % 2 == 0, "%022d".formatted(number));
    }

    void edit() {
      author.say(
          "{'a':'op','c':'c','d':'d','v':%d,'seq':%d,'op':['%s']}"
              .formatted(sequence, ++sequence, "x".repeat(EDIT_LENGTH)));
      time.pass(PACE);
    }

    long version() {
      return sequence;
    }
  }

  private static ServerLimits limits() {
    return ServerLimits.builder()
        .maxQueuedFrames(QUEUE)
        .delivery(Delivery.builder().maxQueuedTotal(TOTAL).build())
        .build();
  }

  @Test
  void othersOfABusyServer_getEverythingInAsManyTurns_asIfNobodyStalled() {
    Town busy = new Town(STALLED, limits());
    Town calm = new Town(0, limits());
    for (int i = 0; i < EDITS; i++) {
      long busyBefore = busy.turns;
      long calmBefore = calm.turns;
      busy.edit();
      calm.edit();
      assertThat(busy.turns - busyBefore).isEqualTo(calm.turns - calmBefore);
      assertThat(busy.readers.stream().allMatch(r -> r.version() == busy.version())).isTrue();
    }
    for (int i = 0; i < READERS; i++) {
      assertThat(busy.readers.get(i).frames()).isEqualTo(calm.readers.get(i).frames());
      assertThat(busy.readers.get(i).fetches()).isZero();
    }
  }

  @Test
  void whatWaits_isBoundedForEachAndForAll() {
    Town town = new Town(STALLED, limits());
    long sent = 0;
    long most = 0;
    for (int i = 0; i < EDITS; i++) {
      town.edit();
      sent += STALLED * EDIT_LENGTH;
      most = Math.max(most, town.server.queued());
      assertThat(town.server.queued()).isLessThanOrEqualTo(TOTAL);
    }
    assertThat(most).isPositive();
    assertThat(town.stalled)
        .allSatisfy(client -> assertThat(client.mostQueued()).isLessThanOrEqualTo(NETWORK));
    assertThat(sent).isGreaterThan(2 * (TOTAL + STALLED * NETWORK));
  }

  @Test
  void clientsThatWakeInTime_catchUp_andTheOthersAreClosed() {
    Town town = new Town(STALLED, limits());
    for (int i = 0; i < EDITS; i++) {
      town.edit();
    }
    List<ReadingClient> late = new ArrayList<>();
    for (int i = 0; i < STALLED; i++) {
      ReadingClient client = town.stalled.get(i);
      assertThat(client.closed()).isEmpty();
      if (i < STALLED / 2) {
        client.wake();
      } else {
        late.add(client);
      }
    }
    town.time.pass(Duration.ofSeconds(10));
    assertThat(town.stalled.subList(0, STALLED / 2))
        .allSatisfy(
            client -> {
              assertThat(client.closed()).isEmpty();
              assertThat(client.version()).isEqualTo(town.version());
              assertThat(client.fetches()).isPositive();
            });
    town.time.pass(Delivery.DEFAULT.stallTimeout().multipliedBy(2).plusSeconds(8));
    assertThat(late)
        .allSatisfy(client -> assertThat(client.closed().orElseThrow().code()).isEqualTo(4008));
    assertThat(town.server.queued()).isZero();
    assertThat(town.readers).allSatisfy(reader -> assertThat(reader.closed()).isEmpty());
  }

  @Test
  void entriesThatWaitForMany_areCountedOnce() {
    Town town = new Town(STALLED, ServerLimits.DEFAULT);
    long before = town.server.queued();
    for (int i = 0; i < 100; i++) {
      town.edit();
    }
    long waiting = town.server.queued() - before;
    // each text once; 64 units for each of them in each queue
    assertThat(waiting).isLessThan(100 * (EDIT_LENGTH + 200L) + 100L * STALLED * 64);
  }
}
