package dev.collab.coordinator;

/**
 * The three primitives that server nodes share. A coordinator never looks into the bytes it is
 * given.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface Coordinator extends AutoCloseable {

  /**
   * Returns the logs.
   *
   * @return always the same instance
   */
  Logs logs();

  /**
   * Returns the broadcast topics.
   *
   * @return always the same instance
   */
  Broadcasts broadcasts();

  /**
   * Returns the leases.
   *
   * @return always the same instance
   */
  Leases leases();

  /**
   * Releases everything. Subscriptions end, calls that are under way may fail, later ones fail with
   * a {@link CoordinatorException}. Closing twice does nothing.
   */
  @Override
  void close();
}
