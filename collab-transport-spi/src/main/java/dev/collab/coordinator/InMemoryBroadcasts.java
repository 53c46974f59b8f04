package dev.collab.coordinator;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The topics of an {@link InMemoryCoordinator}. A topic exists while somebody listens. A new one
 * begins to count above every number that a forgotten one has given, so that a listener who leaves
 * and returns notices a gap.
 *
 * <p>Thread-safe.
 */
final class InMemoryBroadcasts implements Broadcasts {

  private static final class Topic {
    private long sequence;
    private List<MessageSubscription> subscriptions = List.of();
  }

  private final InMemoryCoordinator coordinator;
  private final int messageLimit;
  private final Object lock = new Object();
  private final Map<String, Topic> topics = new HashMap<>();
  private long forgottenSequence;

  InMemoryBroadcasts(InMemoryCoordinator coordinator, int messageLimit) {
    this.coordinator = coordinator;
    this.messageLimit = messageLimit;
  }

  @Override
  public CompletionStage<Void> publish(String topic, Bytes payload) {
    requireNonNull(topic, "topic");
    requireNonNull(payload, "payload");
    return coordinator.answer(
        () -> {
          leave(topic, payload).forEach(MessageSubscription::wake);
          return null;
        });
  }

  @Override
  public CompletionStage<Subscription> subscribe(String topic, MessageListener listener) {
    requireNonNull(topic, "topic");
    requireNonNull(listener, "listener");
    return coordinator.answer(
        () -> {
          var subscription = new MessageSubscription(listener, coordinator.serial(), messageLimit);
          synchronized (lock) {
            Topic existing = topics.computeIfAbsent(topic, absent -> newTopic());
            var all = new ArrayList<>(existing.subscriptions);
            all.add(subscription);
            existing.subscriptions = List.copyOf(all);
          }
          return () -> unsubscribe(topic, subscription);
        });
  }

  void clear() {
    synchronized (lock) {
      topics.values().forEach(each -> each.subscriptions.forEach(MessageSubscription::end));
      topics.clear();
    }
  }

  private Topic newTopic() {
    Topic topic = new Topic();
    topic.sequence = forgottenSequence + 1;
    return topic;
  }

  private List<MessageSubscription> leave(String name, Bytes payload) {
    synchronized (lock) {
      @Nullable Topic topic = topics.get(name);
      if (topic == null) {
        return List.of();
      }
      topic.sequence++;
      topic.subscriptions.forEach(each -> each.leave(topic.sequence, payload));
      return topic.subscriptions;
    }
  }

  private void unsubscribe(String name, MessageSubscription subscription) {
    subscription.end();
    synchronized (lock) {
      @Nullable Topic topic = topics.get(name);
      if (topic == null) {
        return;
      }
      topic.subscriptions =
          topic.subscriptions.stream().filter(each -> each != subscription).toList();
      if (topic.subscriptions.isEmpty()) {
        topics.remove(name);
        forgottenSequence = Math.max(forgottenSequence, topic.sequence);
      }
    }
  }
}
