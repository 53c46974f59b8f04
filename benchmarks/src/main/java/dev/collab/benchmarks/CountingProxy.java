package dev.collab.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A proxy on the loopback interface in front of a WebSocket server: it counts bytes and frames, and
 * delays both directions as a network does.
 *
 * <p>Thread-safe.
 */
final class CountingProxy implements AutoCloseable {

  /**
   * What has gone by.
   *
   * @param framesUp data frames to the server
   * @param bytesUp bytes to the server, without the opening
   * @param framesDown data frames to clients
   * @param bytesDown bytes to clients, without the opening
   */
  record Traffic(long framesUp, long bytesUp, long framesDown, long bytesDown) {

    Traffic minus(Traffic other) {
      return new Traffic(
          framesUp - other.framesUp,
          bytesUp - other.bytesUp,
          framesDown - other.framesDown,
          bytesDown - other.bytesDown);
    }
  }

  /** Bytes that wait for their time. An empty one is the end of the stream. */
  private static final class Chunk {

    private final byte[] bytes;
    private final long dueNanos;

    Chunk(byte[] bytes, long dueNanos) {
      this.bytes = bytes;
      this.dueNanos = dueNanos;
    }
  }

  private final ServerSocket listening;
  private final int target;
  private final long delayNanos;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> sockets = new ArrayList<>(); // guarded by this
  private final List<FrameCounter> up = new ArrayList<>(); // guarded by this
  private final List<FrameCounter> down = new ArrayList<>(); // guarded by this

  /** Starts a proxy for a port of the loopback interface, with a delay in each direction. */
  CountingProxy(int target, Duration delay) throws IOException {
    this.target = target;
    this.delayNanos = delay.toNanos();
    listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Returns what has gone by on all connections. */
  synchronized Traffic traffic() {
    return new Traffic(
        up.stream().mapToLong(FrameCounter::frames).sum(),
        up.stream().mapToLong(FrameCounter::bytes).sum(),
        down.stream().mapToLong(FrameCounter::frames).sum(),
        down.stream().mapToLong(FrameCounter::bytes).sum());
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        forward(client, server, up);
        forward(server, client, down);
      }
    } catch (IOException closed) {
      // the end
    }
  }

  private synchronized void forward(Socket from, Socket to, List<FrameCounter> counters) {
    FrameCounter counter = new FrameCounter();
    counters.add(counter);
    sockets.add(from);
    BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();
    threads.execute(() -> read(from, counter, underWay));
    threads.execute(() -> write(underWay, to));
  }

  private void read(Socket from, FrameCounter counter, BlockingQueue<Chunk> underWay) {
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = from.getInputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        synchronized (this) {
          counter.passed(buffer, count);
        }
        underWay.add(new Chunk(Arrays.copyOf(buffer, count), System.nanoTime() + delayNanos));
      }
    } catch (IOException closed) {
      // as good as the end of the stream
    }
    underWay.add(new Chunk(new byte[0], System.nanoTime()));
  }

  private static void write(BlockingQueue<Chunk> underWay, Socket to) {
    try (OutputStream out = to.getOutputStream()) {
      for (Chunk chunk = underWay.take(); chunk.bytes.length > 0; chunk = underWay.take()) {
        TimeUnit.NANOSECONDS.sleep(chunk.dueNanos - System.nanoTime());
        out.write(chunk.bytes);
      }
    } catch (IOException closed) {
      // nobody wants the rest
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      listening.close();
      synchronized (this) {
        for (Socket socket : sockets) {
          socket.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
