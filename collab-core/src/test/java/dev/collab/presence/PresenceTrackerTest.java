package dev.collab.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.presence.PresenceTracker.Outcome;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Which presences are shown, whatever comes in whatever order. */
class PresenceTrackerTest {

  private static final Instant T0 = Instant.EPOCH;
  private static final User ANN = User.of("ann", "Ann");

  private final PresenceTracker tracker = new PresenceTracker(Duration.ofMinutes(1));

  private static Presence presence(String source, String id, long version) {
    return Presence.of(new PresenceId(source, id), version, JsonValue.of("v" + version), ANN, T0);
  }

  @Test
  void update_newer_replaces() {
    assertThat(tracker.update(presence("a", "1", 0))).isEqualTo(Outcome.CHANGED);
    assertThat(tracker.update(presence("a", "1", 3))).isEqualTo(Outcome.CHANGED);
    assertThat(tracker.all()).containsExactly(presence("a", "1", 3));
  }

  @Test
  void update_older_isOutdated() {
    tracker.update(presence("a", "1", 3));
    assertThat(tracker.update(presence("a", "1", 2))).isEqualTo(Outcome.OUTDATED);
    assertThat(tracker.all()).containsExactly(presence("a", "1", 3));
  }

  @Test
  void update_sameVersion_replaces() {
    tracker.update(presence("a", "1", 3));
    Presence moved = presence("a", "1", 3).at(7, JsonValue.of("moved"));
    assertThat(tracker.update(moved)).isEqualTo(Outcome.CHANGED);
    assertThat(tracker.all()).containsExactly(moved);
  }

  @Test
  void update_idOfAnother_isNotOwnedUntilItIsGone() {
    tracker.update(presence("a", "1", 3));
    assertThat(tracker.update(presence("b", "1", 9))).isEqualTo(Outcome.NOT_OWNED);
    assertThat(tracker.remove(new PresenceId("b", "1"), 9, T0)).isEqualTo(Outcome.NOT_OWNED);
    tracker.remove(new PresenceId("a", "1"), 4, T0);
    assertThat(tracker.update(presence("b", "1", 0))).isEqualTo(Outcome.CHANGED);
    assertThat(tracker.all()).containsExactly(presence("b", "1", 0));
  }

  @Test
  void remove_thenLateUpdate_staysGone() {
    tracker.update(presence("a", "1", 3));
    assertThat(tracker.remove(new PresenceId("a", "1"), 4, T0)).isEqualTo(Outcome.CHANGED);
    assertThat(tracker.update(presence("a", "1", 4))).isEqualTo(Outcome.OUTDATED);
    assertThat(tracker.isEmpty()).isTrue();
    assertThat(tracker.update(presence("a", "1", 5))).isEqualTo(Outcome.CHANGED);
  }

  @Test
  void remove_older_isOutdated() {
    tracker.update(presence("a", "1", 3));
    assertThat(tracker.remove(new PresenceId("a", "1"), 2, T0)).isEqualTo(Outcome.OUTDATED);
    assertThat(tracker.size()).isEqualTo(1);
  }

  @Test
  void remove_longAgo_isForgottenWhenOthersLeave() {
    tracker.update(presence("a", "1", 3));
    tracker.remove(new PresenceId("a", "1"), 4, T0);
    tracker.update(presence("b", "2", 0));
    tracker.remove(new PresenceId("b", "2"), 1, T0.plusSeconds(61));
    assertThat(tracker.update(presence("a", "1", 0))).isEqualTo(Outcome.CHANGED);
  }

  @Test
  void forget_thenTheSameVersion_isShownAgain() {
    tracker.update(presence("a", "1", 3));
    tracker.forget(new PresenceId("a", "1"));
    assertThat(tracker.isEmpty()).isTrue();
    assertThat(tracker.update(presence("a", "1", 3))).isEqualTo(Outcome.CHANGED);
  }

  @Test
  void removeAll_ofAClient_leavesTheOthers() {
    tracker.update(presence("a", "1", 3));
    tracker.update(presence("a", "2", 0));
    tracker.update(presence("b", "3", 0));
    assertThat(tracker.removeAll("a", T0))
        .containsExactly(presence("a", "1", 3), presence("a", "2", 0));
    assertThat(tracker.of("b")).hasSize(1);
    assertThat(tracker.of("a")).isEmpty();
    assertThat(tracker.update(presence("a", "1", 3))).isEqualTo(Outcome.OUTDATED);
    assertThat(tracker.update(presence("a", "1", 4))).isEqualTo(Outcome.CHANGED);
  }

  @Property
  void updates_inAnyOrder_theNewestCounts(@ForAll long seed) {
    Random random = new Random(seed);
    long newest = random.nextInt(12);
    boolean ends = random.nextBoolean();
    PresenceTracker shuffled = new PresenceTracker(Duration.ofMinutes(1));
    List<Presence> all = new ArrayList<>();
    for (long version = 0; version <= newest; version++) {
      all.add(presence("a", "1", version));
    }
    List<Long> order = new ArrayList<>();
    for (long version = 0; version <= newest + (ends ? 1 : 0); version++) {
      order.add(version);
    }
    order.addAll(order.subList(0, random.nextInt(order.size() + 1)));
    Collections.shuffle(order, random);
    for (long version : order) {
      if (version > newest) {
        shuffled.remove(new PresenceId("a", "1"), version, T0);
      } else {
        shuffled.update(all.get((int) version));
      }
    }
    if (ends) {
      assertThat(shuffled.isEmpty()).as("seed %d", seed).isTrue();
    } else {
      assertThat(shuffled.all()).as("seed %d", seed).containsExactly(presence("a", "1", newest));
    }
  }

  @Test
  void status_byQuiet_goesFromActiveOverIdleToAway() {
    Presence presence = presence("a", "1", 0);
    Duration idle = Duration.ofMinutes(1);
    Duration away = Duration.ofMinutes(5);
    assertThat(presence.status(T0.plusSeconds(59), idle, away)).isEqualTo(Status.ACTIVE);
    assertThat(presence.status(T0.plusSeconds(60), idle, away)).isEqualTo(Status.IDLE);
    assertThat(presence.status(T0.plusSeconds(299), idle, away)).isEqualTo(Status.IDLE);
    assertThat(presence.status(T0.plusSeconds(300), idle, away)).isEqualTo(Status.AWAY);
    assertThat(presence.away(true).status(T0, idle, away)).isEqualTo(Status.AWAY);
    assertThat(presence.active(T0.plusSeconds(300)).status(T0.plusSeconds(300), idle, away))
        .isEqualTo(Status.ACTIVE);
  }

  @Test
  void presence_ofNothing_isRefused() {
    assertThatThrownBy(() -> Presence.of(new PresenceId("a", "1"), 0, JsonValue.NULL, ANN, T0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> presence("a", "1", -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
