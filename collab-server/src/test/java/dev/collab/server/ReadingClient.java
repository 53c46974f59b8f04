package dev.collab.server;

import dev.collab.tck.VirtualTime;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionHandler;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.PeerInfo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client that follows the document c/d in the plainest way: it counts entries, and fetches from
 * its own version when it sees that some are missing. Its network can stall.
 */
final class ReadingClient implements Connection {

  private static final Pattern ENTRY = Pattern.compile("\"a\":\"op\".*?\"v\":(\\d+)");

  private final VirtualTime time;
  private final ConnectionListener server;
  private final Deque<String> network = new ArrayDeque<>();
  private final boolean extended;
  private boolean stalled;
  private boolean fetching;
  private boolean open = true;
  private long queued;
  private long mostQueued;
  private long version;
  private long newest = -1;
  private int frames;
  private int fetches;
  private Optional<CloseReason> closed = Optional.empty();

  ReadingClient(VirtualTime time, ConnectionHandler handler, boolean extended, String secret) {
    this.time = time;
    this.extended = extended;
    this.server = handler.connected(this);
    say("{'a':'hs','id':'%s','protocol':1%s}".formatted(secret, extended ? ",'collab':1" : ""));
    say("{'a':'s','c':'c','d':'d','v':0}");
  }

  /** Sends a frame, written with apostrophes for quotation marks. */
  void say(String frame) {
    time.execute(
        () -> {
          if (open) {
            server.onFrame(frame.replace('\'', '"'));
          }
        });
  }

  /** From now on the network takes what is sent and delivers nothing. */
  void stall() {
    stalled = true;
  }

  void wake() {
    stalled = false;
    time.execute(this::deliver);
  }

  /** Returns how many entries have come without gap. */
  long version() {
    return version;
  }

  /** Returns how many frames have come. */
  int frames() {
    return frames;
  }

  /** Returns how often entries were missing. */
  int fetches() {
    return fetches;
  }

  /** Returns how much the network held at most. */
  long mostQueued() {
    return mostQueued;
  }

  Optional<CloseReason> closed() {
    return closed;
  }

  boolean isExtended() {
    return extended;
  }

  @Override
  public void send(String frame) {
    if (open) {
      network.add(frame);
      queued += frame.length();
      mostQueued = Math.max(mostQueued, queued);
      time.execute(this::deliver);
    }
  }

  private void deliver() {
    while (!stalled && !network.isEmpty()) {
      String frame = network.remove();
      queued -= frame.length();
      frames++;
      WireClient.messages(frame).forEach(this::read);
    }
    if (open && !stalled) {
      server.onDrained();
    }
  }

  private void read(String message) {
    Matcher entry = ENTRY.matcher(message);
    if (message.startsWith("{\"a\":\"f\"")) {
      fetching = false;
      fetchWhatIsMissing();
    } else if (message.startsWith("{\"a\":\"op\"") && entry.find()) {
      long base = Long.parseLong(entry.group(1));
      if (base == version) {
        version++;
      }
      newest = Math.max(newest, base);
      fetchWhatIsMissing();
    }
  }

  private void fetchWhatIsMissing() {
    if (newest >= version && !fetching) {
      fetching = true;
      fetches++;
      say("{'a':'f','c':'c','d':'d','v':%d}".formatted(version));
    }
  }

  @Override
  public long queued() {
    return open ? queued : 0;
  }

  @Override
  public void close(CloseReason reason) {
    if (open) {
      open = false;
      closed = Optional.of(reason);
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
