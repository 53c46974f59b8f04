package dev.collab.server.access;

/**
 * Narrows what clients hear of each other: presences, and who types in a chat room. A client is
 * told of what it subscribed to and may read, as far as this lets it through. Operations of
 * documents and events of chat rooms are not asked about: a client that lacks one has something
 * else than the others. Who must not see them must not read the document or room: {@link
 * AccessPolicy}.
 *
 * <p>A presence that a client was shown is withdrawn from it when the filter no longer lets it
 * through: at the presence's next update, or when it is shown again. Nobody is asked about what a
 * client shows itself.
 *
 * <p>Thread-safe: a server asks for many clients at once, on its own threads and for each client
 * that would be told. An answer must come at once, from memory, and must not block. If this throws,
 * nothing is delivered to that client, and the failure is logged.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface BroadcastFilter {

  /** Lets everything through. */
  BroadcastFilter ALL = (recipient, what) -> true;

  /**
   * Tells whether a client is told of something.
   *
   * @param recipient the client that would be told
   * @param what what it would be told of
   * @return whether it is
   */
  boolean delivers(Caller recipient, Broadcast what);
}
