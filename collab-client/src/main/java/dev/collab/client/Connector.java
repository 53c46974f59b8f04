package dev.collab.client;

import dev.collab.operation.CollabException;
import dev.collab.protocol.HandshakeReply;
import dev.collab.protocol.ServerMessage;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a client connected: opens one session after the other, waiting longer the more of them fail
 * in a row.
 *
 * <p>Confined: callers must serialise calls; {@link #status} may be called by anybody.
 */
final class Connector implements Session.Owner {

  /** A connection that has lasted as long clears the count of failures. */
  private static final Duration LASTING = Duration.ofSeconds(5);

  private final Transport transport;
  private final Settings settings;
  private final Author author;
  private final Channels channels;
  private final List<ClientListener> listeners;
  private @Nullable Session session;
  private int failures;
  private int attempts;
  private volatile ClientStatus status = ClientStatus.DISCONNECTED;

  Connector(
      Transport transport,
      Settings settings,
      Author author,
      Channels channels,
      List<ClientListener> listeners) {
    this.transport = transport;
    this.settings = settings;
    this.author = author;
    this.channels = channels;
    this.listeners = listeners;
  }

  ClientStatus status() {
    return status;
  }

  void connect() {
    if (status == ClientStatus.DISCONNECTED) {
      failures = 0;
      become(ClientStatus.CONNECTING);
      open();
    }
  }

  void disconnect() {
    if (status != ClientStatus.CLOSED) {
      leave(ClientStatus.DISCONNECTED);
    }
  }

  void close() {
    if (status != ClientStatus.CLOSED) {
      leave(ClientStatus.CLOSED);
    }
  }

  private void leave(ClientStatus next) {
    Session left = session;
    session = null;
    attempts++;
    if (left != null) {
      left.close(CloseReason.NORMAL);
      channels.disconnected();
    }
    become(next);
  }

  private void open() {
    Session opening = new Session(settings, this);
    session = opening;
    opening.open(transport, author.secret());
  }

  @Override
  public void ready(Session ready, HandshakeReply reply) {
    author.rename(reply.id(), reply.user());
    become(ClientStatus.CONNECTED);
    settings
        .confinement()
        .later(
            LASTING,
            () -> {
              if (session == ready) {
                failures = 0;
              }
            });
    channels.connected(ready);
  }

  @Override
  public void received(Session from, ServerMessage message) {
    channels.received(message);
  }

  @Override
  public long oldestUnanswered() {
    return channels.oldestUnanswered();
  }

  @Override
  public void failed(CollabException error) {
    report(error);
  }

  @Override
  public void inDoubt() {
    channels.rooms().distrust(); // documents have checksums
  }

  @Override
  public void ended(Session ended, boolean retryable, Optional<CollabException> error) {
    if (session != ended) {
      return;
    }
    session = null;
    failures++;
    error.ifPresent(this::report);
    channels.disconnected();
    Optional<Duration> delay =
        retryable ? settings.policy().delay(failures, settings.random()) : Optional.empty();
    if (delay.isEmpty()) {
      become(ClientStatus.DISCONNECTED);
      return;
    }
    become(ClientStatus.CONNECTING);
    int attempt = ++attempts;
    settings
        .confinement()
        .later(
            delay.get(),
            () -> {
              if (attempt == attempts && session == null && status == ClientStatus.CONNECTING) {
                open();
              }
            });
  }

  private void report(CollabException error) {
    settings.confinement().notifier().tell(listeners, listener -> listener.onError(error));
  }

  private void become(ClientStatus next) {
    if (status != next) {
      status = next;
      settings.confinement().notifier().tell(listeners, listener -> listener.onStatus(next));
    }
  }
}
