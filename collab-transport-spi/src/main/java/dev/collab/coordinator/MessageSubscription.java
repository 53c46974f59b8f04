package dev.collab.coordinator;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tells one listener of messages, in order. When too many wait, the oldest is dropped; the numbers
 * show the gap.
 *
 * <p>Thread-safe.
 */
final class MessageSubscription {

  private record Message(long sequence, Bytes payload) {}

  private final Broadcasts.MessageListener listener;
  private final Executor serial;
  private final int limit;
  private final Object lock = new Object();
  private final Queue<Message> waiting = new ArrayDeque<>();
  private boolean woken;
  private boolean ended;

  MessageSubscription(Broadcasts.MessageListener listener, Executor serial, int limit) {
    this.listener = listener;
    this.serial = serial;
    this.limit = limit;
  }

  /** Leaves a message without calling anybody. */
  void leave(long sequence, Bytes payload) {
    synchronized (lock) {
      if (ended) {
        return;
      }
      if (waiting.size() == limit) {
        waiting.remove();
      }
      waiting.add(new Message(sequence, payload));
    }
  }

  /** Has the listener called if a message waits. */
  void wake() {
    synchronized (lock) {
      if (woken || waiting.isEmpty()) {
        return;
      }
      woken = true;
    }
    serial.execute(this::deliver);
  }

  void end() {
    synchronized (lock) {
      ended = true;
      waiting.clear();
    }
  }

  private void deliver() {
    Message message = next();
    if (message != null) {
      // Before the call, so that a listener that throws does not keep the rest from coming.
      serial.execute(this::deliver);
      listener.onMessage(message.sequence(), message.payload());
    }
  }

  private @Nullable Message next() {
    synchronized (lock) {
      Message message = waiting.poll();
      woken = message != null;
      return message;
    }
  }
}
