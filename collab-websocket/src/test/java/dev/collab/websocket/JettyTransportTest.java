package dev.collab.websocket;

class JettyTransportTest extends WebSocketContract {

  JettyTransportTest() {
    super(new JettyServer());
  }
}
