package dev.collab.examples.demo;

import dev.collab.operation.CollabException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The demo: a server and its page, or a recorded session typed into a document of it. */
@Command(
    name = "collab-demo",
    description = "Starts a server whose page edits documents together.",
    exitCodeListHeading = "Status:%n",
    exitCodeList = {
      "0:all is well",
      "1:a recorded session ended with another text",
      "2:bad arguments, an unreadable file, or an address that is in use"
    })
public final class Demo implements Callable<Integer> {

  /** How fast a recorded session is typed. */
  enum Speed {
    MAX,
    RECORDED
  }

  private static final int FAILED = 2;
  private static final int MAX_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this text and ends.")
  @SuppressWarnings("unused") // picocli reads it
  private boolean help;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "The port; 0 for a free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
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
      paramLabel = "SPEED",
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
    int status = command().execute(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Returns the command line. What a user can mend ends it with one line of text. */
  static CommandLine command() {
    return new CommandLine(new Demo())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (e, arguments) ->
                fail(e.getCommandLine(), e.getMessage() + " (--help lists the options)"))
        .setExecutionExceptionHandler(
            (e, command, result) -> {
              if (e instanceof IOException || e instanceof CollabException) {
                return fail(command, e.getMessage());
              }
              throw e;
            });
  }

  private static int fail(CommandLine command, String message) {
    command.getErr().println("collab-demo: " + message);
    return FAILED;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (port < 0 || port > MAX_PORT) {
      throw new ParameterException(
          spec.commandLine(), "--port is " + port + ", not from 0 to " + MAX_PORT);
    }
    Optional<Trace> trace =
        replay.isPresent() ? Optional.of(Trace.read(replay.get())) : Optional.empty();
    PrintWriter out = spec.commandLine().getOut();
    try (DemoServer server = DemoServer.start(host, port)) {
      out.println("Collab demo: " + server.address() + "?doc=welcome");
      if (trace.isPresent()) {
        return new Replay(server.endpoint(), trace.get(), speed, out).run() ? 0 : 1;
      }
      return serve(server, out);
    }
  }

  /** Serves until the process is told to stop. */
  private static int serve(DemoServer server, PrintWriter out) throws InterruptedException {
    out.println("Open it in several windows. Ctrl-C stops the server.");
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  out.println("Stopped.");
                  stopped.countDown();
                }));
    stopped.await();
    return 0;
  }
}
