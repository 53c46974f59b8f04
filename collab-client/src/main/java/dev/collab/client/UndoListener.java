package dev.collab.client;

/**
 * Hears whether there is something to undo or to redo, so that buttons can show it. Called on the
 * client's executor, one call at a time. A listener that throws is logged and harms nothing.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface UndoListener {

  /**
   * One of both has changed.
   *
   * @param canUndo whether there is something to undo
   * @param canRedo whether there is something to redo
   */
  void onChange(boolean canUndo, boolean canRedo);
}
