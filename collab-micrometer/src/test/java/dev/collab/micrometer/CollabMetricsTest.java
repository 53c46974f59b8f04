package dev.collab.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.DocumentId;
import dev.collab.server.observe.ChatCommitted;
import dev.collab.server.observe.ConnectionClosed;
import dev.collab.server.observe.ConnectionInfo;
import dev.collab.server.observe.CoordinatorCall;
import dev.collab.server.observe.CoordinatorFailed;
import dev.collab.server.observe.DocumentLoadFailed;
import dev.collab.server.observe.EpochChanged;
import dev.collab.server.observe.LeaseLost;
import dev.collab.server.observe.MessageRefused;
import dev.collab.server.observe.RateLimited;
import dev.collab.server.observe.SlowConsumer;
import dev.collab.transport.CloseReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a collection of the meters shows of a server. */
class CollabMetricsTest {

  private static final ConnectionInfo CONNECTION = ConnectionInfo.opened(1, "ann", Instant.EPOCH);

  private final ExercisedServer exercised = new ExercisedServer();

  @Test
  void server_thatWasUsed_showsWhatHappenedAndWhatIsSo() {
    Scrape scrape = new Scrape(exercised.exercise().scrape());

    assertThat(scrape.value("collab_connections_opened_total")).isEqualTo(2);
    assertThat(scrape.value("collab_connections_ready_total{dialect=\"base\"}")).isEqualTo(2);
    assertThat(scrape.value("collab_connections_closed_total{code=\"1000\"}")).isEqualTo(1);
    assertThat(scrape.value("collab_connections_duration_seconds_count")).isEqualTo(1);
    assertThat(scrape.value("collab_connections_open")).isEqualTo(1);
    assertThat(scrape.value("collab_connections_active")).isEqualTo(1);
    assertThat(scrape.value("collab_subscriptions")).isEqualTo(1);
    assertThat(scrape.value("collab_documents_load_seconds_count")).isEqualTo(1);
    assertThat(scrape.value("collab_documents_served")).isEqualTo(1);
    assertThat(scrape.value("collab_documents_entries")).isEqualTo(3);
    assertThat(scrape.value("collab_documents_memory_bytes")).isPositive();
    assertThat(scrape.value("collab_operations_commit_seconds_count{kind=\"create\"}"))
        .isEqualTo(1);
    assertThat(scrape.value("collab_operations_commit_seconds_count{kind=\"edit\"}")).isEqualTo(2);
    assertThat(scrape.value("collab_operations_transforms_sum")).isEqualTo(1);
    assertThat(scrape.value("collab_operations_rejected_total{code=\"ERR_OT_OP_NOT_APPLIED\"}"))
        .isEqualTo(1);
    assertThat(scrape.value("collab_messages_refused_total{code=\"ERR_MESSAGE_BADLY_FORMED\"}"))
        .isEqualTo(1);
    assertThat(scrape.value("collab_presence_changes_total{change=\"updated\"}")).isEqualTo(1);
    assertThat(scrape.value("collab_coordinator_calls_seconds_count{call=\"append\"}"))
        .isGreaterThanOrEqualTo(3);
    assertThat(scrape.value("collab_coordinator_failures_total{call=\"append\"}")).isZero();
  }

  @Test
  void events_thatAreRare_areCounted() {
    CollabMetrics metrics = exercised.metrics();
    metrics.slowConsumer(SlowConsumer.shed(CONNECTION, 10, 7));
    metrics.slowConsumer(SlowConsumer.closed(CONNECTION, 10));
    metrics.rateLimited(
        new RateLimited(CONNECTION, RateLimited.What.CHAT, RateLimited.Action.REFUSED));
    metrics.chatCommitted(new ChatCommitted("room", 1, "post"));
    metrics.coordinatorFailed(
        new CoordinatorFailed(CoordinatorCall.APPEND, new IllegalStateException()));
    metrics.leaseLost(new LeaseLost("node"));
    metrics.epochChanged(new EpochChanged(new DocumentId("c", "d"), 0, 1));
    metrics.documentLoadFailed(new DocumentLoadFailed(new DocumentId("c", "d"), "ERR_LOG_CORRUPT"));

    Scrape scrape = new Scrape(exercised.scrape());

    assertThat(scrape.value("collab_consumers_slow_total{action=\"shed\"}")).isEqualTo(1);
    assertThat(scrape.value("collab_consumers_slow_total{action=\"closed\"}")).isEqualTo(1);
    assertThat(scrape.value("collab_consumers_dropped_total")).isEqualTo(7);
    assertThat(scrape.value("collab_limited_total{action=\"refused\",what=\"chat\"}")).isEqualTo(1);
    assertThat(scrape.value("collab_chat_events_total{kind=\"post\"}")).isEqualTo(1);
    assertThat(scrape.value("collab_coordinator_failures_total{call=\"append\"}")).isEqualTo(1);
    assertThat(scrape.value("collab_coordinator_leases_lost_total")).isEqualTo(1);
    assertThat(scrape.value("collab_documents_epochs_total")).isEqualTo(1);
    assertThat(scrape.value("collab_documents_load_failed_total{code=\"ERR_LOG_CORRUPT\"}"))
        .isEqualTo(1);
  }

  @Test
  void health_isUpUntilTheServerIsClosed() {
    exercised.scrape();
    assertThat(new Scrape(exercised.scrape()).value("collab_health")).isEqualTo(1);
    exercised.server().close();
    exercised.scrape();
    assertThat(new Scrape(exercised.scrape()).value("collab_health")).isZero();
  }

  @Test
  void meters_areThereBeforeAnythingHappens() {
    Scrape scrape = new Scrape(exercised.scrape());
    Scrape used = new Scrape(exercised.exercise().scrape());
    assertThat(scrape.names()).containsAll(used.names());
  }

  @Test
  void closeCodes_thatClientsInvent_areOther() {
    for (int code = 3_000; code < 3_100; code++) {
      exercised
          .metrics()
          .connectionClosed(
              new ConnectionClosed(CONNECTION, new CloseReason(code, ""), Duration.ZERO));
    }
    Scrape scrape = new Scrape(exercised.scrape());
    assertThat(scrape.value("collab_connections_closed_total{code=\"other\"}")).isEqualTo(100);
  }

  @Test
  void tags_holdNoDocumentUserOrConnection() {
    exercised.exercise();
    String values =
        exercised.registry().getMeters().stream()
            .flatMap(meter -> meter.getId().getTags().stream())
            .map(tag -> tag.getKey() + "=" + tag.getValue())
            .distinct()
            .sorted()
            .collect(Collectors.joining(" "));
    assertThat(values).doesNotContain("aaaa", "bbbb", "=d ", "=room", "=c ");
    assertThat(exercised.registry().getMeters()).hasSizeLessThan(200);
  }

  @Test
  void names_beginWithCollabAndHaveADescription() {
    assertThat(exercised.registry().getMeters())
        .isNotEmpty()
        .allMatch(meter -> meter.getId().getName().startsWith("collab."))
        .allMatch(meter -> meter.getId().getDescription() != null);
  }

  @Test
  void registry_thatIsBoundLate_beginsAtZeroAndGoesOn() {
    exercised.exercise();
    SimpleMeterRegistry late = new SimpleMeterRegistry();
    exercised.metrics().bindTo(late);
    assertThat(late.get("collab.connections.opened").counter().count()).isZero();
    assertThat(late.get("collab.connections.open").gauge().value()).isEqualTo(1);
    exercised.connect("eeeeeeeeeeeeeeeeeeeeee");
    assertThat(late.get("collab.connections.opened").counter().count()).isEqualTo(1);
  }

  @Test
  void metrics_thatAreBoundNowhere_disturbNobody() {
    CollabMetrics.create().messageRefused(new MessageRefused(CONNECTION, "ERR"));
  }
}
