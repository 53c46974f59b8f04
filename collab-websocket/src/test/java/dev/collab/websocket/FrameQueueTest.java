package dev.collab.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FrameQueueTest {

  private final List<String> sent = new ArrayList<>();
  private final Queue<Consumer<@Nullable Throwable>> underWay = new ArrayDeque<>();
  private final List<String> news = new ArrayList<>();

  private final FrameQueue slow =
      new FrameQueue(
          (frame, done) -> {
            sent.add(frame);
            underWay.add(done);
          },
          () -> news.add("drained"),
          failure -> news.add(String.valueOf(failure.getMessage())));

  @Test
  void add_whileOneIsUnderWay_waits() {
    slow.add("ab");
    slow.add("c");
    assertThat(sent).containsExactly("ab");
    assertThat(slow.queued()).isEqualTo(3);
    underWay.remove().accept(null);
    assertThat(sent).containsExactly("ab", "c");
    assertThat(slow.queued()).isEqualTo(1);
    assertThat(news).isEmpty();
    underWay.remove().accept(null);
    assertThat(slow.queued()).isZero();
    assertThat(news).containsExactly("drained");
  }

  @Test
  void add_toANetworkThatAnswersAtOnce_doesNotRecurse() {
    var depth = new int[2];
    var queue = new FrameQueue[1];
    queue[0] =
        new FrameQueue(
            (frame, done) -> {
              depth[0]++;
              depth[1] = Math.max(depth[1], depth[0]);
              sent.add(frame);
              if (sent.size() < 100_000) {
                queue[0].add("again");
              }
              done.accept(null);
              depth[0]--;
            },
            () -> news.add("drained"),
            failure -> {});
    queue[0].add("first");
    assertThat(sent).hasSize(100_000);
    assertThat(depth[1]).isEqualTo(1);
    assertThat(news).containsExactly("drained");
  }

  @Test
  void networkThatRefuses_stopsTheQueueAndIsReportedOnce() {
    slow.add("a");
    slow.add("b");
    underWay.remove().accept(new IOException("refused"));
    slow.add("c");
    assertThat(sent).containsExactly("a");
    assertThat(news).containsExactly("refused");
    assertThat(slow.queued()).isZero();
  }

  @Test
  void finish_withAShortRest_sendsItFirst() {
    slow.add("a");
    slow.add("x".repeat(FrameQueue.FAREWELL));
    slow.finish(() -> news.add("finale"));
    slow.add("too late");
    underWay.remove().accept(null);
    assertThat(news).isEmpty();
    underWay.remove().accept(null);
    assertThat(sent).hasSize(2);
    assertThat(news).containsExactly("finale");
  }

  @Test
  void finish_withALongRest_dropsIt() {
    slow.add("a");
    slow.add("x".repeat(FrameQueue.FAREWELL + 1));
    slow.finish(() -> news.add("finale"));
    underWay.remove().accept(null);
    assertThat(sent).containsExactly("a");
    assertThat(news).containsExactly("finale");
  }

  @Test
  void finish_whenNothingWaits_isAtOnce() {
    slow.finish(() -> news.add("finale"));
    assertThat(news).containsExactly("finale");
  }

  @Test
  void abandon_callsAFinaleThatWaits_once() {
    slow.add("a");
    slow.finish(() -> news.add("finale"));
    slow.abandon();
    underWay.remove().accept(new IOException("closed"));
    assertThat(news).containsExactly("finale");
  }
}
