package dev.collab.websocket;

import static java.util.Objects.requireNonNull;

import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.Transport;
import dev.collab.transport.TransportException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Connects to a WebSocket server with the client of the JDK. Events are delivered on the executor
 * of the {@link HttpClient}, or on that of {@link CompletableFuture} if it tells of none and the
 * server was very fast, never within {@link #connect}. The next message is asked for only when the
 * listener is done with the one before.
 *
 * <p>The JDK's client does not compress, answers pings by itself, and allows itself only some of
 * the close codes: 1002, 1003, 1007, 1009, 1010, 1012 and 1013 are sent as 1008.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class JdkWebSocketTransport implements Transport {

  private record Header(String name, String value) {}

  private final URI uri;
  private final HttpClient client;
  private final int maxFrameLength;
  private final Duration connectTimeout;
  private final List<Header> headers;

  private JdkWebSocketTransport(Builder builder) {
    uri = builder.uri;
    client = builder.client == null ? HttpClient.newHttpClient() : builder.client;
    maxFrameLength = builder.maxFrameLength;
    connectTimeout = builder.connectTimeout;
    headers = List.copyOf(builder.headers);
  }

  /**
   * Returns a transport with the defaults of {@link #builder}.
   *
   * @param uri the server's endpoint, {@code ws:} or {@code wss:}
   * @return the transport
   * @throws IllegalArgumentException if {@code uri} is not a WebSocket address
   */
  public static JdkWebSocketTransport to(URI uri) {
    return builder(uri).build();
  }

  /**
   * Begins a transport.
   *
   * @param uri the server's endpoint, {@code ws:} or {@code wss:}
   * @return a builder
   * @throws IllegalArgumentException if {@code uri} is not a WebSocket address
   */
  public static Builder builder(URI uri) {
    return new Builder(uri);
  }

  @Override
  public CompletionStage<Connection> connect(ConnectionListener listener) {
    requireNonNull(listener, "listener");
    var connection = new JdkConnection(maxFrameLength);
    WebSocket.Builder opening = client.newWebSocketBuilder().connectTimeout(connectTimeout);
    headers.forEach(each -> opening.header(each.name(), each.value()));
    var opened = new CompletableFuture<Connection>();
    var caller = new AtomicReference<@Nullable Thread>(Thread.currentThread());
    var unused =
        opening
            .buildAsync(uri, connection.listener())
            .whenComplete(
                (socket, failure) -> {
                  if (failure != null) {
                    opened.completeExceptionally(failure(failure));
                    return;
                  }
                  connection.attach(socket);
                  opened.complete(connection);
                  Runnable events =
                      () -> {
                        connection.begin(listener);
                        socket.request(1); // may deliver a message that is there within the call
                      };
                  if (Thread.currentThread() == caller.get()) {
                    executor().execute(events); // the caller has no connection yet
                  } else {
                    events.run();
                  }
                });
    caller.set(null);
    return opened;
  }

  private Executor executor() {
    return client.executor().orElseGet(new CompletableFuture<Void>()::defaultExecutor);
  }

  private static TransportException failure(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof WebSocketHandshakeException refused) {
      int status = refused.getResponse().statusCode();
      boolean retryable = status >= 500 || status == 408 || status == 429;
      return new TransportException(
          "the server refused the connection with HTTP status " + status, retryable, cause);
    }
    return new TransportException("the server was not reached", true, cause);
  }

  /**
   * Configures a transport.
   *
   * <p>Confined: callers must serialise calls.
   *
   * @since 0.1
   */
  public static final class Builder {

    private final URI uri;
    private @Nullable HttpClient client;
    private int maxFrameLength = 16 * 1024 * 1024;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private final List<Header> headers = new ArrayList<>();

    private Builder(URI uri) {
      String scheme = uri.getScheme();
      if (!"ws".equalsIgnoreCase(scheme) && !"wss".equalsIgnoreCase(scheme)) {
        throw new IllegalArgumentException("the scheme " + scheme + " is neither ws nor wss");
      }
      this.uri = uri;
    }

    /**
     * Sets the HTTP client, for its executor, proxy, TLS and authentication. Default: a new one
     * with the JDK's defaults.
     *
     * @param client opens the connections
     * @return this builder
     */
    public Builder client(HttpClient client) {
      this.client = requireNonNull(client, "client");
      return this;
    }

    /**
     * Sets the longest frame that a listener is given. Default: 16,777,216.
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
     * Sets how long opening a connection may take. Default: 10 seconds.
     *
     * @param timeout positive
     * @return this builder
     * @throws IllegalArgumentException if {@code timeout} is not positive
     */
    public Builder connectTimeout(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("timeout " + timeout + " is not positive");
      }
      connectTimeout = timeout;
      return this;
    }

    /**
     * Adds a header to the opening request, such as {@code Authorization}.
     *
     * @param name the header's name
     * @param value its value
     * @return this builder
     */
    public Builder header(String name, String value) {
      headers.add(new Header(requireNonNull(name, "name"), requireNonNull(value, "value")));
      return this;
    }

    /**
     * Returns the transport.
     *
     * @return a new transport
     */
    public JdkWebSocketTransport build() {
      return new JdkWebSocketTransport(this);
    }
  }
}
