package dev.collab.tck;

import java.util.concurrent.Executor;

/** A thread for each task, so that a listener that blocks blocks nothing else. */
final class Threads {

  private Threads() {}

  static Executor perTask() {
    return task -> {
      Thread thread = new Thread(task, "test-task");
      thread.setDaemon(true);
      thread.start();
    };
  }
}
