package dev.collab.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.DocumentId;
import dev.collab.document.OperationId;
import dev.collab.document.Payload;
import dev.collab.server.observe.ConnectionInfo;
import dev.collab.server.observe.CoordinatorCall;
import dev.collab.server.observe.CoordinatorFailed;
import dev.collab.server.observe.DocumentLoaded;
import dev.collab.server.observe.DocumentUnloaded;
import dev.collab.server.observe.OperationCommitted;
import dev.collab.server.observe.OperationRejected;
import dev.collab.server.observe.Resync;
import dev.collab.server.observe.ServerListener;
import dev.collab.server.observe.SlowConsumer;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a flight recording shows of a server. */
class FlightListenerTest {

  private static final DocumentId DOCUMENT = new DocumentId("c", "d");
  private static final ClientId CLIENT = new ClientId("client");
  private static final ConnectionInfo CONNECTION = ConnectionInfo.opened(7, "", Instant.EPOCH);

  @TempDir Path directory;

  private final ServerListener listener = Flight.listener().orElseThrow();

  @Test
  void events_areRecordedWithTheirFields() throws IOException {
    List<RecordedEvent> events = recorded(true, this::tellOfEverything);

    assertThat(events.stream().map(event -> event.getEventType().getName()))
        .containsExactlyInAnyOrder(
            "dev.collab.OperationCommitted",
            "dev.collab.OperationRejected",
            "dev.collab.Resync",
            "dev.collab.SlowConsumer",
            "dev.collab.DocumentLoaded",
            "dev.collab.DocumentUnloaded",
            "dev.collab.CoordinatorFailed");
    RecordedEvent committed = named(events, "OperationCommitted");
    assertThat(committed.getString("document")).isEqualTo("c/d");
    assertThat(committed.getString("client")).isEqualTo("client");
    assertThat(committed.getString("kind")).isEqualTo("EDIT");
    assertThat(committed.getLong("revision")).isEqualTo(5);
    assertThat(committed.getLong("transformCount")).isEqualTo(3);
    assertThat(committed.getDuration("latency")).isEqualTo(Duration.ofMillis(12));
    assertThat(committed.getInt("weight")).isPositive();
    assertThat(committed.getStackTrace()).isNull();
    RecordedEvent slow = named(events, "SlowConsumer");
    assertThat(slow.getLong("connection")).isEqualTo(7);
    assertThat(slow.getString("action")).isEqualTo("SHED");
    assertThat(slow.getLong("queued")).isEqualTo(100);
    assertThat(slow.getLong("dropped")).isEqualTo(2);
    assertThat(named(events, "OperationRejected").getString("code")).isEqualTo("ERR");
    assertThat(named(events, "Resync").getString("reason")).isEqualTo("TOO_FAR_BEHIND");
    assertThat(named(events, "DocumentLoaded").getDuration("took")).isEqualTo(Duration.ofMillis(4));
    assertThat(named(events, "DocumentUnloaded").getString("reason")).isEqualTo("IDLE");
    assertThat(named(events, "CoordinatorFailed").getString("failure"))
        .isEqualTo(IOException.class.getName());
  }

  @Test
  void events_thatAreSwitchedOff_areNotRecorded() throws IOException {
    assertThat(recorded(false, this::tellOfEverything)).isEmpty();
  }

  private void tellOfEverything() {
    TextOperation operation = TextOperation.insert(0, "hello");
    listener.operationCommitted(
        OperationCommitted.of(
            DOCUMENT,
            new CommittedOperation(
                new OperationId(CLIENT, 1),
                4,
                new Payload.Edit<>(TextType.TEXT, operation, operation),
                Instant.EPOCH),
            3,
            Duration.ofMillis(12)));
    listener.operationRejected(new OperationRejected(DOCUMENT, CLIENT, "ERR"));
    listener.resync(new Resync(DOCUMENT, CLIENT, Resync.Reason.TOO_FAR_BEHIND));
    listener.slowConsumer(SlowConsumer.shed(CONNECTION, 100, 2));
    listener.documentLoaded(new DocumentLoaded(DOCUMENT, 4, Duration.ofMillis(4)));
    listener.documentUnloaded(new DocumentUnloaded(DOCUMENT, 4, DocumentUnloaded.Reason.IDLE));
    listener.coordinatorFailed(new CoordinatorFailed(CoordinatorCall.HEAD, new IOException()));
  }

  private List<RecordedEvent> recorded(boolean enabled, Runnable task) throws IOException {
    Path file = directory.resolve("flight.jfr");
    try (Recording recording = new Recording()) {
      Set.of(
              "OperationCommitted",
              "OperationRejected",
              "Resync",
              "SlowConsumer",
              "DocumentLoaded",
              "DocumentUnloaded",
              "CoordinatorFailed")
          .forEach(
              name -> {
                if (enabled) {
                  recording.enable("dev.collab." + name);
                } else {
                  recording.disable("dev.collab." + name);
                }
              });
      recording.start();
      task.run();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("dev.collab."))
        .collect(Collectors.toList());
  }

  private static RecordedEvent named(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("dev.collab." + name))
        .findFirst()
        .orElseThrow();
  }
}
