package dev.collab.client;

import dev.collab.operation.CollabException;

/**
 * Hears what happens to a client as a whole. Called on the client's executor, one call at a time,
 * in the order in which things happened. A listener that throws is logged and harms nothing.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @since 0.1
 */
public interface ClientListener {

  /**
   * The client has another status.
   *
   * @param status the status from now on
   */
  default void onStatus(ClientStatus status) {}

  /**
   * Something failed that concerns no single document: a connection could not be opened, the server
   * broke the protocol or did not answer in time. The client goes on by itself unless its status
   * says otherwise; no edit is lost.
   *
   * @param error what failed
   */
  default void onError(CollabException error) {}
}
