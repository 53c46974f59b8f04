package dev.collab.server.chat;

import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.Subscription;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ChatNotice;
import dev.collab.protocol.Dialect;
import dev.collab.protocol.JsonCodec;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.WireLimits;
import dev.collab.server.log.Attachment;
import dev.collab.server.runtime.Calls;
import dev.collab.server.runtime.LogKeys;
import dev.collab.server.runtime.Retry;
import dev.collab.server.runtime.ServerContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells other servers who types in a room, and hears it from them, by broadcasts: one that is lost
 * is made good by the next renewal, or by the clients, for which typing ends by itself.
 *
 * <p>Confined: to the executor of the room's host.
 */
final class SharedTyping implements Attachment {

  private static final Logger LOGGER = System.getLogger(SharedTyping.class.getName());
  private static final JsonCodec CODEC = new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED);
  private static final char SEPARATOR = ' ';

  private final String room;
  private final ServerContext context;
  private final Executor executor;
  private final Consumer<ChatNotice.Typing> heard;
  private final Retry retry;

  /** Marks what is this one's own: whoever publishes hears it, too. */
  private final String sender;

  private @Nullable Subscription subscription;
  private boolean ended;

  SharedTyping(
      String room, ServerContext context, Executor executor, Consumer<ChatNotice.Typing> heard) {
    this.room = room;
    this.context = context;
    this.executor = executor;
    this.heard = heard;
    this.retry = new Retry(context.scheduler(), context.random());
    this.sender = Long.toHexString(context.random().nextLong());
    subscribe();
  }

  private void subscribe() {
    if (ended) {
      return;
    }
    Calls.attempt(
            () -> context.coordinator().broadcasts().subscribe(LogKeys.room(room), this::received))
        .whenComplete((opened, failure) -> executor.execute(() -> subscribed(opened)));
  }

  private void subscribed(@Nullable Subscription opened) {
    if (opened == null) {
      retry.failed(() -> executor.execute(this::subscribe));
    } else if (ended) {
      opened.close();
    } else {
      subscription = opened;
    }
  }

  /** Tells the other servers. */
  void tell(ChatNotice.Typing notice) {
    String message = sender + SEPARATOR + CODEC.encode(notice);
    Bytes payload = Bytes.copyOf(message.getBytes(StandardCharsets.UTF_8));
    Calls.attempt(() -> context.coordinator().broadcasts().publish(LogKeys.room(room), payload))
        .whenComplete(
            (nothing, failure) -> {
              if (failure != null) {
                LOGGER.log(Level.DEBUG, "that somebody types was not broadcast: {0}", failure);
              }
            });
  }

  private void received(long sequence, Bytes payload) {
    String message = new String(payload.toByteArray(), StandardCharsets.UTF_8);
    int end = message.indexOf(SEPARATOR);
    if (end < 0 || message.substring(0, end).equals(sender)) {
      return;
    }
    try {
      for (ServerMessage told : CODEC.decodeServerFrame(message.substring(end + 1))) {
        if (told instanceof ChatNotice.Typing typing && typing.room().equals(room)) {
          executor.execute(() -> pass(typing));
        }
      }
    } catch (CollabException e) {
      LOGGER.log(Level.WARNING, "a broadcast about typing cannot be read", e);
    }
  }

  private void pass(ChatNotice.Typing typing) {
    if (!ended) {
      heard.accept(typing);
    }
  }

  /** Who listens keeps the room loaded, this does not. */
  @Override
  public boolean isInUse() {
    return false;
  }

  @Override
  public void committed(CommittedOperation entry, Document before, Document after) {
    // what stands in the log is told by the log
  }

  @Override
  public void ended() {
    ended = true;
    if (subscription != null) {
      subscription.close();
    }
  }
}
