package dev.collab.tck;

import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/**
 * The rules of a {@link Transport} and of the server's side that belongs to it, as tests. Extend it
 * in a test class and say how to start a server and how to reach it.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @since 0.1
 */
public abstract class TransportContract {

  private final List<Connection> connections = new ArrayList<>();

  /** For extension. */
  protected TransportContract() {}

  /**
   * Starts a server with a handler and returns a way to connect to it. Called at most once in a
   * test; whatever was started is stopped in an {@code AfterEach} method of the subclass.
   *
   * @param handler takes the connections at the server
   * @param clientMaxFrameLength the longest frame that a client is to be given, in UTF-16 code
   *     units
   * @return connects to the server
   */
  protected abstract Transport open(ConnectionHandler handler, int clientMaxFrameLength);

  /** Closes the connections of a test. */
  @AfterEach
  protected void closeConnections() {
    connections.forEach(each -> each.close(CloseReason.NORMAL));
  }

  void toBeClosed(Connection connection) {
    connections.add(connection);
  }

  /** T1: how a connection begins. */
  @Nested
  class Opening extends OpeningRules {
    Opening() {
      super(TransportContract.this);
    }
  }

  /** T2: frames. */
  @Nested
  class Frames extends FrameRules {
    Frames() {
      super(TransportContract.this);
    }
  }

  /** T3 and T4: the longest frame, and what is queued. */
  @Nested
  class Bounds extends BoundRules {
    Bounds() {
      super(TransportContract.this);
    }
  }

  /** T5: how a connection ends. */
  @Nested
  class Closing extends ClosingRules {
    Closing() {
      super(TransportContract.this);
    }
  }
}
