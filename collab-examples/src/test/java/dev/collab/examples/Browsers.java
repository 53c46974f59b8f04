package dev.collab.examples;

import dev.collab.document.DocumentId;
import dev.collab.examples.demo.DemoServer;
import dev.collab.server.access.PresenceTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A demo server and the browsers that show its page. */
final class Browsers implements AutoCloseable {

  /** People are idle after two seconds, so that no test waits for long. */
  private static final PresenceTimes PRESENCE =
      new PresenceTimes(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofMinutes(10));

  private final Path profiles;
  private final List<BrowserPage> pages = new ArrayList<>();
  private DemoServer server;
  private int port;

  Browsers(Path profiles) throws IOException {
    this.profiles = profiles;
    startServer();
    port = server.address().getPort();
  }

  /** Opens a document in another browser. */
  BrowserPage open(String document) {
    BrowserPage page = new BrowserPage(profiles.resolve("" + pages.size()));
    pages.add(page);
    page.go(server.address() + "?doc=" + document);
    page.waitForState("saved");
    return page;
  }

  void stopServer() {
    server.close();
  }

  /** Starts a server at the same address. Its memory, and with it the log, is another. */
  final void startServer() throws IOException {
    server = DemoServer.start("127.0.0.1", port, PRESENCE);
  }

  String onServer(String document) {
    return server
        .collab()
        .snapshot(new DocumentId("documents", document))
        .toCompletableFuture()
        .join()
        .content()
        .orElseThrow()
        .state()
        .toString();
  }

  /** Keeps what the browsers show, in {@code target/screenshots}. */
  void screenshot(String name) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "screenshots"));
    for (BrowserPage page : pages) {
      Files.write(folder.resolve(name + "-" + pages.indexOf(page) + ".png"), page.screenshot());
    }
  }

  @Override
  public void close() {
    pages.forEach(BrowserPage::quit);
    server.close();
  }
}
