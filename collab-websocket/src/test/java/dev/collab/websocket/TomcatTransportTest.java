package dev.collab.websocket;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class TomcatTransportTest extends WebSocketContract {

  TomcatTransportTest(@TempDir Path folder) {
    super(new TomcatServer(folder));
  }
}
