package dev.collab.client;

import static java.util.Objects.requireNonNull;

import dev.collab.presence.Selection;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.List;

/**
 * Who is there and what they show each other: in a document, or in a channel of the application's
 * own. What is shown is any JSON value; in a text its member {@code selections} moves with the
 * text. It is sent when it changes, not more often than is good, and again after a reconnect.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class SharedPresence {

  private final Confinement confinement;
  private final PresenceLink link;
  private final Runnable whenClosed;

  SharedPresence(Confinement confinement, PresenceLink link, Runnable whenClosed) {
    this.confinement = confinement;
    this.link = link;
    this.whenClosed = whenClosed;
  }

  /**
   * Returns the channel's name.
   *
   * @return for a document, its collection and id with a full stop between
   */
  public String channel() {
    return link.channel();
  }

  /**
   * Shows a value, in place of what was shown before. One that has not the form that the document's
   * type asks for is not shown: listeners hear of it with {@code ERR_PRESENCE_BADLY_FORMED}.
   *
   * @param value what is shown; JSON null for nothing
   * @throws java.util.concurrent.RejectedExecutionException if the executor was shut down
   */
  public void show(JsonValue value) {
    requireNonNull(value, "value");
    confinement.execute(() -> link.show(value));
  }

  /**
   * Shows cursors and selections in a text, in place of what was shown before. They are positions
   * in the state as the user sees it here.
   *
   * @param state what else is shown
   * @param selections the selections, the main one first
   */
  public void show(JsonObject state, List<Selection> selections) {
    show(Selection.encode(state, selections));
  }

  /**
   * Says whether the user is away, as when the window is hidden.
   *
   * @param isAway whether it is so
   */
  public void away(boolean isAway) {
    confinement.execute(() -> link.away(isAway));
  }

  /**
   * Returns what all others show, where it stands in the state that the user sees here.
   *
   * @return the newest that is known; empty while there is no connection; unmodifiable
   */
  public List<Participant> others() {
    return link.others();
  }

  /**
   * Adds a listener.
   *
   * @param listener the listener
   */
  public void addListener(PresenceListener listener) {
    link.add(requireNonNull(listener, "listener"));
  }

  /**
   * Removes a listener, if it was added.
   *
   * @param listener the listener
   */
  public void removeListener(PresenceListener listener) {
    link.remove(requireNonNull(listener, "listener"));
  }

  /** Shows nothing any more and hears of nobody. Closing twice does nothing. */
  public void close() {
    confinement.offer(
        () -> {
          link.close();
          whenClosed.run();
        });
  }
}
