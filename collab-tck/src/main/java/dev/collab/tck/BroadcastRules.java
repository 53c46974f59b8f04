package dev.collab.tck;

import static dev.collab.tck.Awaiting.await;
import static dev.collab.tck.Awaiting.next;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.Broadcasts;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Coordinator;
import dev.collab.coordinator.Subscription;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** An undisturbed coordinator delivers; the kit relies on it where nothing fails. */
abstract class BroadcastRules extends CoordinatorRules {

  private record Message(long sequence, String payload) {}

  private final Broadcasts broadcasts;
  private final String topic = name("topic");

  BroadcastRules(CoordinatorContract contract) {
    super(contract);
    broadcasts = node.broadcasts();
  }

  @Test
  void required_C10_1_message_reachesEverybodyTheSenderIncluded() {
    BlockingQueue<Message> own = listen(node, topic);
    BlockingQueue<Message> others = listen(contract.node(), topic);
    publish(topic, "hello");
    assertThat(next(own).payload()).isEqualTo("hello");
    assertThat(next(others).payload()).isEqualTo("hello");
  }

  @Test
  void required_C10_2_messages_arriveInOrderWithConsecutiveNumbers() {
    BlockingQueue<Message> heard = listen(node, topic);
    for (int i = 0; i < 100; i++) {
      publish(topic, "m" + i);
    }
    long first = next(heard).sequence();
    for (int i = 1; i < 100; i++) {
      assertThat(next(heard)).isEqualTo(new Message(first + i, "m" + i));
    }
  }

  @Test
  void required_C10_2_twoListeners_hearTheSameNumbers() {
    BlockingQueue<Message> first = listen(node, topic);
    BlockingQueue<Message> second = listen(contract.node(), topic);
    publish(topic, "x");
    publish(topic, "y");
    assertThat(next(first)).isEqualTo(next(second));
    assertThat(next(first)).isEqualTo(next(second));
  }

  @Test
  void required_C10_3_listenerThatReturns_noticesWhatItMissed() {
    var heard = new LinkedBlockingQueue<Message>();
    Subscription subscription = subscribe(node, topic, heard);
    publish(topic, "heard");
    long last = next(heard).sequence();
    subscription.close();
    publish(topic, "missed");
    subscribe(node, topic, heard);
    publish(topic, "again");
    Message again = next(heard);
    assertThat(again.payload()).isEqualTo("again");
    assertThat(again.sequence()).isGreaterThan(last + 1);
  }

  @Test
  void required_C10_3_numbersOfATopic_areNeverUsedAgain() {
    var heard = new LinkedBlockingQueue<Message>();
    long last = Long.MIN_VALUE;
    for (int round = 0; round < 5; round++) {
      Subscription subscription = subscribe(node, topic, heard);
      publish(topic, "round");
      long sequence = next(heard).sequence();
      assertThat(sequence).isGreaterThan(last);
      last = sequence;
      subscription.close();
    }
  }

  @Test
  void required_C10_4_topics_doNotTouchEachOther() {
    BlockingQueue<Message> heard = listen(node, topic);
    publish(name("other"), "not for us");
    publish(topic, "for us");
    assertThat(next(heard).payload()).isEqualTo("for us");
  }

  @Test
  void required_C10_5_publish_toNobody_completes() {
    publish(topic, "into the void");
  }

  @Test
  void required_C10_6_closedSubscription_hearsNothingMore() {
    var unwanted = new LinkedBlockingQueue<Message>();
    Subscription closed = subscribe(node, topic, unwanted);
    closed.close();
    closed.close();
    BlockingQueue<Message> heard = listen(node, topic);
    publish(topic, "x");
    next(heard);
    assertThat(unwanted).isEmpty();
  }

  @Test
  void required_C10_7_listenerThatThrows_hearsTheNextMessage() {
    var heard = new LinkedBlockingQueue<String>();
    await(
        broadcasts.subscribe(
            topic,
            (sequence, payload) -> {
              heard.add(payload.toUtf8());
              throw new IllegalStateException("a listener of the kit fails on purpose");
            }));
    publish(topic, "x");
    publish(topic, "y");
    assertThat(next(heard)).isEqualTo("x");
    assertThat(next(heard)).isEqualTo("y");
  }

  @Test
  void required_C10_8_listener_mayPublish() {
    var heard = new LinkedBlockingQueue<String>();
    await(
        broadcasts.subscribe(
            topic,
            (sequence, payload) -> {
              heard.add(payload.toUtf8());
              if (payload.length() < 5) {
                broadcasts.publish(topic, Bytes.ofUtf8(payload.toUtf8() + "x"));
              }
            }));
    publish(topic, "x");
    for (String expected : new String[] {"x", "xx", "xxx", "xxxx", "xxxxx"}) {
      assertThat(next(heard)).isEqualTo(expected);
    }
  }

  private void publish(String name, String payload) {
    await(broadcasts.publish(name, Bytes.ofUtf8(payload)));
  }

  private static BlockingQueue<Message> listen(Coordinator node, String topic) {
    var heard = new LinkedBlockingQueue<Message>();
    subscribe(node, topic, heard);
    return heard;
  }

  private static Subscription subscribe(
      Coordinator node, String topic, BlockingQueue<Message> heard) {
    return await(
        node.broadcasts()
            .subscribe(
                topic, (sequence, payload) -> heard.add(new Message(sequence, payload.toUtf8()))));
  }
}
