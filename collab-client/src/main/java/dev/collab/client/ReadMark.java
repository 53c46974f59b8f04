package dev.collab.client;

import dev.collab.protocol.ChatReadRequest;
import dev.collab.protocol.WireError;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Up to which message the user has read a room. It goes forward only, is told not more often than
 * is good, and again over the next connection, until the server shows it.
 *
 * <p>Confined: callers must serialise calls.
 */
final class ReadMark {

  /** How long marks are gathered. */
  static final Duration GATHERING = Duration.ofSeconds(1);

  private final String room;
  private final Settings settings;
  private @Nullable Session session;
  private long read;

  /** The mark that the room shows. */
  private long known;

  private boolean gathering;
  private int failures;

  ReadMark(String room, Settings settings) {
    this.room = room;
    this.settings = settings;
  }

  void start(Session opened) {
    session = opened;
    failures = 0;
    tell();
  }

  void stop() {
    session = null;
  }

  /** Returns the last message that the user has read here, or 0. */
  long read() {
    return read;
  }

  /** The user has read the room up to a message. */
  void mark(long id) {
    if (id > read) {
      read = id;
      gather();
    }
  }

  private void gather() {
    if (!gathering) {
      gathering = true;
      settings
          .confinement()
          .later(
              GATHERING,
              () -> {
                gathering = false;
                tell();
              });
    }
  }

  private void tell() {
    if (session != null && read > known) {
      session.send(ChatReadRequest.of(room, read));
    }
  }

  /** The room shows how far the user has read it. */
  void shown(long id) {
    known = Math.max(known, id);
    read = Math.max(read, id);
  }

  /** The server has not taken the mark. */
  void failed(WireError error) {
    if (Verdict.isTemporary(error.code())) {
      failures++;
      Session refusing = session;
      settings.backOff(
          failures,
          error.retryAfter().orElse(Duration.ZERO),
          () -> {
            if (session == refusing) {
              tell();
            }
          });
    }
  }
}
