package dev.collab.examples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The demo: a server and its page, or a recorded session typed into a document of it. */
@Command(
    name = "collab-demo",
    mixinStandardHelpOptions = true,
    description = "Starts a server whose page edits documents together.")
public final class Demo implements Callable<Integer> {

  /** How fast a recorded session is typed. */
  enum Speed {
    MAX,
    RECORDED
  }

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "The port; 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      description = "The address to listen on (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--replay",
      paramLabel = "FILE",
      description = "Types a recorded session into a document, checks the result and ends.")
  private Optional<Path> replay;

  @Option(
      names = "--speed",
      defaultValue = "max",
      description = "How fast: max or recorded (default: ${DEFAULT-VALUE}).")
  private Speed speed;

  private Demo() {}

  /**
   * Runs the demo.
   *
   * @param arguments see {@code --help}
   */
  public static void main(String... arguments) {
    int status =
        new CommandLine(new Demo()).setCaseInsensitiveEnumValuesAllowed(true).execute(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (DemoServer server = DemoServer.start(host, port)) {
      System.out.println("Collab demo: " + server.address() + "?doc=welcome");
      return replay.isPresent() ? replay(server, replay.get()) : serve(server);
    }
  }

  private int replay(DemoServer server, Path file) throws IOException, InterruptedException {
    return new Replay(server.endpoint(), Trace.read(file), speed, System.out).run() ? 0 : 1;
  }

  /** Serves until the process is told to stop. */
  private static int serve(DemoServer server) throws InterruptedException {
    System.out.println("Open it in several windows. Ctrl-C stops the server.");
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  System.out.println("Stopped.");
                  stopped.countDown();
                }));
    stopped.await();
    return 0;
  }
}
