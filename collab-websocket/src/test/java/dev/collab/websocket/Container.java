package dev.collab.websocket;

import java.nio.file.Path;

/** The containers that endpoints are tested in. */
enum Container {
  JETTY,
  TOMCAT,
  UNDERTOW,
  TYRUS;

  /** Returns a server that is not started, which may keep files in a folder. */
  TestServer server(Path folder) {
    return switch (this) {
      case JETTY -> new JettyServer();
      case TOMCAT -> new TomcatServer(folder);
      case UNDERTOW -> new UndertowServer();
      case TYRUS -> new TyrusServer();
    };
  }
}
