package dev.collab.server.log;

import dev.collab.document.Document;
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

  private final LogHost<A> host;
  private final CommitPipeline<A> pipeline;
  private final LogRequest<A> request;
  private final boolean caughtUp;

  Loaded(LogHost<A> host, CommitPipeline<A> pipeline, LogRequest<A> request, boolean caughtUp) {
    this.host = host;
    this.pipeline = pipeline;
    this.request = request;
    this.caughtUp = caughtUp;
  }

  /** Returns the document as far as it is known to stand in the log. */
  public Document document() {
    return pipeline.committed();
  }

  /** Returns the revision up to which submissions are prepared, at least that of the document. */
  public long preparedRevision() {
    return pipeline.preparedRevision();
  }

  /** Returns who hears of entries. */
  public A audience() {
    return host.audience();
  }

  /** Tells whether the log was read to its end since the request came. */
  public boolean isCaughtUp() {
    return caughtUp;
  }

  /** Has the request run again when the log was read to its end. */
  public void catchUp() {
    host.catchUp(request, pipeline);
  }

  /** Takes a submission; whoever made it is answered when it is decided. */
  public void submit(PendingSubmission<A> submission) {
    pipeline.submit(submission);
  }

  /**
   * Returns what accompanies the log, made if there is none of the class yet.
   *
   * @param type its class, under which it is found again
   * @param make makes one; the document it starts from is {@link #document()}
   */
  public <T extends Attachment> T attachment(Class<T> type, Supplier<T> make) {
    return host.attachment(type, make);
  }

  /** Returns the executor on which everything about the log happens; it may be kept. */
  public Executor executor() {
    return host.executor();
  }
}
