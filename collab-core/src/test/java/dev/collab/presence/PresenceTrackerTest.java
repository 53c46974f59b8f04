package dev.collab.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.presence.PresenceTracker.Shown;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Which presences are shown, whatever is told in whatever order. */
class PresenceTrackerTest {

  private static final Instant T0 = Instant.EPOCH;
  private static final User ANN = User.of("ann", "Ann");

  private final PresenceTracker<String> tracker = tracker();

  private static PresenceTracker<String> tracker() {
    return new PresenceTracker<>(Duration.ofMinutes(1));
  }

  private static PresenceId id(String source, String id) {
    return new PresenceId(source, id);
  }

  /** What a server tells of a connection that was opened so many seconds after the beginning. */
  private static Showing by(String holder, int opened, long number) {
    return new Showing(holder, T0.plusSeconds(opened), number);
  }

  private Optional<String> seen(String id) {
    return tracker.find(id).map(Shown::presence);
  }

  @Test
  void update_newerWord_replaces() {
    assertThat(tracker.update(id("a", "1"), by("s", 0, 1), "one")).isTrue();
    assertThat(tracker.update(id("a", "1"), by("s", 0, 2), "two")).isTrue();
    assertThat(seen("1")).contains("two");
    assertThat(tracker.size()).isEqualTo(1);
  }

  @Test
  void update_olderWordOrTheSame_changesNothing() {
    tracker.update(id("a", "1"), by("s", 0, 2), "two");
    assertThat(tracker.update(id("a", "1"), by("s", 0, 1), "one")).isFalse();
    assertThat(tracker.update(id("a", "1"), by("s", 0, 2), "two again")).isFalse();
    assertThat(seen("1")).contains("two");
  }

  @Test
  void remove_thenLateUpdate_staysGone() {
    tracker.update(id("a", "1"), by("s", 0, 1), "one");
    assertThat(tracker.remove(id("a", "1"), by("s", 0, 3), T0)).isTrue();
    assertThat(tracker.update(id("a", "1"), by("s", 0, 2), "two")).isFalse();
    assertThat(tracker.update(id("a", "1"), by("s", 0, 3), "three")).isFalse();
    assertThat(seen("1")).isEmpty();
    assertThat(tracker.size()).isZero();
  }

  @Test
  void remove_thenShownAgain_isShown() {
    tracker.update(id("a", "1"), by("s", 0, 1), "one");
    tracker.remove(id("a", "1"), by("s", 0, 2), T0);
    assertThat(tracker.update(id("a", "1"), by("s", 0, 3), "again")).isTrue();
    assertThat(seen("1")).contains("again");
  }

  @Test
  void remove_thatComesAfterWhatWasShownAgain_changesNothing() {
    tracker.update(id("a", "1"), by("s", 0, 3), "again");
    assertThat(tracker.remove(id("a", "1"), by("s", 0, 2), T0)).isFalse();
    assertThat(seen("1")).contains("again");
  }

  @Test
  void remove_ofTheSameWord_countsMore() {
    tracker.update(id("a", "1"), by("s", 0, 1), "one");
    assertThat(tracker.remove(id("a", "1"), by("s", 0, 1), T0)).isTrue();
    assertThat(seen("1")).isEmpty();
  }

  @Test
  void remove_longAgo_isForgottenWhenOthersLeave() {
    tracker.remove(id("a", "1"), by("s", 0, 2), T0);
    tracker.remove(id("b", "2"), by("s", 0, 3), T0.plusSeconds(61));
    assertThat(tracker.update(id("a", "1"), by("s", 0, 1), "one")).isTrue();
  }

  @Test
  void forget_thenTheSameWord_isShownAgain() {
    tracker.update(id("a", "1"), by("s", 0, 1), "one");
    tracker.forget(id("a", "1"), "s");
    assertThat(seen("1")).isEmpty();
    assertThat(tracker.update(id("a", "1"), by("s", 0, 1), "one")).isTrue();
  }

  @Test
  void replaceAll_keepsWhatIsNewer() {
    tracker.update(id("a", "1"), by("s", 0, 2), "two");
    tracker.replaceAll(value -> value + ", moved");
    assertThat(seen("1")).contains("two, moved");
    assertThat(tracker.update(id("a", "1"), by("s", 0, 1), "one")).isFalse();
  }

  // One client, two servers.

  @Test
  void update_throughAYoungerConnection_isSeen_andItsEndShowsTheOther() {
    tracker.update(id("a", "1"), by("s", 0, 90), "dead");
    tracker.update(id("a", "1"), by("t", 5, 1), "live");
    assertThat(seen("1")).contains("live");
    tracker.update(id("a", "1"), by("s", 0, 91), "late");
    assertThat(seen("1")).contains("live");
    assertThat(tracker.told()).hasSize(2);
    tracker.remove(id("a", "1"), by("t", 5, 2), T0);
    assertThat(seen("1")).contains("late");
  }

  @Test
  void remove_throughADeadConnection_doesNotHideTheLiveOne() {
    tracker.update(id("a", "1"), by("s", 0, 90), "dead");
    tracker.update(id("a", "1"), by("t", 5, 1), "live");
    tracker.remove(id("a", "1"), by("s", 0, 91), T0);
    assertThat(seen("1")).contains("live");
    assertThat(tracker.find(id("a", "1"), "s")).isEmpty();
    assertThat(tracker.find(id("a", "1"), "t")).map(Shown::presence).contains("live");
  }

  // Two clients, one id.

  @Test
  void update_ofAnIdThatAnotherClientShows_isSeenWhenThatIsGone() {
    tracker.update(id("b", "1"), by("t", 5, 1), "younger");
    tracker.update(id("a", "1"), by("s", 0, 1), "older");
    assertThat(tracker.find("1")).map(Shown::id).contains(id("a", "1"));
    assertThat(tracker.all()).hasSize(1);
    tracker.remove(id("a", "1"), by("s", 0, 2), T0);
    assertThat(tracker.find("1")).map(Shown::id).contains(id("b", "1"));
  }

  /** One word of a server; what is shown is named by its number. */
  private record Word(PresenceId id, Showing showing, boolean ends) {

    void tell(PresenceTracker<String> tracker) {
      if (ends) {
        tracker.remove(id, showing, T0);
      } else {
        tracker.update(id, showing, showing.holder() + showing.number());
      }
    }
  }

  /**
   * A client shows, removes and shows again on one server, moves to another one and does the same
   * there, while the first notices late that it has gone. Whatever order the words come in, and if
   * some of them come twice, what is known at the end is what each server said last.
   */
  @Test
  void words_inEveryOrderAndTwice_comeToTheSame() {
    List<Word> words =
        List.of(
            new Word(id("a", "1"), by("s", 0, 1), false),
            new Word(id("a", "1"), by("s", 0, 2), true),
            new Word(id("a", "1"), by("s", 0, 3), false),
            new Word(id("a", "1"), by("t", 9, 1), false),
            new Word(id("a", "1"), by("t", 9, 2), true),
            new Word(id("a", "1"), by("t", 9, 3), false),
            new Word(id("a", "1"), by("s", 0, 4), true));
    // after the fifth, the first server takes the client for connected still
    List<String> truths = List.of("s1", "", "s3", "t1", "s3", "t3", "t3");
    for (int length = 1; length <= words.size(); length++) {
      String expected = truths.get(length - 1);
      List<Word> said = words.subList(0, length);
      int[] orders = {0};
      permute(
          new ArrayList<>(said),
          0,
          order -> {
            orders[0]++;
            for (int twice = 0; twice < order.size(); twice++) {
              PresenceTracker<String> any = tracker();
              order.forEach(word -> word.tell(any));
              order.get(twice).tell(any);
              assertThat(any.find("1").map(Shown::presence).orElse(""))
                  .as("%s, then %d again", order, twice)
                  .isEqualTo(expected);
            }
          });
      assertThat(orders[0]).isEqualTo(factorial(length));
    }
  }

  private static int factorial(int n) {
    return n <= 1 ? 1 : n * factorial(n - 1);
  }

  private interface Order {

    void take(List<Word> order);
  }

  private static void permute(List<Word> words, int from, Order each) {
    if (from == words.size()) {
      each.take(words);
      return;
    }
    for (int i = from; i < words.size(); i++) {
      Collections.swap(words, from, i);
      permute(words, from + 1, each);
      Collections.swap(words, from, i);
    }
  }

  /** Trackers that have heard the same know the same, of whatever clients, servers and ids. */
  @Property
  void words_ofManyServers_inAnyOrder_comeToTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    List<Word> words = new ArrayList<>();
    for (String holder : List.of("s", "t", "u")) {
      for (long number = 1; number <= 6; number++) {
        int client = random.nextInt(2);
        words.add(
            new Word(
                id("c" + client, "" + random.nextInt(2)),
                by(holder, client * 10 + holder.charAt(0) % 5, number),
                random.nextInt(3) == 0));
      }
    }
    PresenceTracker<String> inOrder = tracker();
    words.forEach(word -> word.tell(inOrder));
    List<Word> shuffled = new ArrayList<>(words);
    shuffled.addAll(words.subList(0, random.nextInt(words.size())));
    Collections.shuffle(shuffled, random);
    PresenceTracker<String> any = tracker();
    shuffled.forEach(word -> word.tell(any));
    assertThat(any.all()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(inOrder.all());
    assertThat(any.told()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(inOrder.told());
  }

  // What is shown.

  private static Presence presence(long version) {
    return Presence.of(id("a", "1"), version, JsonValue.of("v" + version), ANN, T0);
  }

  @Test
  void status_byQuiet_goesFromActiveOverIdleToAway() {
    Presence presence = presence(0);
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
    assertThatThrownBy(() -> Presence.of(id("a", "1"), 0, JsonValue.NULL, ANN, T0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> presence(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> by("s", 0, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
