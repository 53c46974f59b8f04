package dev.collab.simulation;

import dev.collab.tck.VirtualTime;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.PeerInfo;
import dev.collab.transport.TransportException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** One connection of a client to a node. */
final class Link {

  private static final int KEPT_SUBMISSIONS = 4;

  private final Network network;
  private final VirtualTime time;
  private final String client;
  private final Machine machine;
  private final Node node;
  private final End clientEnd;
  private final End serverEnd;
  private final List<String> submissions = new ArrayList<>();
  private CompletableFuture<Connection> opened = new CompletableFuture<>();
  private boolean cut;
  private boolean forsaken;
  private boolean stalled;

  /** Where a client runs. */
  interface Machine {

    /** Tells whether it still does. */
    boolean isAlive();

    /** It sends a frame, which may get lost. */
    void sent(String frame);
  }

  Link(Network network, String client, Machine machine, Variant.Wire wire, Node node) {
    this.network = network;
    this.time = network.time();
    this.client = client;
    this.machine = machine;
    this.node = node;
    clientEnd = new End(wire::toServer);
    serverEnd = new End(wire::toClient);
  }

  /** Returns the failure of an attempt to connect. */
  static TransportException refused(String reason) {
    return new TransportException(reason, true, new IOException(reason));
  }

  Node node() {
    return node;
  }

  Machine machine() {
    return machine;
  }

  /** Gives the server its end, and the client its own a little later. */
  void open(ConnectionListener listener, CompletableFuture<Connection> opened) {
    serverEnd.listener = node.server().connected(serverEnd);
    this.opened = opened;
    clientEnd.arrive(
        () -> {
          clientEnd.listener = listener;
          opened.complete(clientEnd);
        });
  }

  /** Loses what is under way; each end notices at a time of its own. */
  void cut() {
    network.trace().add(client, "cut");
    cut = true;
    clientEnd.lose();
    serverEnd.lose();
    clientEnd.noticeAfter(network.noticeDelay());
    serverEnd.noticeAfter(network.noticeDelay());
  }

  /** The client gives the connection up; what it has sent arrives much later all the same. */
  void giveUp() {
    network.trace().add(client, "given up");
    cut = true;
    clientEnd.lose();
    clientEnd.noticeAfter(0);
    serverEnd.holdUp(network.random().nextLong(20_000_000_000L));
  }

  /** The client is gone; the server notices late, or not by itself. */
  void forsake() {
    forsaken = true;
    cut = true;
    clientEnd.lose();
    clientEnd.open = false;
    if (network.random().nextBoolean()) {
      serverEnd.noticeAfter(network.random().nextLong(120_000_000_000L));
    }
  }

  void repeatOld() {
    if (!cut && !submissions.isEmpty()) {
      String old = submissions.get(network.random().nextInt(submissions.size()));
      serverEnd.receiveLater(old);
    }
  }

  void stall() {
    if (!stalled) {
      stalled = true;
      network.trace().add(client, "stalled");
      time.at(time.now() + network.random().nextLong(5_000_000_000L), this::flow);
    }
  }

  private void flow() {
    stalled = false;
    if (serverEnd.open && node.isAlive()) {
      serverEnd.listener.onDrained();
    }
  }

  boolean isOver() {
    return !clientEnd.open && !serverEnd.open;
  }

  boolean isWhole() {
    return forsaken || !cut && clientEnd.open && serverEnd.open && !stalled;
  }

  /** One end. */
  private final class End implements Connection {

    private final Function<String, List<String>> wire;
    private Queue<Runnable> arriving = new ArrayDeque<>();
    private ConnectionListener listener;
    private boolean open = true;
    private long lastArrival;

    End(Function<String, List<String>> wire) {
      this.wire = wire;
    }

    private End other() {
      return this == clientEnd ? serverEnd : clientEnd;
    }

    @Override
    public void send(String frame) {
      if (!open || cut) {
        return;
      }
      boolean submission =
          this == clientEnd
              && (frame.startsWith("{\"a\":\"op\"") || frame.startsWith("{\"a\":\"cp\""));
      for (String sent : wire.apply(frame)) {
        if (this == clientEnd) {
          machine.sent(sent);
        }
        if (submission) {
          if (submissions.size() == KEPT_SUBMISSIONS) {
            submissions.remove(0);
          }
          submissions.add(sent);
        }
        other().receiveLater(sent);
        if (submission && network.duplicates()) {
          other().receiveLater(sent);
        }
      }
    }

    private void receiveLater(String frame) {
      arrive(
          () -> {
            if (open) {
              network.trace().add(client, this == clientEnd ? "<-" : "->", frame);
              listener.onFrame(frame);
            }
          });
    }

    /** Lets something arrive here, behind all that is under way. */
    private void arrive(Runnable event) {
      lastArrival = Math.max(lastArrival, time.now() + network.delay());
      Queue<Runnable> queue = arriving;
      queue.add(event);
      time.at(lastArrival, () -> next(queue));
    }

    private void next(Queue<Runnable> queue) {
      Runnable event = queue.poll();
      if (event != null && isPowered()) {
        event.run();
      }
    }

    private boolean isPowered() {
      return this == clientEnd ? machine.isAlive() : node.isAlive();
    }

    private void lose() {
      arriving = emptied();
    }

    private Queue<Runnable> emptied() {
      arriving.clear();
      return new ArrayDeque<>();
    }

    /** Everything that is under way arrives later than it should, and then the end. */
    private void holdUp(long nanos) {
      List<Runnable> held = new ArrayList<>(arriving);
      lose();
      lastArrival = time.now() + nanos;
      held.forEach(this::arrive);
      arrive(() -> end(CloseReason.ABNORMAL));
    }

    private void noticeAfter(long nanos) {
      time.at(
          time.now() + nanos,
          () -> {
            if (isPowered()) {
              end(CloseReason.ABNORMAL);
            } else {
              open = false;
            }
          });
    }

    private void end(CloseReason reason) {
      if (open) {
        open = false;
        if (listener == null) {
          opened.completeExceptionally(refused("lost on the way"));
        } else {
          listener.onClosed(reason);
        }
      }
    }

    @Override
    public long queued() {
      return this == serverEnd && stalled && open ? Long.MAX_VALUE : 0;
    }

    @Override
    public void close(CloseReason reason) {
      if (!open) {
        return;
      }
      network.trace().add(client, this == clientEnd ? "closes" : "is closed", reason);
      open = false;
      time.execute(
          () -> {
            if (isPowered()) {
              listener.onClosed(reason);
            }
          });
      if (!cut) {
        other().arrive(() -> other().end(reason));
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
