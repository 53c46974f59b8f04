package dev.collab.server;

import dev.collab.tck.VirtualTime;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.PeerInfo;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that sends frames as fast as it likes, and comes back under another id as soon as it is
 * closed.
 */
final class FloodingClient {

  private static final Pattern CODE = Pattern.compile("\"code\":\"(\\w+)\"");
  private static final Duration TICK = Duration.ofMillis(1);

  private final VirtualTime time;
  private final ConnectionHandler handler;
  private final IntFunction<String> frames;
  private final int number;
  private final int perTick;
  private final Set<String> codes = new HashSet<>();
  private final Set<CloseReason> closed = new HashSet<>();
  private int sent;
  private int connections;
  private Line line;

  /**
   * Begins to send.
   *
   * @param frames makes the frame with a number, written with apostrophes for quotation marks
   * @param number tells it from other such clients
   * @param perTick how many are sent each millisecond
   */
  FloodingClient(
      VirtualTime time,
      ConnectionHandler handler,
      int number,
      IntFunction<String> frames,
      int perTick) {
    this.number = number;
    this.time = time;
    this.handler = handler;
    this.frames = frames;
    this.perTick = perTick;
    this.line = connect();
    tick();
  }

  private Line connect() {
    Line opened = new Line();
    opened.server = handler.connected(opened);
    opened.say(
        "{'a':'hs','id':'%022d','protocol':1,'collab':1}"
            .formatted(10_000 * number + connections++));
    return opened;
  }

  private void tick() {
    if (!line.open) {
      line = connect();
    }
    for (int i = 0; i < perTick; i++) {
      line.say(frames.apply(sent++));
    }
    time.schedule(TICK, this::tick);
  }

  /** The codes of all errors that came. */
  Set<String> codes() {
    return codes;
  }

  /** Why its connections were closed. */
  Set<CloseReason> closed() {
    return closed;
  }

  /** One of its connections, whose network takes everything. */
  private final class Line implements Connection {

    private ConnectionListener server;
    private boolean open = true;

    void say(String frame) {
      time.execute(
          () -> {
            if (open) {
              server.onFrame(frame.replace('\'', '"'));
            }
          });
    }

    @Override
    public void send(String frame) {
      Matcher code = CODE.matcher(frame);
      while (code.find()) {
        codes.add(code.group(1));
      }
    }

    @Override
    public long queued() {
      return 0;
    }

    @Override
    public void close(CloseReason reason) {
      if (open) {
        open = false;
        closed.add(reason);
        time.execute(() -> server.onClosed(reason));
      }
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public PeerInfo peer() {
      return PeerInfo.anonymous();
    }
  }
}
