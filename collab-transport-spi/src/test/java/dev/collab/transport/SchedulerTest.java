package dev.collab.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SchedulerTest {

  @Test
  void on_executor_runsTheTask() throws Exception {
    var executor = Executors.newSingleThreadScheduledExecutor();
    try {
      var ran = new CountDownLatch(1);
      Scheduler.on(executor).schedule(Duration.ofNanos(1), ran::countDown);
      assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      executor.shutdownNow();
    }
  }
}
