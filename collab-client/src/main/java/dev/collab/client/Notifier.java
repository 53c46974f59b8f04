package dev.collab.client;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Keeps what listeners and waiting stages are to be told until the state is settled, then tells it,
 * in order and never recursively: what a listener causes is told when everybody has heard of what
 * came before.
 *
 * <p>Confined: callers must serialise calls.
 */
final class Notifier {

  private static final Logger LOGGER = System.getLogger(Notifier.class.getName());

  private final Queue<Runnable> events = new ArrayDeque<>();
  private boolean telling;

  /** Notes an event for each listener. */
  <L> void tell(List<L> listeners, Consumer<? super L> event) {
    for (L listener : listeners) {
      events.add(() -> event.accept(listener));
    }
  }

  /** Notes something that runs code of the application, such as the completion of a stage. */
  void tell(Runnable event) {
    events.add(event);
  }

  /** Tells what was noted. Called when the state is settled. */
  void flush() {
    if (telling) {
      return;
    }
    telling = true;
    try {
      for (Runnable event = events.poll(); event != null; event = events.poll()) {
        run(event);
      }
    } finally {
      telling = false;
    }
  }

  private static void run(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException failure) {
      LOGGER.log(Level.WARNING, "a listener failed; the next one is called", failure);
    }
  }
}
