package dev.collab.websocket;

class TyrusTransportTest extends WebSocketContract {

  TyrusTransportTest() {
    super(new TyrusServer());
  }
}
