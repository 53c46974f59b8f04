package dev.collab.websocket;

class UndertowTransportTest extends WebSocketContract {

  UndertowTransportTest() {
    super(new UndertowServer());
  }
}
