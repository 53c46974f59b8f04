package dev.collab.server.log;

import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.Subscription;
import dev.collab.server.runtime.Calls;
import dev.collab.server.runtime.ServerContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Follows the head of a log: hears announcements, and asks now and then, because an announcement
 * may be lost.
 *
 * <p>Confined: callers must serialise calls; the listener is called on the given executor.
 */
final class HeadWatch {

  private static final Duration POLL = Duration.ofSeconds(1);

  private final String key;
  private final ServerContext context;
  private final Executor executor;
  private final Listener listener;
  private @Nullable Subscription announcements;
  private boolean closed;

  HeadWatch(String key, ServerContext context, Executor executor, Listener listener) {
    this.key = key;
    this.context = context;
    this.executor = executor;
    this.listener = listener;
  }

  /** Is told of heads. */
  interface Listener {

    /** The log has, or had, this head; some entries before it may come along. */
    void announced(LogHead head, List<LogEntry> entries);

    /** It is time to ask for the head. */
    void pollDue();
  }

  /** Begins to hear announcements; may be called again if it failed. */
  CompletionStage<Void> listen() {
    return Calls.attempt(() -> context.coordinator().logs().subscribe(key, this::announced))
        .thenAccept(subscription -> executor.execute(() -> began(subscription)));
  }

  private void began(Subscription subscription) {
    if (closed || announcements != null) {
      subscription.close();
    } else {
      announcements = subscription;
    }
  }

  private void announced(LogHead head, List<LogEntry> entries) {
    executor.execute(
        () -> {
          if (!closed) {
            listener.announced(head, entries);
          }
        });
  }

  /** Has the listener told when the next poll is due. */
  void schedulePoll() {
    long jitter = context.random().nextLong(POLL.toNanos() / 2);
    context
        .scheduler()
        .schedule(
            POLL.plusNanos(jitter),
            () ->
                executor.execute(
                    () -> {
                      if (!closed) {
                        listener.pollDue();
                      }
                    }));
  }

  /** Asks for the head. */
  CompletionStage<Optional<LogHead>> poll() {
    return Calls.attempt(() -> context.coordinator().logs().head(key));
  }

  void close() {
    closed = true;
    if (announcements != null) {
      announcements.close();
    }
  }
}
