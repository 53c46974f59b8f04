package dev.collab.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Messages are compressed where container, client and settings agree. The other two containers do
 * not offer it.
 */
class CompressionTest {

  private static final String OFFER = "permessage-deflate";

  @TempDir private Path folder;
  private final Script script = new Script();
  private @Nullable TestServer server;

  @AfterEach
  void stop() throws Exception {
    if (server != null) {
      server.stop();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JETTY", "TOMCAT"})
  void clientThatOffersIt_getsShorterMessages(Container container) throws Exception {
    URI uri = start(container, CollabEndpoints.builder("/collab", script));
    try (RawWebSocket client = new RawWebSocket(uri, OFFER)) {
      assertThat(client.extensions()).startsWith(OFFER);
      for (int round = 0; round < 3; round++) {
        String text = "compress me ".repeat(80) + round;
        assertThat(client.sendCompressed(text)).isLessThan(100);
        RawWebSocket.Message echo = client.receive();
        assertThat(echo.text()).isEqualTo(text);
        assertThat(echo.compressed()).isTrue();
        assertThat(echo.wireLength()).isLessThan(100);
      }
      client.send("not compressed, which a client may do at any time");
      assertThat(client.receive().text()).startsWith("not compressed");
    }
  }

  @ParameterizedTest
  @EnumSource
  void endpointThatDoesNotWantIt_takesItFromNobody(Container container) throws Exception {
    URI uri = start(container, CollabEndpoints.builder("/collab", script).compression(false));
    try (RawWebSocket client = new RawWebSocket(uri, OFFER)) {
      assertThat(client.extensions()).isEmpty();
      String text = "compress me ".repeat(80);
      client.send(text);
      assertThat(client.receive()).isEqualTo(new RawWebSocket.Message(text, false, text.length()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void clientThatDoesNotOfferIt_getsPlainMessages(Container container) throws Exception {
    URI uri = start(container, CollabEndpoints.builder("/collab", script));
    try (RawWebSocket client = new RawWebSocket(uri, "x-unknown")) {
      assertThat(client.extensions()).isEmpty();
      client.send("plain");
      assertThat(client.receive()).isEqualTo(new RawWebSocket.Message("plain", false, 5));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JETTY", "TOMCAT"})
  void limitOfAFrame_countsWhatItIsInflatedTo(Container container) throws Exception {
    URI uri = start(container, CollabEndpoints.builder("/collab", script));
    try (RawWebSocket client = new RawWebSocket(uri, OFFER)) {
      assertThat(client.sendCompressed("a".repeat(20_000_000))).isLessThan(50_000);
      assertThat(Script.next(script.events)).isEqualTo("oversized");
    }
  }

  private URI start(Container container, CollabEndpoints.Builder endpoint) throws Exception {
    TestServer started = container.server(folder);
    server = started;
    return started.start(endpoint.build()).resolve("/collab");
  }
}
