package dev.collab.client;

import dev.collab.protocol.ChatTypingRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells a room that the user is writing: at once, again as long as the user goes on, and when the
 * user has stopped.
 *
 * <p>Confined: callers must serialise calls.
 */
final class OwnTyping {

  /** How often it is told; it has to be well below the time after which it ends by itself. */
  static final Duration RENEWAL = Duration.ofSeconds(3);

  private final String room;
  private final Settings settings;
  private @Nullable Session session;

  /** Counts what the user begins to write. */
  private long begun;

  private boolean writing;
  private boolean goesOn;

  OwnTyping(String room, Settings settings) {
    this.room = room;
    this.settings = settings;
  }

  void start(Session opened) {
    session = opened;
  }

  /** The server forgets who writes with the connection. */
  void stop() {
    session = null;
    writing = false;
  }

  /** The user has written something. */
  void typed() {
    goesOn = true;
    if (!writing && session != null) {
      writing = true;
      begun++;
      renew();
    }
  }

  private void renew() {
    tell(true);
    goesOn = false;
    long renewed = begun;
    settings
        .confinement()
        .later(
            RENEWAL,
            () -> {
              if (!writing || begun != renewed) {
                return;
              }
              if (goesOn) {
                renew();
              } else {
                stopped();
              }
            });
  }

  /** The user writes no longer. */
  void stopped() {
    if (writing) {
      writing = false;
      tell(false);
    }
  }

  private void tell(boolean isTyping) {
    if (session != null) {
      session.send(ChatTypingRequest.of(room, isTyping));
    }
  }
}
