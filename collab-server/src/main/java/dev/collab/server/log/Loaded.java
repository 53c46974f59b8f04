package dev.collab.server.log;

import dev.collab.document.Document;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A loaded log, as a {@link LogRequest} sees it while it runs.
 *
 * <p>Confined: to the host's executor.
 *
 * @param <A> the audience of the log
 */
public final class Loaded<A extends Audience> {

  private final OpenLog<A> log;
  private final LogRequest<A> request;
  private final boolean caughtUp;

  Loaded(OpenLog<A> log, LogRequest<A> request, boolean caughtUp) {
    this.log = log;
    this.request = request;
    this.caughtUp = caughtUp;
  }

  /** Returns the document as far as it is known to stand in the log. */
  public Document document() {
    return log.document();
  }

  /** Returns the revision up to which submissions are prepared, at least that of the document. */
  public long preparedRevision() {
    return log.pipeline().preparedRevision();
  }

  /** Returns who hears of entries. */
  public A audience() {
    return log.audience();
  }

  /** Tells whether the log was read to its end since the request came. */
  public boolean isCaughtUp() {
    return caughtUp;
  }

  /** Has the request run again when the log was read to its end. */
  public void catchUp() {
    log.catchUp(request);
  }

  /** Replaces the history by what it amounts to, once it is caught up. */
  void replaceHistory(CompletableFuture<Void> done) {
    log.replaceHistory(request, done);
  }

  /** Takes a submission; whoever made it is answered when it is decided. */
  public void submit(PendingSubmission<A> submission) {
    log.pipeline().submit(submission);
  }

  /**
   * Returns what accompanies the log, made if there is none of the class yet.
   *
   * @param type its class, under which it is found again
   * @param make makes one; the document it starts from is {@link #document()}
   */
  public <T extends Attachment> T attachment(Class<T> type, Supplier<T> make) {
    return log.attachment(type, make);
  }

  /** Returns the executor on which everything about the log happens; it may be kept. */
  public Executor executor() {
    return log.executor();
  }
}
