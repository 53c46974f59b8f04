package dev.collab.client;

import dev.collab.chat.ChatPage;
import dev.collab.chat.ChatWire;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ChatHistoryRequest;
import dev.collab.protocol.ChatNotice;
import dev.collab.protocol.WireError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks for pages of one room's messages. What is not answered is asked again over the next
 * connection, or later if it failed for the moment.
 *
 * <p>Confined: callers must serialise calls.
 */
final class ChatPages {

  /** How many pages may be under way. */
  static final int CAPACITY = 64;

  private final Settings settings;

  /** Never gives a number twice, since a room may be closed and opened again. */
  private final LongSupplier numbers;

  private final Map<Long, Asked> all = new LinkedHashMap<>();
  private @Nullable Session session;

  ChatPages(Settings settings, LongSupplier numbers) {
    this.settings = settings;
    this.numbers = numbers;
  }

  /** A request and, if it is under way, the message that it is in. */
  private static final class Asked {

    private final ChatHistoryRequest request;
    private final Consumer<ChatPage> whenRead;
    private final Consumer<CollabException> whenFailed;
    private long messageNumber;
    private int failures;

    Asked(
        ChatHistoryRequest request,
        Consumer<ChatPage> whenRead,
        Consumer<CollabException> whenFailed) {
      this.request = request;
      this.whenRead = whenRead;
      this.whenFailed = whenFailed;
    }
  }

  void start(Session opened) {
    session = opened;
    all.values().forEach(this::send);
  }

  void stop() {
    session = null;
    all.values().forEach(asked -> asked.messageNumber = 0);
  }

  /** Returns the number of the oldest message that waits for its answer, or 0. */
  long unanswered() {
    return all.values().stream()
        .mapToLong(asked -> asked.messageNumber)
        .filter(number -> number != 0)
        .min()
        .orElse(0);
  }

  /**
   * Asks for a page.
   *
   * @param request makes the request with this number
   * @param whenRead takes the page
   * @param whenFailed is told that it does not come
   * @throws ClientException if too many are under way
   */
  void ask(
      LongFunction<ChatHistoryRequest> request,
      Consumer<ChatPage> whenRead,
      Consumer<CollabException> whenFailed) {
    if (all.size() >= CAPACITY) {
      throw new ClientException(
          ClientException.QUEUE_FULL, "more than " + CAPACITY + " pages are under way");
    }
    long number = numbers.getAsLong();
    Asked asked = new Asked(request.apply(number), whenRead, whenFailed);
    all.put(number, asked);
    send(asked);
  }

  private void send(Asked asked) {
    if (session != null) {
      asked.messageNumber = session.send(asked.request);
    }
  }

  void onPage(ChatNotice.Page page) {
    Asked asked = all.remove(page.number());
    if (asked == null) {
      return;
    }
    ChatPage read;
    try {
      read = new ChatPage(ChatWire.readMessages(page.messages()), page.more());
    } catch (RuntimeException e) {
      asked.whenFailed.accept(ChatReader.unreadable(e));
      return;
    }
    asked.whenRead.accept(read);
  }

  void onFailed(long number, WireError error) {
    Asked asked = all.get(number);
    if (asked == null) {
      return;
    }
    asked.messageNumber = 0;
    if (!Verdict.isTemporary(error.code())) {
      all.remove(number);
      asked.whenFailed.accept(new ServerException(error));
      return;
    }
    asked.failures++;
    Session refusing = session;
    settings.backOff(
        asked.failures,
        error.retryAfter().orElse(Duration.ZERO),
        () -> {
          if (session == refusing && all.get(number) == asked) {
            send(asked);
          }
        });
  }

  /** Nobody is interested any more. */
  void close(CollabException error) {
    stop();
    List<Asked> ended = List.copyOf(all.values());
    all.clear();
    ended.forEach(asked -> asked.whenFailed.accept(error));
  }
}
