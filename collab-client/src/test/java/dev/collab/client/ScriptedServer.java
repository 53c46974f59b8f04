package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.tck.VirtualTime;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.ConnectionListener;
import java.util.ArrayList;
import java.util.List;

/** A server that says what the test tells it to, frame by frame. */
final class ScriptedServer implements ConnectionHandler {

  private final VirtualTime time;
  private final List<Peer> peers = new ArrayList<>();

  ScriptedServer(VirtualTime time) {
    this.time = time;
  }

  @Override
  public ConnectionListener connected(Connection connection) {
    Peer peer = new Peer(connection);
    peers.add(peer);
    return peer;
  }

  @Override
  public int maxFrameLength() {
    return Integer.MAX_VALUE;
  }

  /** Returns how many connections there were. */
  int count() {
    return peers.size();
  }

  /** Returns the newest connection. */
  Peer peer() {
    assertThat(peers).isNotEmpty();
    return peers.get(peers.size() - 1);
  }

  /** One connection. */
  final class Peer implements ConnectionListener {

    private final Connection connection;
    private final List<String> frames = new ArrayList<>();
    private int closeCode;

    private Peer(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void onFrame(String frame) {
      frames.add(frame);
    }

    @Override
    public void onOversizedFrame(int limit) {
      throw new AssertionError("there is no limit");
    }

    @Override
    public void onClosed(CloseReason reason) {
      closeCode = reason.code();
    }

    /** Returns the frames that came since the last call. */
    List<String> take() {
      time.runDue();
      List<String> taken = List.copyOf(frames);
      frames.clear();
      return taken;
    }

    /** Sends frames, in which double quotes may be written as single ones. */
    Peer say(String... texts) {
      for (String text : texts) {
        connection.send(text.replace('\'', '"'));
      }
      time.runDue();
      return this;
    }

    void close() {
      close(CloseReason.ABNORMAL);
    }

    void close(CloseReason reason) {
      connection.close(reason);
      time.runDue();
    }

    /** Returns the code with which the connection was closed, or 0 if it is open. */
    int closeCode() {
      time.runDue();
      return closeCode;
    }
  }
}
