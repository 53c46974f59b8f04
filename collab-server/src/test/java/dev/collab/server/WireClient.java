package dev.collab.server;

import dev.collab.tck.VirtualTime;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A client that speaks in frames, so that a test shows exactly what goes over the wire. */
final class WireClient implements ConnectionListener {

  private final VirtualTime time;
  private final Connection connection;
  private final List<String> received = new ArrayList<>();
  private Optional<CloseReason> closed = Optional.empty();

  private WireClient(Transport transport, VirtualTime time) {
    this.time = time;
    var opened = transport.connect(this).toCompletableFuture();
    time.runDue();
    this.connection = opened.join();
  }

  static WireClient connect(Transport transport, VirtualTime time) {
    return new WireClient(transport, time);
  }

  /** Connects and shakes hands with a secret of its own. */
  static WireClient connect(Transport transport, VirtualTime time, String secret) {
    WireClient client = connect(transport, time);
    client.send("{'a':'hs','id':'" + secret + "','protocol':1,'protocolMinor':2}");
    client.clear();
    return client;
  }

  /** Connects with a secret of its own and shakes hands; takes no time. */
  static WireClient hello(ServerHarness harness, CollabServer server, String secret) {
    WireClient client = harness.connect(server);
    client.post("{'a':'hs','id':'" + secret + "','protocol':1,'protocolMinor':2}");
    return client;
  }

  /** Sends a frame, written with apostrophes for quotation marks, and lets it be answered. */
  void send(String frame) {
    post(frame);
    time.pass(Duration.ofSeconds(30));
  }

  /** Sends a frame and lets no time pass. */
  void post(String frame) {
    connection.send(frame.replace('\'', '"'));
  }

  /** Shakes hands as one that speaks the extension. */
  WireClient extended(String secret) {
    send("{'a':'hs','id':'" + secret + "','protocol':1,'protocolMinor':2,'collab':1}");
    received.clear();
    return this;
  }

  Connection connection() {
    return connection;
  }

  /**
   * The messages that have come so far, with apostrophes for quotation marks, but for notices of
   * permissions.
   */
  List<String> received() {
    return everything().stream().filter(message -> !message.contains("'a':'access'")).toList();
  }

  /** All messages that have come so far, with apostrophes for quotation marks. */
  List<String> everything() {
    return received.stream()
        .flatMap(frame -> messages(frame).stream())
        .map(message -> message.replace('"', '\''))
        .toList();
  }

  /** Takes a batch apart. */
  static List<String> messages(String frame) {
    if (!frame.startsWith("[")) {
      return List.of(frame);
    }
    List<String> messages = new ArrayList<>();
    int depth = 0;
    int start = 1;
    boolean quoted = false;
    for (int i = 0; i < frame.length(); i++) {
      char c = frame.charAt(i);
      if (quoted) {
        i += c == '\\' ? 1 : 0;
        quoted = c != '"';
      } else if (c == '"') {
        quoted = true;
      } else if (c == '[' || c == '{') {
        depth++;
      } else if (c == ']' || c == '}') {
        depth--;
      }
      if (!quoted && depth == 1 && c == '}') {
        messages.add(frame.substring(start, i + 1));
        start = i + 2;
      }
    }
    return messages;
  }

  /** The frames that have come so far, as they came. */
  List<String> frames() {
    return List.copyOf(received);
  }

  void clear() {
    received.clear();
  }

  Optional<CloseReason> closed() {
    return closed;
  }

  @Override
  public void onFrame(String frame) {
    received.add(frame);
  }

  @Override
  public void onOversizedFrame(int limit) {
    received.add("oversized");
  }

  @Override
  public void onClosed(CloseReason reason) {
    closed = Optional.of(reason);
  }
}
