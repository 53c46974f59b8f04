package dev.collab.transport;

import static java.util.Objects.requireNonNull;

import dev.collab.transport.internal.DaemonPool;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Joins clients to a server within one JVM, without a network and without copying frames.
 *
 * <p>Each end's events are delivered serially on the executor. A frame counts as queued at its
 * sender until the other end's listener is about to get it. Frames that were sent before a close
 * reach the other end; the end that closed gets no further frame.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class InMemoryTransport implements Transport {

  private final ConnectionHandler handler;
  private final Executor executor;
  private final PeerInfo client;
  private final int maxFrameLength;

  private InMemoryTransport(Builder builder) {
    handler = builder.handler;
    executor = builder.executor;
    client = builder.client;
    maxFrameLength = builder.maxFrameLength;
  }

  /**
   * Returns a transport with the defaults of {@link #builder}.
   *
   * @param handler takes the server's ends of the connections
   * @return the transport
   */
  public static InMemoryTransport to(ConnectionHandler handler) {
    return builder(handler).build();
  }

  /**
   * Begins a transport.
   *
   * @param handler takes the server's ends of the connections
   * @return a builder
   */
  public static Builder builder(ConnectionHandler handler) {
    return new Builder(handler);
  }

  @Override
  public CompletionStage<Connection> connect(ConnectionListener listener) {
    requireNonNull(listener, "listener");
    var opened = new CompletableFuture<Connection>();
    try {
      executor.execute(() -> open(listener, opened));
    } catch (RejectedExecutionException refused) {
      opened.completeExceptionally(
          new TransportException("the executor is shut down", false, refused));
    }
    return opened;
  }

  private void open(ConnectionListener listener, CompletableFuture<Connection> opened) {
    var link = new InMemoryLink(executor, client);
    ConnectionListener accepted;
    try {
      accepted = requireNonNull(handler.connected(link.server()), "the handler's listener");
    } catch (RuntimeException refused) {
      opened.completeExceptionally(
          new TransportException("the server failed to take the connection", true, refused));
      return;
    }
    opened.complete(link.client());
    link.client().begin(listener, maxFrameLength);
    link.server().begin(accepted, handler.maxFrameLength());
  }

  /**
   * Configures a transport.
   *
   * <p>Confined: callers must serialise calls.
   *
   * @since 0.1
   */
  public static final class Builder {

    private final ConnectionHandler handler;
    private Executor executor = DaemonPool.create("collab-transport");
    private PeerInfo client = PeerInfo.anonymous();
    private int maxFrameLength = Integer.MAX_VALUE;

    private Builder(ConnectionHandler handler) {
      this.handler = requireNonNull(handler, "handler");
    }

    /**
     * Sets what delivers events. Default: as many daemon threads of the transport's own as there
     * are processors, at least four, started when they are needed and ended when they have had
     * nothing to do for five seconds. Where more listeners than that block, give an executor with
     * threads enough for them.
     *
     * @param executor lends its threads
     * @return this builder
     */
    public Builder executor(Executor executor) {
      this.executor = requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Sets what the server is told of the clients. Default: nothing.
     *
     * @param client what {@link Connection#peer} returns at the server's ends
     * @return this builder
     */
    public Builder client(PeerInfo client) {
      this.client = requireNonNull(client, "client");
      return this;
    }

    /**
     * Sets the longest frame that a client is given; the server's limit is that of its handler.
     * Default: none.
     *
     * @param length UTF-16 code units, at least 1
     * @return this builder
     * @throws IllegalArgumentException if {@code length} is below 1
     */
    public Builder maxFrameLength(int length) {
      if (length < 1) {
        throw new IllegalArgumentException("frame length " + length + " is below 1");
      }
      maxFrameLength = length;
      return this;
    }

    /**
     * Returns the transport.
     *
     * @return a new transport
     */
    public InMemoryTransport build() {
      return new InMemoryTransport(this);
    }
  }
}
