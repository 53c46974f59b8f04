package dev.collab.server.observe;

/**
 * Is told of what happens in a server. Every method has an empty default, so that a listener says
 * only what it wants to hear of, and later versions can tell of more.
 *
 * <p>Events about one document, or about one connection, come one after the other in the order in
 * which they happened; events about different ones may come at the same time. A listener is called
 * on the threads of the server, its transports and its coordinator, and holds up the document or
 * connection that it is told about: whatever takes time or may block it hands to a thread of its
 * own. It may call the server. No lock is held meanwhile. What it throws is logged and disturbs
 * neither the server nor other listeners.
 *
 * <p>Events are values and hold no reference to the server; they may be kept. Their types may get
 * further parts; none of them holds the content of documents or chats.
 *
 * <p>Thread-safe: implementations are called from several threads at a time.
 *
 * @since 0.1
 */
public interface ServerListener {

  /**
   * A connection was taken over from a transport.
   *
   * @param connection its number and the principal that the transport knows
   */
  default void connectionOpened(ConnectionInfo connection) {}

  /**
   * A connection has shaken hands.
   *
   * @param connection who it is now, and in which dialect
   */
  default void connectionReady(ConnectionInfo connection) {}

  /**
   * A connection has ended. Told once for each that was opened.
   *
   * @param event which one, why, and how long it lasted
   */
  default void connectionClosed(ConnectionClosed event) {}

  /**
   * A document was loaded.
   *
   * @param event which one
   */
  default void documentLoaded(DocumentLoaded event) {}

  /**
   * A loaded document is served no longer.
   *
   * @param event which one
   */
  default void documentUnloaded(DocumentUnloaded event) {}

  /**
   * A document could not be loaded.
   *
   * @param event which one, and the code
   */
  default void documentLoadFailed(DocumentLoadFailed event) {}

  /**
   * A submission that came to this server was committed.
   *
   * @param event what was committed, and what that took
   */
  default void operationCommitted(OperationCommitted event) {}

  /**
   * A submission was refused.
   *
   * @param event whose, and the code
   */
  default void operationRejected(OperationRejected event) {}

  /**
   * A strategy found a conflict in a submission that came to this server and was committed. Told
   * once for each conflict, behind {@link #operationCommitted}.
   *
   * @param event who met whom, and the outcome
   */
  default void conflictSettled(ConflictSettled event) {}

  /**
   * A strategy failed, and the submission was committed without a correction.
   *
   * @param event where, and whose submission
   */
  default void strategyFailed(StrategyFailed event) {}

  /**
   * A client was told to resync.
   *
   * @param event who, and why
   */
  default void resync(Resync event) {}

  /**
   * A message was answered with an error, for whatever reason; refused operations and resyncs are
   * told here, too.
   *
   * @param event who sent it, and the code
   */
  default void messageRefused(MessageRefused event) {}

  /**
   * A connection does not keep up.
   *
   * @param event who, and what was done about it
   */
  default void slowConsumer(SlowConsumer event) {}

  /**
   * A connection went over a rate or a number that it is granted.
   *
   * @param event who, what of, and what was done about it
   */
  default void rateLimited(RateLimited event) {}

  /**
   * A presence was updated, taken back, or has expired.
   *
   * @param event whose, and where
   */
  default void presenceChanged(PresenceChanged event) {}

  /**
   * A chat event that came to this server was committed.
   *
   * @param event which kind, and where
   */
  default void chatCommitted(ChatCommitted event) {}

  /**
   * A call of the coordinator was answered.
   *
   * @param event which call, and how long it took
   */
  default void coordinatorAnswered(CoordinatorAnswered event) {}

  /**
   * A call of the coordinator failed.
   *
   * @param event which call
   */
  default void coordinatorFailed(CoordinatorFailed event) {}

  /**
   * A lease of this server has expired.
   *
   * @param event what it was for
   */
  default void leaseLost(LeaseLost event) {}

  /**
   * The history of a document was replaced.
   *
   * @param event which document, from which epoch to which
   */
  default void epochChanged(EpochChanged event) {}
}
