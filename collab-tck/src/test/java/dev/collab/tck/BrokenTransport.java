package dev.collab.tck;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.Transport;

/** Runs the kit over a transport with a defect at the server. Not run by itself. */
abstract class BrokenTransport extends TransportContract {

  abstract ConnectionListener breakListener(Connection connection, ConnectionListener listener);

  @Override
  protected Transport open(ConnectionHandler handler, int clientMaxFrameLength) {
    ConnectionHandler broken =
        new ConnectionHandler() {
          @Override
          public ConnectionListener connected(Connection connection) {
            return breakListener(connection, handler.connected(connection));
          }

          @Override
          public int maxFrameLength() {
            return handler.maxFrameLength();
          }
        };
    return InMemoryTransport.builder(broken).maxFrameLength(clientMaxFrameLength).build();
  }

  /** Alters frames. */
  static final class Trimming extends BrokenTransport {
    @Override
    ConnectionListener breakListener(Connection connection, ConnectionListener listener) {
      return Defect.in(
          ConnectionListener.class,
          listener,
          "onFrame",
          (arguments, original) -> {
            listener.onFrame(((String) arguments[0]).trim());
            return Defect.NOTHING;
          });
    }
  }

  /** Closes instead of reporting. */
  static final class Strict extends BrokenTransport {
    @Override
    ConnectionListener breakListener(Connection connection, ConnectionListener listener) {
      return Defect.in(
          ConnectionListener.class,
          listener,
          "onOversizedFrame",
          (arguments, original) -> {
            connection.close(new CloseReason(1009, "too long"));
            return Defect.NOTHING;
          });
    }
  }

  /** Loses the reason. */
  static final class Forgetful extends BrokenTransport {
    @Override
    ConnectionListener breakListener(Connection connection, ConnectionListener listener) {
      return Defect.in(
          ConnectionListener.class,
          listener,
          "onClosed",
          (arguments, original) -> {
            listener.onClosed(CloseReason.ABNORMAL);
            return Defect.NOTHING;
          });
    }
  }
}
