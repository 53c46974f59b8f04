package dev.collab.server.session;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The text of one message. It may wait in the outboxes of many connections and is in memory once;
 * it knows in how many, so that it is counted once.
 *
 * <p>Thread-safe.
 */
public final class Frame {

  private final String text;
  private final AtomicInteger holders = new AtomicInteger();

  private Frame(String text) {
    this.text = text;
  }

  public static Frame of(String text) {
    return new Frame(text);
  }

  /** Returns the message as it goes over the wire. */
  public String text() {
    return text;
  }

  int length() {
    return text.length();
  }

  /** One more outbox holds it; tells whether it is the first. */
  boolean hold() {
    return holders.getAndIncrement() == 0;
  }

  /** An outbox no longer holds it; tells whether it was the last. */
  boolean release() {
    return holders.decrementAndGet() == 0;
  }
}
