package dev.collab.client;

import dev.collab.operation.CollabException;
import java.util.List;

/**
 * Hears who is there and what they show. Called on the client's executor, one call at a time. A
 * listener that throws is logged and harms nothing.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @since 0.1
 */
public interface PresenceListener {

  /**
   * Somebody shows something else, has come, gone or fallen idle, or the document has moved what
   * they show.
   *
   * @param others what all others show now
   */
  default void onChange(List<Participant> others) {}

  /**
   * What is to be shown was refused, by the server or because it has not the form that the
   * document's type asks for, and what was shown before is shown still; or the server refused to
   * let it be seen who else is there.
   *
   * @param error what failed
   */
  default void onError(CollabException error) {}
}
