package dev.collab.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {

  @Test
  void execute_withinATask_runsBehindIt() {
    var order = new ArrayList<String>();
    SerialExecutor serial = SerialExecutor.on(Runnable::run);
    serial.execute(
        () -> {
          serial.execute(() -> order.add("inner"));
          order.add("outer");
        });
    assertThat(order).containsExactly("outer", "inner");
  }

  @Test
  void execute_byManyThreads_runsOneTaskAtATime() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    try {
      SerialExecutor serial = SerialExecutor.on(pool);
      var done = new CountDownLatch(8_000);
      var counter = new int[1];
      var begin = new CountDownLatch(1);
      for (int thread = 0; thread < 8; thread++) {
        new Thread(
                () -> {
                  awaitQuietly(begin);
                  for (int i = 0; i < 1_000; i++) {
                    serial.execute(
                        () -> {
                          counter[0]++;
                          done.countDown();
                        });
                  }
                })
            .start();
      }
      begin.countDown();
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(counter[0]).isEqualTo(8_000);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void taskThatThrows_doesNotStopTheNext() {
    var ran = new ArrayList<String>();
    SerialExecutor serial = SerialExecutor.heldOn(Runnable::run);
    serial.execute(
        () -> {
          throw new IllegalStateException("on purpose");
        });
    serial.execute(() -> ran.add("next"));
    assertThat(ran).isEmpty();
    serial.release();
    assertThat(ran).containsExactly("next");
  }

  @Test
  void execute_afterARefusal_runsAgain() {
    var refuse = new AtomicBoolean(true);
    List<String> ran = new ArrayList<>();
    SerialExecutor serial =
        SerialExecutor.on(
            task -> {
              if (refuse.get()) {
                throw new RejectedExecutionException("busy");
              }
              task.run();
            });
    serial.execute(() -> ran.add("dropped"));
    refuse.set(false);
    serial.execute(() -> ran.add("run"));
    assertThat(ran).containsExactly("run");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
