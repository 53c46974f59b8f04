package dev.collab.client;

import dev.collab.chat.ChatChanges;
import dev.collab.chat.ChatEvent;
import dev.collab.chat.ChatWire;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ChatSubmitRequest;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.WireError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Submits what is asked for in one room, one event at a time and in order. Over a new connection
 * the outstanding event is sent again, unchanged; what the server cannot take for the moment is
 * sent again later.
 *
 * <p>Confined: callers must serialise calls.
 */
final class ChatSubmitter {

  private final String room;
  private final Settings settings;
  private final Author author;
  private final Owner owner;

  /** Who waits for what, by the number of the event. */
  private final Map<Long, Waiter> waiters = new LinkedHashMap<>();

  private ChatOutbox outbox = ChatOutbox.EMPTY;
  private @Nullable Session session;

  /** The message in which the outstanding event is under way, or 0. */
  private long messageNumber;

  private boolean paused;
  private int failures;

  ChatSubmitter(String room, Settings settings, Author author, Owner owner) {
    this.room = room;
    this.settings = settings;
    this.author = author;
    this.owner = owner;
  }

  /** Waits for one event. */
  interface Waiter {

    /** It was committed. */
    void committed(ChatChanges changes);

    /** It will not happen, or nobody knows. */
    void failed(CollabException error);
  }

  /** Whose events are submitted. */
  interface Owner {

    /** An event is handed back. */
    void rejected(ChatEvent event, CollabException error);

    /** An event could not be decided on; it is sent again. */
    void failedForNow(CollabException error);

    /** An event was committed; whoever waits for it is told behind this. */
    void committed();

    /** What has waited for a while was gone on with. */
    void proceeded();
  }

  /** Uses a new connection. */
  void start(Session opened) {
    session = opened;
    messageNumber = 0;
    paused = false;
    failures = 0;
    submit();
  }

  void stop() {
    session = null;
    messageNumber = 0;
  }

  ChatOutbox outbox() {
    return outbox;
  }

  /** Returns the number of the message that waits for its answer, or 0. */
  long unanswered() {
    return messageNumber;
  }

  /**
   * Adds an event behind the others.
   *
   * @throws ClientException if there are too many
   */
  void add(ChatEvent event, Waiter waiter) {
    if (outbox.isFull()) {
      throw new ClientException(
          ClientException.QUEUE_FULL, "more than " + ChatOutbox.CAPACITY + " events wait");
    }
    outbox = outbox.add(event);
    waiters.put(outbox.last(), waiter);
    submit();
  }

  private void submit() {
    Session open = session;
    while (open != null && messageNumber == 0 && !paused) {
      boolean again = outbox.outstanding().isPresent();
      if (!again) {
        if (!outbox.hasNext()) {
          return;
        }
        outbox = outbox.submit(author.next());
      }
      String frame = open.encode(request(outbox.outstanding().orElseThrow(), again));
      if (frame.length() > open.maxFrameLength()) {
        reject(
            new ServerException(
                new WireError(
                    ErrorCodes.FRAME_TOO_LARGE,
                    "a frame of "
                        + frame.length()
                        + " is above the limit "
                        + open.maxFrameLength())));
      } else {
        messageNumber = open.sendFrame(frame);
      }
    }
  }

  private ChatSubmitRequest request(ChatOutbox.Outstanding sent, boolean again) {
    ChatSubmitRequest request =
        ChatSubmitRequest.of(room, sent.id().sequence(), ChatWire.event(sent.pending().event()));
    return again ? request.withSource(sent.id().client().value()) : request;
  }

  /** Tells whether this number is that of the outstanding event. */
  boolean isOutstanding(long sequence) {
    return outbox.outstanding().filter(sent -> sent.id().sequence() == sequence).isPresent();
  }

  /** The outstanding event stands in the room's log. */
  void committed(long version, ChatChanges changes) {
    long number = outbox.outstanding().orElseThrow().pending().number();
    outbox = outbox.commit(version);
    owner.committed();
    Waiter waiter = waiters.remove(number);
    if (waiter != null) {
      waiter.committed(changes);
    }
    decided();
  }

  /** The server did not do what the outstanding event asks for. */
  void failed(WireError error) {
    switch (error.code()) {
      case ErrorCodes.SOURCE_NOT_OWNED, ErrorCodes.OPERATIONS_NOT_FOUND -> {
        reject(undecided());
        decided();
      }
      default -> {
        if (Verdict.isTemporary(error.code())) {
          pause(error);
        } else {
          reject(new ServerException(error));
          decided();
        }
      }
    }
  }

  private static ClientException undecided() {
    return new ClientException(
        ClientException.CHAT_UNDECIDED, "the server cannot tell whether it has happened");
  }

  private void decided() {
    messageNumber = 0;
    failures = 0;
    submit();
  }

  private void reject(CollabException error) {
    PendingEvent rejected = outbox.unanswered().get(0);
    outbox = outbox.reject();
    owner.rejected(rejected.event(), error);
    Waiter waiter = waiters.remove(rejected.number());
    if (waiter != null) {
      waiter.failed(error);
    }
  }

  private void pause(WireError error) {
    messageNumber = 0;
    paused = true;
    failures++;
    if (failures == 1 && !error.code().equals(ErrorCodes.RATE_EXCEEDED)) {
      owner.failedForNow(new ServerException(error));
    }
    Session refusing = session;
    settings.backOff(
        failures,
        error.retryAfter().orElse(Duration.ZERO),
        () -> {
          if (session == refusing) {
            paused = false;
            submit();
            owner.proceeded();
          }
        });
  }

  /** The view has all entries below a version. */
  void seen(long version) {
    outbox = outbox.seen(version);
  }

  /** The server knows nothing of chat: everything that is not answered is handed back. */
  void rejectAll(CollabException error) {
    if (outbox.outstanding().isPresent()) {
      reject(undecided());
    }
    while (outbox.hasNext()) {
      reject(error);
    }
  }

  /** Ends: whoever waits is told, and the events stay readable. */
  void close(CollabException error) {
    stop();
    List.copyOf(waiters.values()).forEach(waiter -> waiter.failed(error));
    waiters.clear();
  }
}
