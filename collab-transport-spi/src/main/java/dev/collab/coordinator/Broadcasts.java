package dev.collab.coordinator;

import java.util.concurrent.CompletionStage;

/**
 * Best-effort messages on topics. Each topic numbers its messages, so that a receiver notices a
 * gap. Messages may be lost; those that arrive are in the order of their numbers.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface Broadcasts {

  /**
   * Sends a message to everybody who listens to a topic, the sender's own listeners included.
   *
   * @param topic the topic
   * @param payload the message
   * @return completes when it was handed on; arrival is not guaranteed
   */
  CompletionStage<Void> publish(String topic, Bytes payload);

  /**
   * Listens to a topic.
   *
   * @param topic the topic
   * @param listener is called serially, on a thread of the coordinator
   * @return completes when later messages will arrive; closing it ends them
   */
  CompletionStage<Subscription> subscribe(String topic, MessageListener listener);

  /** Is told of messages. */
  @FunctionalInterface
  interface MessageListener {

    /**
     * A message has arrived.
     *
     * @param sequence its number on the topic; one that does not follow the one before tells of a
     *     gap
     * @param payload the message
     */
    void onMessage(long sequence, Bytes payload);
  }
}
