package dev.collab.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.client.CollabClient;
import dev.collab.client.SharedDocument;
import dev.collab.document.DocumentId;
import dev.collab.micrometer.CollabMetrics;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue;
import dev.collab.websocket.JdkWebSocketTransport;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demo tells whoever operates it. */
class OperatorPagesTest {

  private static final Pattern SAMPLE_ASKED_FOR = Pattern.compile("\\bcollab_\\w+");

  private final HttpClient http = HttpClient.newHttpClient();
  private DemoServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = DemoServer.start("127.0.0.1", 0);
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"alerts.yml", "dashboard.json"})
  void metrics_haveAllThatRulesAndDashboardAskFor(String resource) throws Exception {
    HttpResponse<String> scrape = get("/metrics");

    assertThat(scrape.statusCode()).isEqualTo(200);
    assertThat(scrape.headers().firstValue("Content-Type").orElseThrow().replace(" ", ""))
        .isEqualToIgnoringCase("text/plain;version=0.0.4;charset=utf-8");
    Set<String> samples = new TreeSet<>();
    scrape
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> samples.add(line.replaceFirst("[{ ].*", "")));
    Set<String> wanted = new TreeSet<>();
    try (InputStream in = CollabMetrics.class.getResourceAsStream(resource)) {
      SAMPLE_ASKED_FOR
          .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .results()
          .forEach(sample -> wanted.add(sample.group()));
    }
    assertThat(wanted).hasSizeGreaterThan(10);
    assertThat(samples).containsAll(wanted);
  }

  @Test
  void status_tellsWhatIsSoAndWhatWasCommitted() throws Exception {
    String idle = get("/status").body();
    assertThat(idle).contains("\"connections\":0", "\"documents\":0", "\"commits\":0");

    try (CollabClient client =
        CollabClient.builder(JdkWebSocketTransport.to(server.endpoint())).build()) {
      SharedDocument<Text, TextOperation> text =
          client.openOrCreate(new DocumentId("c", "d"), TextType.TEXT, JsonValue.of(""));
      client.connect();
      text.update(content -> TextOperation.insert(content.length(), "x"))
          .toCompletableFuture()
          .join();
      text.whenSaved().toCompletableFuture().join();
      HttpResponse<String> busy = get("/status");

      assertThat(busy.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(busy.body())
          .contains("\"connections\":1", "\"documents\":1", "\"subscriptions\":1", "\"commits\":2")
          .containsPattern("\"commitMillis\":[0-9.]+")
          .containsPattern("\"memory\":[1-9]");
      assertThat(get("/metrics").body())
          .contains("collab_operations_commit_seconds_count{kind=\"edit\"} 1\n");
    }
  }

  @Test
  void health_isOkUntilTheServerIsClosed() throws Exception {
    HttpResponse<String> up = get("/health");
    assertThat(up.statusCode()).isEqualTo(200);
    assertThat(up.body())
        .startsWith("{\"status\":\"UP\",\"checks\":[{\"name\":\"server\",\"status\":\"UP\"")
        .contains("\"executor\"", "\"scheduler\"", "\"coordinator\"");

    server.collab().close();
    HttpResponse<String> down = get("/health");
    assertThat(down.statusCode()).isEqualTo(503);
    assertThat(down.body()).startsWith("{\"status\":\"DOWN\"").contains("closed");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(server.address().resolve(path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
