package dev.collab.tck;

import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.Transport;

class InMemoryTransportTest extends TransportContract {

  @Override
  protected Transport open(ConnectionHandler handler, int clientMaxFrameLength) {
    return InMemoryTransport.builder(handler)
        .executor(Threads.perTask())
        .maxFrameLength(clientMaxFrameLength)
        .build();
  }
}
