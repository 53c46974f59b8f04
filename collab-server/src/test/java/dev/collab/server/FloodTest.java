package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.server.ServerHarness.Ground;
import dev.collab.server.access.ServerLimits;
import dev.collab.server.session.Session;
import dev.collab.tck.VirtualTime;
import dev.collab.text.TextType;
import dev.collab.transport.CloseReason;
import dev.collab.transport.InMemoryTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client sends 10,000 frames a second. It is limited with a clear answer, and what others do
 * takes hardly more turns of the server's executor than without it.
 */
class FloodTest {

  private static final int PER_MILLISECOND = 10;
  private static final int EDITS = 30;
  private static final Duration PACE = Duration.ofMillis(20);
  private static final Duration STEP = Duration.ofMillis(1);

  /**
   * How many more turns of the executor an edit may take, from the moment at which it is sent until
   * it is delivered, if it comes at the worst time: behind frames of the same millisecond that are
   * all granted. A frame takes up to sixteen turns, to load a document and create it for instance.
   */
  private static final long MORE_TURNS = 16L * PER_MILLISECOND;

  private enum Flood {
    NOTHING(i -> "", Set.of()),
    OPERATIONS(
        i -> "{'a':'op','c':'c','d':'d','v':null,'seq':%d,'op':['f']}".formatted(i + 1),
        Set.of("ERR_RATE_EXCEEDED")),
    CREATIONS(
        i ->
            "{'a':'op','c':'c','d':'n%d','v':0,'seq':%d,'create':{'type':'text'}}"
                .formatted(i, i + 1),
        Set.of("ERR_RATE_EXCEEDED")),
    PRESENCE(
        i ->
            ("{'a':'p','ch':'c.d','id':'1','p':{'selections':[]},'pv':%d,'c':'c','d':'d','v':0,"
                    + "'t':'http://sharejs.org/types/textv1'}")
                .formatted(i),
        Set.of()),
    CHAT(
        i -> "{'a':'cp','r':'r','seq':%d,'e':{'post':{'text':'f'}}}".formatted(i + 1),
        Set.of("ERR_RATE_EXCEEDED")),
    SUBSCRIPTIONS(
        i -> "{'a':'s','c':'c','d':'s%d','v':null}".formatted(i),
        Set.of("ERR_TOO_MANY_SUBSCRIPTIONS", "ERR_RATE_EXCEEDED")),
    CHANNELS(
        i -> "{'a':'ps','ch':'ch%d','seq':1}".formatted(i),
        Set.of("ERR_TOO_MANY_SUBSCRIPTIONS", "ERR_RATE_EXCEEDED")),
    PINGS(i -> "{'a':'pp'}", Set.of("ERR_RATE_EXCEEDED")),
    FRAMES(i -> "nonsense", Set.of("ERR_MESSAGE_BADLY_FORMED")),
    EVERYTHING(
        i -> {
          Flood[] kinds = values();
          return kinds[1 + i % (kinds.length - 2)].frames.apply(i);
        },
        Set.of("ERR_RATE_EXCEEDED", "ERR_MESSAGE_BADLY_FORMED"));

    private final IntFunction<String> frames;
    private final Set<String> codes;

    Flood(IntFunction<String> frames, Set<String> codes) {
      this.frames = frames;
      this.codes = codes;
    }
  }

  /** A server with an author and a reader, and perhaps a flood; counts turns of the executor. */
  private static final class Town {

    final VirtualTime time = new VirtualTime();
    final CollabServer server;
    final WireClient author;
    final WireClient reader;
    final List<FloodingClient> flood = new ArrayList<>();
    long turns;

    Town() {
      server =
          CollabServer.builder(
                  InMemoryCoordinator.builder().executor(time).clock(time).build(),
                  task -> {
                    turns++;
                    time.execute(task);
                  },
                  time)
              .type(TextType.TEXT)
              .clock(time)
              .random(new Random(1))
              .build();
      author = client(ALICE);
      author.post("{'a':'op','c':'c','d':'d','v':0,'seq':1,'create':{'type':'text'}}");
      reader = client(BOB);
      reader.post("{'a':'s','c':'c','d':'d','v':null}");
      time.pass(Duration.ofSeconds(1));
    }

    private WireClient client(String secret) {
      return WireClient.connect(
          InMemoryTransport.builder(server).executor(time).build(), time, secret);
    }

    void flood(Flood kind) {
      if (kind != Flood.NOTHING) {
        flood.add(
            new FloodingClient(time, server, 1 + kind.ordinal(), kind.frames, PER_MILLISECOND));
      }
    }

    /** Lets the author edit and returns how many turns it took until the reader saw each. */
    List<Long> edit() {
      List<Long> taken = new ArrayList<>();
      for (int i = 0; i < EDITS; i++) {
        reader.clear();
        String operation = "['e" + i + "']";
        String frame =
            "{'a':'op','c':'c','d':'d','v':null,'seq':%d,'op':%s}".formatted(i + 2, operation);
        long[] before = new long[1];
        time.schedule(
            STEP, // behind the frames of the flood that are sent in that millisecond
            () -> {
              before[0] = turns;
              author.post(frame);
            });
        for (int steps = 0; !reader.received().toString().contains(operation); steps++) {
          assertThat(steps).as("milliseconds until it is seen").isLessThan(50);
          time.pass(STEP);
        }
        taken.add(turns - before[0]);
        time.pass(PACE);
      }
      return taken;
    }
  }

  private static long most(List<Long> turns) {
    return turns.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  private static long median(List<Long> turns) {
    return turns.stream().sorted().toList().get(turns.size() / 2);
  }

  @ParameterizedTest
  @EnumSource(Flood.class)
  void editsOfOthers_takeHardlyMoreTurnsThanWithoutTheFlood(Flood kind) {
    Town calm = new Town();
    Town flooded = new Town();
    flooded.flood(kind);
    List<Long> without = calm.edit();
    List<Long> with = flooded.edit();
    assertThat(most(with)).isLessThanOrEqualTo(most(without) + MORE_TURNS);
    assertThat(median(with))
        .as("once it is limited")
        .isLessThanOrEqualTo(median(without) + PER_MILLISECOND);
    assertThat(flooded.author.received())
        .filteredOn(reply -> reply.contains("'seq':"))
        .as("all are acknowledged")
        .hasSizeGreaterThanOrEqualTo(EDITS);
    assertThat(flooded.author.closed()).isEmpty();
    assertThat(flooded.reader.closed()).isEmpty();
    if (kind != Flood.NOTHING) {
      FloodingClient eve = flooded.flood.get(0);
      assertThat(eve.codes()).containsAll(kind.codes);
      assertThat(eve.closed()).containsExactly(Session.FLOOD);
    }
  }

  @Test
  void editsOfOthers_takeHardlyMoreTurns_whenEverythingIsFloodedAtOnce() {
    Town calm = new Town();
    Town flooded = new Town();
    for (Flood kind : Flood.values()) {
      flooded.flood(kind);
    }
    List<Long> without = calm.edit();
    List<Long> with = flooded.edit();
    long floods = flooded.flood.size();
    assertThat(most(with)).isLessThanOrEqualTo(most(without) + MORE_TURNS * floods);
    assertThat(median(with)).isLessThanOrEqualTo(median(without) + PER_MILLISECOND * floods);
    assertThat(flooded.flood)
        .allSatisfy(eve -> assertThat(eve.closed()).containsExactly(Session.FLOOD));
  }

  @ParameterizedTest
  @EnumSource(Ground.class)
  void flood_overAnyGround_losesNobodysEdits(Ground ground) {
    ServerHarness harness = new ServerHarness(ground).withLimits(ServerLimits.DEFAULT);
    WireClient alice = harness.author(ALICE, "");
    harness.settle();
    FloodingClient eve =
        new FloodingClient(
            harness.time(), harness.server(), 1, Flood.EVERYTHING.frames, PER_MILLISECOND);
    for (int i = 0; i < EDITS; i++) {
      alice.post("{'a':'op','c':'c','d':'d','v':null,'seq':%d,'op':['e']}".formatted(i + 2));
      harness.time().pass(PACE);
    }
    harness.time().pass(Duration.ofSeconds(1));
    assertThat(alice.received()).filteredOn(reply -> reply.contains(ALICE)).hasSize(EDITS);
    assertThat(alice.received()).noneMatch(reply -> reply.contains("error"));
    assertThat(eve.closed()).containsExactly(Session.FLOOD);
  }

  @Test
  void whoKeepsToWhatIsGranted_isNeitherRefusedNorClosed() {
    Town town = new Town();
    WireClient busy = town.client("%022d".formatted(1));
    for (int i = 0; i < 500; i++) {
      busy.post("{'a':'op','c':'c','d':'d','v':null,'seq':%d,'op':['b']}".formatted(i + 1));
      busy.post("{'a':'p','ch':'x','id':'1','p':%d,'pv':%d}".formatted(i, i));
      busy.post("{'a':'pp'}");
      town.time.pass(Duration.ofMillis(20));
    }
    town.time.pass(Duration.ofSeconds(5));
    assertThat(busy.received()).noneMatch(reply -> reply.contains("error")).hasSize(1_500);
    assertThat(busy.closed()).isEmpty();
    busy.connection().close(CloseReason.NORMAL);
  }
}
