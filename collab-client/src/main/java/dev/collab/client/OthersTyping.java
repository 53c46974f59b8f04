package dev.collab.client;

import dev.collab.presence.User;
import dev.collab.protocol.ChatNotice;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who else is writing in a room. It ends by itself unless it is told again and again.
 *
 * <p>Confined: callers must serialise calls.
 */
final class OthersTyping {

  /** Told once, it holds for so long. */
  static final Duration TYPING = Duration.ofSeconds(6);

  private final Confinement confinement;
  private final Runnable changed;
  private final Map<String, Writing> writing = new LinkedHashMap<>();
  private long told;

  OthersTyping(Confinement confinement, Runnable changed) {
    this.confinement = confinement;
    this.changed = changed;
  }

  /** Who writes, and the news that said so last. */
  private record Writing(User user, long told) {}

  List<User> users() {
    return writing.values().stream().map(Writing::user).toList();
  }

  /** Somebody writes, or no longer. */
  void told(ChatNotice.Typing notice) {
    if (notice.typing()) {
      typing(notice.user());
    } else {
      stopped(notice.user().id());
    }
  }

  private void typing(User user) {
    Writing news = new Writing(user, ++told);
    writing.put(user.id(), news);
    confinement.later(
        TYPING,
        () -> {
          if (writing.remove(user.id(), news)) {
            changed.run();
          }
        });
  }

  /** Somebody writes no longer. */
  void stopped(String user) {
    writing.remove(user);
  }

  void clear() {
    writing.clear();
  }
}
