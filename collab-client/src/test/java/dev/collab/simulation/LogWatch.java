package dev.collab.simulation;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Listens to what the code under test logs on this thread: a warning or an error that is not
 * expected tells of a failure that was caught, and would pass unnoticed.
 */
final class LogWatch extends Handler implements AutoCloseable {

  /** What a coordinator that fails, or that trims what a server still lacks, leads to. */
  private static final List<String> EXPECTED =
      List.of(
          "cannot be loaded",
          "was not saved",
          "the lease of this server has expired",
          "append answered Trimmed",
          "the log does not go on from revision");

  private final Logger logger = Logger.getLogger("dev.collab");
  private final long thread = Thread.currentThread().getId();
  private final List<LogRecord> unexpected = new ArrayList<>();

  LogWatch() {
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLongThreadID() == thread
        && record.getLevel().intValue() >= Level.WARNING.intValue()
        && EXPECTED.stream().noneMatch(text(record)::contains)) {
      unexpected.add(record);
    }
  }

  private static String text(LogRecord record) {
    Object[] parameters = record.getParameters();
    return parameters == null
        ? record.getMessage()
        : MessageFormat.format(record.getMessage(), parameters);
  }

  /** Fails if something unexpected was logged. */
  void check() {
    if (!unexpected.isEmpty()) {
      LogRecord first = unexpected.get(0);
      Violation violation = new Violation("logged: " + text(first));
      violation.initCause(first.getThrown());
      throw violation;
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
