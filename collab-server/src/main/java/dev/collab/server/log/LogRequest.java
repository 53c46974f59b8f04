package dev.collab.server.log;

import dev.collab.protocol.WireError;

/**
 * Something that waits until a log is loaded. It is run, perhaps more than once, or fails; both on
 * the executor of the host that has the log then.
 *
 * @param <A> the audience of the log
 */
public interface LogRequest<A extends Audience> {

  /**
   * Runs when the log is loaded.
   *
   * @param log the loaded log; not to be kept
   */
  void run(Loaded<A> log);

  /** Hears that the log is not to be had. */
  void fail(WireError error);

  /** Tells whether it waits for the log longer than others. */
  default boolean isPatient() {
    return false;
  }
}
