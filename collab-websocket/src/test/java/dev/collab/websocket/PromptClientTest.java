package dev.collab.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.transport.CloseReason;
import dev.collab.transport.ConnectionListener;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

/**
 * A handshake that is done before {@code connect} has returned, and a first frame that is there
 * already: the JDK delivers it in the thread that asks for it. Found by T1.4 of the kit, rarely.
 */
class PromptClientTest {

  private static final URI ADDRESS = URI.create("ws://127.0.0.1:1/collab");

  @Test
  void connect_toAServerThatWasFaster_tellsOfNothingInTheCallersThread() throws Exception {
    assertThat(threadOfTheFirstFrame(new PromptClient(Optional.empty())))
        .isNotSameAs(Thread.currentThread());
  }

  @Test
  void connect_toAServerThatWasFaster_goesOnOnTheClientsExecutor() throws Exception {
    var own = new CompletableFuture<Thread>();
    Executor executor =
        task -> {
          var thread = new Thread(task, "own");
          own.complete(thread);
          thread.start();
        };

    assertThat(threadOfTheFirstFrame(new PromptClient(Optional.of(executor))))
        .isSameAs(own.get(30, TimeUnit.SECONDS));
  }

  private static Thread threadOfTheFirstFrame(HttpClient client) throws Exception {
    var heard = new CompletableFuture<Thread>();
    var connecting =
        JdkWebSocketTransport.builder(ADDRESS)
            .client(client)
            .build()
            .connect(
                new ConnectionListener() {
                  @Override
                  public void onFrame(String frame) {
                    heard.complete(Thread.currentThread());
                  }

                  @Override
                  public void onOversizedFrame(int limit) {}

                  @Override
                  public void onClosed(CloseReason reason) {}
                });
    assertThat(connecting.toCompletableFuture()).isCompleted();
    return heard.get(30, TimeUnit.SECONDS);
  }

  /** Has opened a socket by the time it is asked for one. */
  private static final class PromptClient extends HttpClient {

    private final Optional<Executor> executor;

    PromptClient(Optional<Executor> executor) {
      this.executor = executor;
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
      return new WebSocket.Builder() {
        @Override
        public WebSocket.Builder header(String name, String value) {
          return this;
        }

        @Override
        public WebSocket.Builder connectTimeout(Duration timeout) {
          return this;
        }

        @Override
        public WebSocket.Builder subprotocols(String preferred, String... others) {
          return this;
        }

        @Override
        public CompletableFuture<WebSocket> buildAsync(URI uri, WebSocket.Listener listener) {
          return CompletableFuture.completedFuture(new FullSocket(listener));
        }
      };
    }

    @Override
    public Optional<Executor> executor() {
      return executor;
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
      return Optional.empty();
    }

    @Override
    public Optional<Duration> connectTimeout() {
      return Optional.empty();
    }

    @Override
    public Redirect followRedirects() {
      return Redirect.NEVER;
    }

    @Override
    public Optional<ProxySelector> proxy() {
      return Optional.empty();
    }

    @Override
    public SSLContext sslContext() {
      throw new AssertionError("not asked for");
    }

    @Override
    public SSLParameters sslParameters() {
      throw new AssertionError("not asked for");
    }

    @Override
    public Optional<Authenticator> authenticator() {
      return Optional.empty();
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
      throw new AssertionError("not asked for");
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpRequest request, HttpResponse.BodyHandler<T> handler) {
      throw new AssertionError("not asked for");
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
        HttpRequest request,
        HttpResponse.BodyHandler<T> handler,
        HttpResponse.PushPromiseHandler<T> pushes) {
      throw new AssertionError("not asked for");
    }
  }

  /** Gives its one frame to whoever asks for it, within the call. */
  private static final class FullSocket implements WebSocket {

    private final Listener listener;
    private boolean given;

    FullSocket(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void request(long n) {
      if (!given) {
        given = true;
        listener.onText(this, "welcome", true);
      }
    }

    @Override
    public CompletableFuture<WebSocket> sendText(CharSequence data, boolean last) {
      return CompletableFuture.completedFuture(this);
    }

    @Override
    public CompletableFuture<WebSocket> sendBinary(ByteBuffer data, boolean last) {
      return CompletableFuture.completedFuture(this);
    }

    @Override
    public CompletableFuture<WebSocket> sendPing(ByteBuffer message) {
      return CompletableFuture.completedFuture(this);
    }

    @Override
    public CompletableFuture<WebSocket> sendPong(ByteBuffer message) {
      return CompletableFuture.completedFuture(this);
    }

    @Override
    public CompletableFuture<WebSocket> sendClose(int code, String reason) {
      return CompletableFuture.completedFuture(this);
    }

    @Override
    public String getSubprotocol() {
      return "";
    }

    @Override
    public boolean isOutputClosed() {
      return false;
    }

    @Override
    public boolean isInputClosed() {
      return false;
    }

    @Override
    public void abort() {}
  }
}
