package dev.collab.server;

import static dev.collab.server.TamperedCoordinator.answer;
import static dev.collab.server.TamperedCoordinator.failure;
import static dev.collab.server.TamperedCoordinator.silence;
import static dev.collab.server.TamperedCoordinator.thrown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.server.observe.Health;
import dev.collab.server.observe.Health.Check;
import dev.collab.server.observe.Health.Status;
import dev.collab.tck.VirtualTime;
import dev.collab.text.TextType;
import dev.collab.transport.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Whether a server says the truth about its health, in time and without throwing. */
class HealthTest {

  private final VirtualTime time = new VirtualTime();
  private final TamperedCoordinator log =
      new TamperedCoordinator(InMemoryCoordinator.builder().executor(time).build());

  private CollabServer server(Executor executor, Scheduler scheduler) {
    return CollabServer.builder(log, executor, scheduler).type(TextType.TEXT).clock(time).build();
  }

  private CompletableFuture<Health> asked(CollabServer server) {
    CompletableFuture<Health> health = server.health().toCompletableFuture();
    time.runDue();
    return health;
  }

  private static Check check(Health health, String name) {
    return health.checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void server_thatWorks_isUp() {
    Health health = asked(server(time, time)).join();
    assertThat(health.status()).isEqualTo(Status.UP);
    assertThat(health.checks())
        .extracting(Check::name)
        .containsExactly("server", "executor", "scheduler", "coordinator");
    assertThat(health.checks()).extracting(Check::status).containsOnly(Status.UP);
  }

  @Test
  void server_thatIsClosed_isDown() {
    CollabServer server = server(time, time);
    server.close();
    Health health = asked(server).join();
    assertThat(health.status()).isEqualTo(Status.DOWN);
    assertThat(health.checks()).containsExactly(new Check("server", Status.DOWN, "closed"));
  }

  @Test
  void coordinator_thatFailsOrThrows_isDownWithoutItsMessage() {
    log.heads.add(failure());
    log.heads.add(thrown());
    for (int i = 0; i < 2; i++) {
      Health health = asked(server(time, time)).join();
      assertThat(health.status()).isEqualTo(Status.DOWN);
      assertThat(check(health, "coordinator"))
          .isEqualTo(new Check("coordinator", Status.DOWN, "IllegalStateException"));
      assertThat(check(health, "executor").status()).isEqualTo(Status.UP);
    }
  }

  @Test
  void coordinator_thatSaysThatThereIsNoSuchLog_isUp() {
    log.heads.add(answer(Optional.empty()));
    assertThat(asked(server(time, time)).join().status()).isEqualTo(Status.UP);
  }

  @Test
  void coordinator_thatDoesNotAnswer_isDownAtTheDeadline() {
    log.heads.add(silence());
    CompletableFuture<Health> health = asked(server(time, time));
    time.pass(Duration.ofMillis(1_999));
    assertThat(health).isNotDone();
    time.pass(Duration.ofMillis(1));
    assertThat(check(health.join(), "coordinator"))
        .isEqualTo(new Check("coordinator", Status.DOWN, "no answer within 2000 ms"));
  }

  @Test
  void executor_thatDoesNothing_isDownAtTheDeadline() {
    CompletableFuture<Health> health = asked(server(task -> {}, time));
    assertThat(health).isNotDone();
    time.pass(Duration.ofSeconds(2));
    assertThat(check(health.join(), "executor").status()).isEqualTo(Status.DOWN);
    assertThat(check(health.join(), "coordinator").status()).isEqualTo(Status.UP);
  }

  @Test
  void executor_thatRefuses_isDownAtOnce() {
    Executor refusing =
        task -> {
          throw new RejectedExecutionException("secret");
        };
    Health health = asked(server(refusing, time)).join();
    assertThat(check(health, "executor"))
        .isEqualTo(new Check("executor", Status.DOWN, "RejectedExecutionException"));
  }

  @Test
  void scheduler_thatRefuses_isDownAndNobodyWaits() {
    log.heads.add(silence());
    Scheduler refusing =
        (delay, task) -> {
          throw new RejectedExecutionException("secret");
        };
    Health health = asked(server(time, refusing)).join();
    assertThat(check(health, "scheduler"))
        .isEqualTo(new Check("scheduler", Status.DOWN, "RejectedExecutionException"));
    assertThat(health.toString()).doesNotContain("secret");
  }
}
