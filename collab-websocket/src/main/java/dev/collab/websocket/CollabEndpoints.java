package dev.collab.websocket;

import static java.util.Objects.requireNonNull;

import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.Scheduler;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes endpoints that any Jakarta WebSocket container serves:
 *
 * <pre>{@code
 * serverContainer.addEndpoint(CollabEndpoints.config("/collab", handler));
 * }</pre>
 *
 * <p>A connection reads parts of messages, so the container's limit for whole messages does not
 * matter, and the handler's does. The container's idle timeout is switched off for the session. A
 * binary message closes the connection with code 1003, an origin that is not allowed with 1008.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class CollabEndpoints {

  private CollabEndpoints() {}

  /**
   * Returns an endpoint with the defaults of {@link #builder}.
   *
   * @param path where the container serves it, such as {@code /collab}
   * @param handler takes the connections
   * @return what the container's {@code ServerContainer.addEndpoint} wants
   */
  public static ServerEndpointConfig config(String path, ConnectionHandler handler) {
    return builder(path, handler).build();
  }

  /**
   * Begins an endpoint.
   *
   * @param path where the container serves it, such as {@code /collab}
   * @param handler takes the connections
   * @return a builder
   */
  public static Builder builder(String path, ConnectionHandler handler) {
    return new Builder(path, handler);
  }

  /** When to look whether the other end is still there. */
  record Heartbeat(Scheduler scheduler, Duration interval) {}

  /**
   * Configures an endpoint.
   *
   * <p>Confined: callers must serialise calls.
   *
   * @since 0.1
   */
  public static final class Builder {

    private final String path;
    final ConnectionHandler handler;
    OriginPolicy origins = OriginPolicy.sameOrigin();
    PeerResolver peers = (request, known) -> known;
    boolean compression = true;
    Optional<Heartbeat> heartbeat = Optional.empty();

    private Builder(String path, ConnectionHandler handler) {
      this.path = requireNonNull(path, "path");
      this.handler = requireNonNull(handler, "handler");
    }

    private Builder(Builder other) {
      path = other.path;
      handler = other.handler;
      origins = other.origins;
      peers = other.peers;
      compression = other.compression;
      heartbeat = other.heartbeat;
    }

    /**
     * Sets from which web pages browsers may connect. Default: {@link OriginPolicy#sameOrigin}.
     *
     * @param policy decides
     * @return this builder
     */
    public Builder origins(OriginPolicy policy) {
      origins = requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Sets what the handler learns of a client. Default: what the container knows.
     *
     * @param resolver looks at the opening request
     * @return this builder
     */
    public Builder peers(PeerResolver resolver) {
      peers = requireNonNull(resolver, "resolver");
      return this;
    }

    /**
     * Sets whether messages are compressed where the container and the client can. Default: they
     * are.
     *
     * <p>Jetty and Tomcat offer {@code permessage-deflate} by themselves, Undertow and Tyrus do not
     * offer it for Jakarta endpoints. A connection that took it keeps up to some 300 KiB, mostly
     * outside the heap. The limit of a frame counts what the frame is inflated to.
     *
     * @param wanted false to take the extension from nobody
     * @return this builder
     */
    public Builder compression(boolean wanted) {
      compression = wanted;
      return this;
    }

    /**
     * Sets that each connection is sent a ping at each interval and is closed when a whole interval
     * brings no sign of life: nothing received, no pong, no frame taken over. Default: none, so
     * that a peer that vanished is noticed only when the operating system gives up.
     *
     * @param scheduler runs the pings; one may block as long as the container takes to send it
     * @param interval such as 30 seconds
     * @return this builder
     * @throws IllegalArgumentException if {@code interval} is not positive
     */
    public Builder heartbeat(Scheduler scheduler, Duration interval) {
      if (interval.isNegative() || interval.isZero()) {
        throw new IllegalArgumentException("interval " + interval + " is not positive");
      }
      heartbeat = Optional.of(new Heartbeat(requireNonNull(scheduler, "scheduler"), interval));
      return this;
    }

    /**
     * Returns the endpoint.
     *
     * @return what the container's {@code ServerContainer.addEndpoint} wants
     */
    public ServerEndpointConfig build() {
      return ServerEndpointConfig.Builder.create(CollabEndpoint.class, path)
          .configurator(new Handshake(new Builder(this)))
          .build();
    }
  }
}
