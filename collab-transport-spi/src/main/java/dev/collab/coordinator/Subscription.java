package dev.collab.coordinator;

/**
 * Something that is listened to until it is closed.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface Subscription extends AutoCloseable {

  /** Ends it. A call of the listener that is under way may still finish. Closing twice is fine. */
  @Override
  void close();
}
