package dev.collab.coordinator;

import static java.util.Objects.requireNonNull;

import dev.collab.transport.SerialExecutor;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * The topics of a {@link HostileCoordinator}: messages are lost or late, but remain in order.
 *
 * <p>Thread-safe.
 */
final class HostileBroadcasts implements Broadcasts {

  private final Broadcasts target;
  private final Faults faults;

  HostileBroadcasts(Broadcasts target, Faults faults) {
    this.target = target;
    this.faults = faults;
  }

  @Override
  public CompletionStage<Void> publish(String topic, Bytes payload) {
    requireNonNull(topic, "topic");
    requireNonNull(payload, "payload");
    return faults.write(() -> target.publish(topic, payload));
  }

  @Override
  public CompletionStage<Subscription> subscribe(String topic, MessageListener listener) {
    requireNonNull(topic, "topic");
    requireNonNull(listener, "listener");
    return faults.read(
        () -> {
          var messages = new Messages(listener);
          return target
              .subscribe(topic, messages)
              .thenApply(
                  subscription ->
                      () -> {
                        messages.ended = true;
                        subscription.close();
                      });
        });
  }

  /** Passes messages on: each has a time at which the oldest that waits is delivered. */
  private final class Messages implements MessageListener {

    private record Message(long sequence, Bytes payload) {}

    private final MessageListener listener;
    private final Executor serial = SerialExecutor.on(Runnable::run);
    private final Queue<Message> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    Messages(MessageListener listener) {
      this.listener = listener;
    }

    @Override
    public void onMessage(long sequence, Bytes payload) {
      HostileCoordinator.Builder settings = faults.settings();
      if (faults.happens(settings.lostAnnouncements)) {
        return;
      }
      waiting.add(new Message(sequence, payload));
      Duration delay = faults.happens(settings.lateAnnouncements) ? faults.delay(1) : Duration.ZERO;
      faults.after(delay, () -> serial.execute(this::deliverOldest));
    }

    private void deliverOldest() {
      Message message = waiting.poll();
      if (message != null && !ended) {
        listener.onMessage(message.sequence(), message.payload());
      }
    }
  }
}
