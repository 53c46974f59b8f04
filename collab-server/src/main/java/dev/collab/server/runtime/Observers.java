package dev.collab.server.runtime;

import dev.collab.server.observe.ChatCommitted;
import dev.collab.server.observe.ConflictSettled;
import dev.collab.server.observe.ConnectionClosed;
import dev.collab.server.observe.ConnectionInfo;
import dev.collab.server.observe.CoordinatorAnswered;
import dev.collab.server.observe.CoordinatorFailed;
import dev.collab.server.observe.DocumentLoadFailed;
import dev.collab.server.observe.DocumentLoaded;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.observe.EpochChanged;
import dev.collab.server.observe.LeaseLost;
import dev.collab.server.observe.MessageRefused;
import dev.collab.server.observe.OperationCommitted;
import dev.collab.server.observe.OperationRejected;
import dev.collab.server.observe.PresenceChanged;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.observe.Resync;
import dev.collab.server.observe.ServerListener;
import dev.collab.server.observe.SlowConsumer;
import dev.collab.server.observe.StrategyFailed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * All listeners of a server as one that never throws: what one of them throws is logged, and the
 * others are told all the same. Must not be called under a lock.
 *
 * <p>Thread-safe.
 */
public final class Observers implements ServerListener {

  private static final Logger LOGGER = System.getLogger(Observers.class.getName());

  private final List<ServerListener> listeners;

  /**
   * Joins listeners.
   *
   * @param listeners who is told, in this order
   */
  public Observers(List<ServerListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  /** Returns how long something took: never less than nothing, even if the clock was set back. */
  public static Duration since(Instant start, InstantSource clock) {
    Duration passed = Duration.between(start, clock.instant());
    return passed.isNegative() ? Duration.ZERO : passed;
  }

  private <E> void tell(BiConsumer<ServerListener, E> method, E event) {
    for (ServerListener listener : listeners) {
      try {
        method.accept(listener, event);
      } catch (RuntimeException | Error e) {
        LOGGER.log(Level.WARNING, "a listener of the server failed", e);
      }
    }
  }

  @Override
  public void connectionOpened(ConnectionInfo connection) {
    tell(ServerListener::connectionOpened, connection);
  }

  @Override
  public void connectionReady(ConnectionInfo connection) {
    tell(ServerListener::connectionReady, connection);
  }

  @Override
  public void connectionClosed(ConnectionClosed event) {
    tell(ServerListener::connectionClosed, event);
  }

  @Override
  public void documentLoaded(DocumentLoaded event) {
    tell(ServerListener::documentLoaded, event);
  }

  @Override
  public void documentUnloaded(DocumentUnloaded event) {
    tell(ServerListener::documentUnloaded, event);
  }

  @Override
  public void documentLoadFailed(DocumentLoadFailed event) {
    tell(ServerListener::documentLoadFailed, event);
  }

  @Override
  public void operationCommitted(OperationCommitted event) {
    tell(ServerListener::operationCommitted, event);
  }

  @Override
  public void operationRejected(OperationRejected event) {
    tell(ServerListener::operationRejected, event);
  }

  @Override
  public void conflictSettled(ConflictSettled event) {
    tell(ServerListener::conflictSettled, event);
  }

  @Override
  public void strategyFailed(StrategyFailed event) {
    tell(ServerListener::strategyFailed, event);
  }

  @Override
  public void resync(Resync event) {
    tell(ServerListener::resync, event);
  }

  @Override
  public void messageRefused(MessageRefused event) {
    tell(ServerListener::messageRefused, event);
  }

  @Override
  public void slowConsumer(SlowConsumer event) {
    tell(ServerListener::slowConsumer, event);
  }

  @Override
  public void rateLimited(RateLimited event) {
    tell(ServerListener::rateLimited, event);
  }

  @Override
  public void presenceChanged(PresenceChanged event) {
    tell(ServerListener::presenceChanged, event);
  }

  @Override
  public void chatCommitted(ChatCommitted event) {
    tell(ServerListener::chatCommitted, event);
  }

  @Override
  public void coordinatorAnswered(CoordinatorAnswered event) {
    tell(ServerListener::coordinatorAnswered, event);
  }

  @Override
  public void coordinatorFailed(CoordinatorFailed event) {
    tell(ServerListener::coordinatorFailed, event);
  }

  @Override
  public void leaseLost(LeaseLost event) {
    tell(ServerListener::leaseLost, event);
  }

  @Override
  public void epochChanged(EpochChanged event) {
    tell(ServerListener::epochChanged, event);
  }
}
