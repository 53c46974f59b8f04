package dev.collab.server;

import static dev.collab.server.ServerHarness.ALICE;
import static dev.collab.server.ServerHarness.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.AppendResult;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is logged when things go wrong tells where, and never what anybody wrote or who they are.
 */
class LoggingTest {

  private static final Logger LOGGER = Logger.getLogger("dev.collab.server");

  private final List<String> logged = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          logged.add(entry.getMessage());
          if (entry.getParameters() != null) {
            logged.add(List.of(entry.getParameters()).toString());
          }
          for (Throwable t = entry.getThrown(); t != null; t = t.getCause()) {
            logged.add(String.valueOf(t.getMessage()));
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private TamperedCoordinator log = new TamperedCoordinator(InMemoryCoordinator.builder().build());
  private final ServerHarness harness =
      ServerHarness.over(target -> log = new TamperedCoordinator(target)).withType(new MoodyType());

  @BeforeEach
  void listen() {
    LOGGER.setLevel(Level.ALL);
    LOGGER.addHandler(handler);
  }

  @AfterEach
  void stop() {
    LOGGER.removeHandler(handler);
    LOGGER.setLevel(null);
  }

  @Test
  void failures_areLoggedWithoutContentAndSecrets() {
    WireClient alice = harness.author(ALICE, "");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':2,'op':['runtime']}");
    alice.send("{'a':'op','c':'c','d':'d','v':1,'seq':3,'op':['secretive']}");
    alice.send("{'a':'f','c':'c','d':'d','v':null}");
    alice.send("{'a':'op','c':'c','d':'d','v':2,'seq':4,'op':[99,'past the end']}");
    LogEntry rubbish =
        new LogEntry(3, Bytes.copyOf(new byte[16]), Bytes.ofUtf8("{\"secretive\":" + ALICE));
    log.appends.add(
        TamperedCoordinator.answer(
            new AppendResult.Conflict(
                new LogHead(0, 3, Bytes.copyOf(new byte[16])), List.of(rubbish))));
    harness.connect(BOB).send("{'a':'op','c':'c','d':'d','v':2,'seq':1,'op':['unheard']}");
    harness
        .connect(BOB)
        .send("{'a':'op','c':'c','d':'a\\nb','v':0,'seq':2,'create':{'type':'text','data':'x'}}");
    assertThat(logged).hasSizeGreaterThan(5);
    assertThat(logged)
        .noneMatch(
            text ->
                text.contains(ALICE)
                    || text.contains(BOB)
                    || text.contains("secretive")
                    || text.contains("unheard")
                    || text.contains("runtime")
                    || text.contains("\n"));
  }
}
