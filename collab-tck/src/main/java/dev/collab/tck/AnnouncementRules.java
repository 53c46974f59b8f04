package dev.collab.tck;

import static dev.collab.tck.Awaiting.await;
import static dev.collab.tck.Awaiting.next;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.Subscription;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** An undisturbed coordinator announces; the kit relies on it where nothing fails. */
abstract class AnnouncementRules extends CoordinatorRules {

  private record Heard(LogHead head, List<LogEntry> entries) {}

  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

  AnnouncementRules(CoordinatorContract contract) {
    super(contract);
  }

  @Test
  void required_C6_1_append_afterSubscribing_isAnnounced() {
    String key = logOf(1);
    subscribe(node, key);
    commit(key, head("a", 1), entries("a", 2, 3));
    assertThat(next(heard).head()).isEqualTo(head("a", 3));
  }

  @Test
  void required_C6_1_append_onAnotherNode_isAnnounced() {
    String key = logOf(0);
    subscribe(contract.node(), key);
    commit(key, START, entries("a", 1, 1));
    assertThat(next(heard).head()).isEqualTo(head("a", 1));
  }

  @Test
  void required_C6_2_entriesOfAnAnnouncement_endAtItsHead() {
    String key = logOf(1);
    subscribe(node, key);
    commit(key, head("a", 1), entries("a", 2, 6));
    List<LogEntry> entries = next(heard).entries();
    assertThat(entries).isEqualTo(entries("a", 7 - entries.size(), 6));
  }

  @Test
  void required_C6_3_announcedHead_canBeReadAtOnce() {
    String key = logOf(0);
    subscribe(contract.node(), key);
    for (int revision = 1; revision <= 20; revision++) {
      commit(key, head("a", revision - 1), entries("a", revision, revision));
    }
    long newest = 0;
    while (newest < 20) {
      newest = next(heard).head().revision();
      assertThat(headOf(key).revision()).isGreaterThanOrEqualTo(newest);
      assertThat(read(key, newest - 1).get(0)).isEqualTo(entry("a", newest));
    }
  }

  @Test
  void required_C6_4_subscription_mayComeBeforeItsLog() {
    String key = name("later");
    subscribe(node, key);
    await(logs.create(key, START));
    commit(key, START, entries("a", 1, 1));
    Heard announcement = next(heard);
    while (announcement.head().revision() < 1) {
      announcement = next(heard);
    }
    assertThat(announcement.head()).isEqualTo(head("a", 1));
  }

  @Test
  void required_C6_5_closedSubscription_hearsNothingMore() {
    String key = logOf(0);
    var unwanted = new LinkedBlockingQueue<LogHead>();
    Subscription closed = await(logs.subscribe(key, (head, entries) -> unwanted.add(head)));
    closed.close();
    closed.close();
    subscribe(node, key);
    commit(key, START, entries("a", 1, 1));
    next(heard);
    assertThat(unwanted).isEmpty();
  }

  @Test
  void required_C6_6_listenerOfOneLog_hearsNothingOfAnother() {
    String key = logOf(0);
    String other = name("other");
    await(logs.create(other, START));
    subscribe(node, key);
    commit(other, START, entries("b", 1, 5));
    commit(key, START, entries("a", 1, 1));
    assertThat(next(heard).head()).isEqualTo(head("a", 1));
  }

  @Test
  void required_C6_7_listenerThatThrows_hearsTheNextHead() {
    String key = logOf(0);
    await(
        logs.subscribe(
            key,
            (head, entries) -> {
              heard.add(new Heard(head, entries));
              throw new IllegalStateException("a listener of the kit fails on purpose");
            }));
    commit(key, START, entries("a", 1, 1));
    assertThat(next(heard).head()).isEqualTo(head("a", 1));
    commit(key, head("a", 1), entries("a", 2, 2));
    assertThat(next(heard).head()).isEqualTo(head("a", 2));
  }

  @Test
  void required_C6_8_listener_isCalledSerially() {
    String key = logOf(0);
    var inside = new AtomicInteger();
    var overlapped = new AtomicBoolean();
    var last = new CompletableFuture<Void>();
    await(
        logs.subscribe(
            key,
            (head, entries) -> {
              if (inside.incrementAndGet() > 1) {
                overlapped.set(true);
              }
              LockSupport.parkNanos(1000);
              inside.decrementAndGet();
              if (head.revision() == 200) {
                last.complete(null);
              }
            }));
    for (int revision = 1; revision <= 200; revision++) {
      commit(key, head("a", revision - 1), entries("a", revision, revision));
    }
    await(last);
    assertThat(overlapped).isFalse();
  }

  @Test
  void required_C6_9_listener_mayCallTheCoordinator() {
    String key = logOf(0);
    var second = new CompletableFuture<LogHead>();
    await(
        logs.subscribe(
            key,
            (head, entries) -> {
              if (head.revision() == 1) {
                logs.append(key, head, entries("a", 2, 2));
              } else {
                second.complete(head);
              }
            }));
    commit(key, START, entries("a", 1, 1));
    assertThat(await(second)).isEqualTo(head("a", 2));
  }

  @Test
  void required_C6_10_slowListener_holdsUpNobodyAndHearsTheNewestHead() throws Exception {
    String key = logOf(0);
    var entered = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var newest = new CompletableFuture<Void>();
    await(
        logs.subscribe(
            key,
            (head, entries) -> {
              entered.countDown();
              awaitQuietly(release);
              if (head.revision() == 100) {
                newest.complete(null);
              }
            }));
    subscribe(node, key);
    commit(key, START, entries("a", 1, 1));
    assertThat(entered.await(Awaiting.SECONDS, TimeUnit.SECONDS)).isTrue();
    for (int revision = 2; revision <= 100; revision++) {
      commit(key, head("a", revision - 1), entries("a", revision, revision));
    }
    Heard other = next(heard);
    while (other.head().revision() < 100) {
      other = next(heard);
    }
    release.countDown();
    await(newest);
  }

  private void subscribe(Coordinator subscriber, String key) {
    await(subscriber.logs().subscribe(key, (head, entries) -> heard.add(new Heard(head, entries))));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(Awaiting.SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the test did not go on");
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
