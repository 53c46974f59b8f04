package dev.collab.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void manyTasks_giveOthersATurnInBetween() {
    Queue<Runnable> pool = new ArrayDeque<>();
    SerialExecutor busy = SerialExecutor.on(pool::add);
    SerialExecutor other = SerialExecutor.on(pool::add);
    int[] ran = new int[1];
    int[] before = new int[1];
    for (int i = 0; i < 1_000; i++) {
      busy.execute(() -> ran[0]++);
    }
    other.execute(() -> before[0] = ran[0]);
    int turns = 0;
    for (Runnable turn = pool.poll(); turn != null; turn = pool.poll()) {
      turn.run();
      turns++;
    }
    assertThat(ran[0]).isEqualTo(1_000);
    assertThat(before[0]).isEqualTo(64);
    assertThat(turns).isEqualTo(17);
  }

  @ParameterizedTest
  @ValueSource(ints = {63, 64, 65, 127, 128, 129})
  void tasks_aroundATurnsEnd_allRunAndTheNextOnesToo(int tasks) {
    Queue<Runnable> pool = new ArrayDeque<>();
    SerialExecutor serial = SerialExecutor.on(pool::add);
    int[] ran = new int[1];
    for (int round = 1; round <= 3; round++) {
      for (int i = 0; i < tasks; i++) {
        serial.execute(() -> ran[0]++);
      }
      for (Runnable turn = pool.poll(); turn != null; turn = pool.poll()) {
        turn.run();
      }
      assertThat(ran[0]).isEqualTo(round * tasks);
    }
  }

  @Test
  void manyTasks_inTheCallersThread_areNotNested() {
    SerialExecutor serial = SerialExecutor.heldOn(Runnable::run);
    List<Integer> ran = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      int number = i;
      serial.execute(() -> ran.add(number));
    }
    serial.release();
    assertThat(ran).hasSize(100_000).isSorted();
  }

  @Test
  void executor_thatRefusesInBetween_losesNothing() {
    int[] calls = new int[1];
    SerialExecutor serial =
        SerialExecutor.heldOn(
            task -> {
              if (++calls[0] % 2 == 0) {
                throw new RejectedExecutionException("busy");
              }
              task.run();
            });
    List<Integer> ran = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      int number = i;
      serial.execute(() -> ran.add(number));
    }
    serial.release();
    assertThat(ran).hasSize(1_000).isSorted();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
