package dev.collab.chat;

import static java.util.Objects.requireNonNull;

/**
 * What became of an event that a client received. The set is closed.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface ChatUpdate {

  /**
   * The event was the next one.
   *
   * @param view what the client knows now
   */
  record Changed(ChatView view) implements ChatUpdate {

    /**
     * Checks the argument.
     *
     * @param view what the client knows now
     * @throws NullPointerException if it is null
     */
    public Changed {
      requireNonNull(view, "view");
    }
  }

  /** The event was known already. */
  record Ignored() implements ChatUpdate {}

  /**
   * Events before this one are missing: the client asks for those since its version.
   *
   * @param version the version that the client has
   */
  record Gap(long version) implements ChatUpdate {}
}
