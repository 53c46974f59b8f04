package dev.collab.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.PeerInfo;
import dev.collab.transport.Scheduler;
import dev.collab.transport.TransportException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an endpoint does beyond the rules of transports, on each container. */
class EndpointTest {

  /** A client that writes down how its connection ended. */
  private static final class RawClient implements WebSocket.Listener {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      events.add("closed " + code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable failure) {
      events.add("failed");
    }
  }

  /** Tells each client who it is. */
  private static final class Greeter implements ConnectionHandler {
    @Override
    public ConnectionListener connected(Connection connection) {
      connection.send(connection.peer().principal());
      return new FirstFrame(new CompletableFuture<>());
    }

    @Override
    public int maxFrameLength() {
      return 1000;
    }
  }

  private record FirstFrame(CompletableFuture<String> frame) implements ConnectionListener {
    @Override
    public void onFrame(String text) {
      frame.complete(text);
    }

    @Override
    public void onOversizedFrame(int limit) {
      frame.completeExceptionally(new AssertionError("too long"));
    }

    @Override
    public void onClosed(CloseReason reason) {
      frame.completeExceptionally(new AssertionError(reason.toString()));
    }
  }

  /** A listener that is never called. */
  private static final class Silent implements ConnectionListener {
    @Override
    public void onFrame(String frame) {
      throw new AssertionError("no frame can come");
    }

    @Override
    public void onOversizedFrame(int limit) {
      throw new AssertionError("no frame can come");
    }

    @Override
    public void onClosed(CloseReason reason) {
      throw new AssertionError("nothing was open");
    }
  }

  @TempDir private Path folder;
  private final Script script = new Script();
  private final RawClient client = new RawClient();
  private @Nullable TestServer server;

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  @ParameterizedTest
  @EnumSource
  void foreignOrigin_isClosedAndTheHandlerNeverHearsOfIt(Container container) throws Exception {
    URI uri = start(container, CollabEndpoints.builder("/collab", script));
    connect(uri, "https://evil.example");
    assertThat(Script.next(client.events)).isEqualTo("closed 1008");
    assertThat(script.connections).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void ownOrigin_isAcceptedAndKnown(Container container) throws Exception {
    URI uri = start(container, CollabEndpoints.builder("/collab", script));
    String origin = "http://" + uri.getAuthority();
    connect(URI.create(uri + "?a=b&c=d"), origin);
    PeerInfo peer = Script.next(script.connections).peer();
    assertThat(peer.attribute("origin")).contains(origin);
    assertThat(peer.attribute("query")).contains("a=b&c=d");
    assertThat(peer.attribute("path")).contains("/collab");
    assertThat(peer.principal()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void listedOrigin_isAccepted(Container container) throws Exception {
    URI uri =
        start(
            container,
            CollabEndpoints.builder("/collab", script)
                .origins(OriginPolicy.only("https://example.org")));
    connect(uri, "https://example.org");
    Script.next(script.connections);
  }

  @ParameterizedTest
  @EnumSource
  void peerResolver_seesEachRequestOfItsOwn(Container container) throws Exception {
    URI uri =
        start(
            container,
            CollabEndpoints.builder("/collab", script)
                .peers((request, known) -> PeerInfo.of(request.getQueryString(), Map.of())));
    for (int i = 0; i < 10; i++) {
      connect(URI.create(uri + "?user" + i), "http://" + uri.getAuthority());
      assertThat(Script.next(script.connections).peer().principal()).isEqualTo("user" + i);
    }
  }

  @ParameterizedTest
  @EnumSource
  void peers_ofConnectionsOpenedAtOnce_areNeverMixedUp(Container container) throws Exception {
    URI uri =
        start(
            container,
            CollabEndpoints.builder("/collab", new Greeter())
                .peers((request, known) -> PeerInfo.of(request.getQueryString(), Map.of())));
    HttpClient shared = HttpClient.newHttpClient();
    var greetings = new LinkedHashMap<String, CompletableFuture<String>>();
    for (int i = 0; i < 200; i++) {
      var greeting = new CompletableFuture<String>();
      greetings.put("user" + i, greeting);
      var unused =
          JdkWebSocketTransport.builder(URI.create(uri + "?user" + i))
              .client(shared)
              .build()
              .connect(new FirstFrame(greeting));
    }
    for (var each : greetings.entrySet()) {
      assertThat(each.getValue().get(30, TimeUnit.SECONDS)).isEqualTo(each.getKey());
    }
  }

  @ParameterizedTest
  @EnumSource
  void binaryMessage_closesTheConnection(Container container) throws Exception {
    URI uri = start(container, CollabEndpoints.builder("/collab", script));
    connect(uri, "http://" + uri.getAuthority())
        .sendBinary(ByteBuffer.wrap(new byte[100]), true)
        .join();
    assertThat(Script.next(client.events)).isEqualTo("closed 1003");
    assertThat(Script.next(script.events)).isEqualTo("closed 1003");
  }

  @ParameterizedTest
  @EnumSource
  void clientThatVanishes_endsTheConnection(Container container) throws Exception {
    URI uri = start(container, CollabEndpoints.builder("/collab", script));
    connect(uri, "http://" + uri.getAuthority()).abort();
    assertThat(Script.next(script.events)).startsWith("closed ");
    assertThat(Script.next(script.connections).isOpen()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void heartbeat_closesAConnectionWithoutSignOfLife(Container container) throws Exception {
    var beats = new LinkedBlockingQueue<Runnable>();
    Scheduler manual = (delay, task) -> beats.add(task);
    URI uri =
        start(
            container,
            CollabEndpoints.builder("/collab", script).heartbeat(manual, Duration.ofSeconds(30)));
    try (Socket mute = new Socket(uri.getHost(), uri.getPort())) {
      mute.getOutputStream()
          .write(
              ("GET /collab HTTP/1.1\r\nHost: "
                      + uri.getAuthority()
                      + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                      + "Sec-WebSocket-Version: 13\r\n"
                      + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      Script.next(script.connections);
      Script.next(beats).run();
      assertThat(Script.next(script.events)).isEqualTo("closed 1001");
    }
  }

  @ParameterizedTest
  @EnumSource
  void heartbeat_isAnsweredByALivingClient(Container container) throws Exception {
    var beats = new LinkedBlockingQueue<Runnable>();
    Scheduler manual = (delay, task) -> beats.add(task);
    URI uri =
        start(
            container,
            CollabEndpoints.builder("/collab", script).heartbeat(manual, Duration.ofSeconds(30)));
    WebSocket socket = connect(uri, "http://" + uri.getAuthority());
    assertThat(socket.isInputClosed()).isFalse();
    JakartaConnection connection = (JakartaConnection) Script.next(script.connections);
    for (int beat = 1; beat <= 3; beat++) {
      Runnable due = Script.next(beats);
      // The client sends nothing but its answer to the ping.
      while (connection.signsOfLife() < beat) {
        Thread.onSpinWait();
      }
      due.run();
    }
    assertThat(connection.isOpen()).isTrue();
  }

  @Test
  void connect_toNobody_canBeRetried() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertRefused(TestServer.root(port), true);
  }

  @Test
  void connect_toAnotherPath_cannotBeRetried() throws Exception {
    URI uri = start(Container.JETTY, CollabEndpoints.builder("/collab", script));
    assertRefused(uri.resolve("/elsewhere"), false);
  }

  private void assertRefused(URI uri, boolean retryable) {
    var connecting = JdkWebSocketTransport.to(uri).connect(new Silent());
    assertThatThrownBy(() -> connecting.toCompletableFuture().get(30, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            TransportException.class,
            failure -> assertThat(failure.isRetryable()).isEqualTo(retryable));
  }

  private WebSocket connect(URI uri, String origin) throws IOException {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("Origin", origin)
        .buildAsync(uri, client)
        .join();
  }

  private URI start(Container container, CollabEndpoints.Builder endpoint) throws Exception {
    TestServer started = container.server(folder);
    server = started;
    return started.start(endpoint.build()).resolve("/collab");
  }
}
