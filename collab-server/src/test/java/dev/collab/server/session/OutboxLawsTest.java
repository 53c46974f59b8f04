package dev.collab.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.protocol.WireLimits;
import dev.collab.server.access.ServerLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds whatever is sent and however slowly it is taken. */
class OutboxLawsTest {

  private enum Kind {
    ANSWER,
    BROADCAST,
    PRESENCE,
    PRESENCE_END,
    ROOM,
    NO_ROOM,
    TIME
  }

  private record Action(Kind kind, int key, int length) {}

  /** An outbox and what has to come of it. Messages are numbered in the order of their sending. */
  private static final class Run {

    final SlowConnection connection = new SlowConnection();
    final OutboxHarness harness;
    final Outbox outbox;
    final long limit;
    final Set<Integer> answers = new HashSet<>();
    final Map<Integer, Integer> newestEntries = new HashMap<>();
    final Map<Integer, Integer> newestPresences = new HashMap<>();
    final Map<Integer, Integer> shown = new HashMap<>();
    final Map<Integer, Integer> ends = new HashMap<>();
    int messages;

    Run(boolean extended, int room) {
      limit = OutboxHarness.weight(room, 10);
      harness =
          new OutboxHarness(
              ServerLimits.builder()
                  .wire(WireLimits.builder().frame(60).batch(4).build())
                  .maxQueuedFrames(limit)
                  .build());
      outbox = harness.outbox(connection);
      if (extended) {
        outbox.batch();
      }
    }

    void apply(Action action) {
      int number = messages;
      Frame frame = Frame.of(number + " ".repeat(action.length()));
      switch (action.kind()) {
        case ANSWER -> {
          outbox.send(frame.text());
          answers.add(number);
        }
        case BROADCAST -> {
          outbox.broadcast(action.key(), frame);
          newestEntries.put(action.key(), number);
        }
        case PRESENCE -> {
          harness.lost.remove(action.key());
          outbox.presence(action.key(), frame);
          newestPresences.put(action.key(), number);
          shown.put(number, action.key());
        }
        case PRESENCE_END -> {
          harness.lost.remove(action.key());
          outbox.presenceEnd(action.key(), frame);
          newestPresences.put(action.key(), number);
          ends.put(number, action.key());
        }
        case ROOM -> {
          connection.queued = 0;
          outbox.drain();
        }
        case NO_ROOM -> connection.queued = Outbox.CONNECTION_ROOM;
        case TIME -> harness.time.pass(Duration.ofMillis(action.length()));
      }
      messages++;
      assertThat(outbox.weight()).isLessThanOrEqualTo(limit);
      assertThat(harness.budget.used()).isEqualTo(outbox.weight());
    }

    /** Tells whether a reader of what was delivered knows of an end, by it or by one before it. */
    boolean isKnown(int end, List<Integer> delivered) {
      boolean known = false;
      for (int number : delivered) {
        if (number <= end) {
          boolean mayShow = answers.contains(number) || ends.get(end).equals(shown.get(number));
          known = !mayShow && (known || ends.get(end).equals(ends.get(number)));
        }
      }
      return known;
    }

    List<Integer> delivered() {
      connection.queued = 0;
      outbox.drain();
      harness.time.pass(Duration.ofSeconds(1));
      List<Integer> delivered = new ArrayList<>();
      for (String frame : connection.sent) {
        assertThat(frame.length()).isLessThanOrEqualTo(60);
        String[] parts = frame.replaceAll("[\\[\\]]", "").split(",");
        assertThat(parts.length).isLessThanOrEqualTo(4);
        Arrays.stream(parts).map(part -> Integer.valueOf(part.trim())).forEach(delivered::add);
      }
      return delivered;
    }
  }

  @Provide
  Arbitrary<Action> actions() {
    return Combinators.combine(
            Arbitraries.of(Kind.values()),
            Arbitraries.integers().between(0, 2),
            Arbitraries.integers().between(0, 20))
        .as(Action::new);
  }

  @Property
  void messages_keepTheirOrder_andNoneComesTwice(
      @ForAll List<@From("actions") Action> actions,
      @ForAll boolean extended,
      @ForAll @IntRange(min = 1, max = 12) int room) {
    Run run = new Run(extended, room);
    actions.forEach(run::apply);
    assertThat(run.delivered()).isSorted().doesNotHaveDuplicates();
    assertThat(run.harness.budget.used()).isZero();
  }

  @Property
  void openConnection_getsEveryAnswer_andTheNewestOfEverythingElse(
      @ForAll List<@From("actions") Action> actions,
      @ForAll boolean extended,
      @ForAll @IntRange(min = 3, max = 12) int room) {
    Run run = new Run(extended, room);
    actions.forEach(run::apply);
    List<Integer> delivered = run.delivered();
    if (run.connection.closed.isPresent()) {
      assertThat(run.harness.slow).endsWith("too slow");
      return;
    }
    assertThat(delivered).containsAll(run.answers).containsAll(run.newestEntries.values());
    run.newestPresences.forEach(
        (key, newest) -> {
          boolean known =
              run.ends.containsKey(newest)
                  ? run.isKnown(newest, delivered)
                  : run.harness.lost.contains(key);
          assertThat(delivered.contains(newest) || known).isTrue();
        });
  }

  @Property
  void connectionThatKeepsUp_getsEverythingButOvertakenPresences(
      @ForAll List<@From("actions") Action> actions, @ForAll boolean extended) {
    Run run = new Run(extended, 1_000);
    run.connection.queued = 0;
    Set<Integer> kept = new HashSet<>();
    for (Action action : actions) {
      Kind kind = action.kind() == Kind.NO_ROOM ? Kind.TIME : action.kind();
      if (kind == Kind.ANSWER || kind == Kind.BROADCAST) {
        kept.add(run.messages);
      }
      run.apply(new Action(kind, action.key(), action.length()));
    }
    List<Integer> delivered = run.delivered();
    assertThat(delivered).containsAll(kept);
    run.newestPresences.forEach(
        (key, newest) ->
            assertThat(
                    run.ends.containsKey(newest)
                        ? run.isKnown(newest, delivered)
                        : delivered.contains(newest))
                .isTrue());
    assertThat(run.harness.slow).isEmpty();
    assertThat(run.harness.lost).isEmpty();
  }
}
