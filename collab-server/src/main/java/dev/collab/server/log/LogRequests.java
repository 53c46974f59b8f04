package dev.collab.server.log;

import dev.collab.document.Document;
import dev.collab.protocol.WireError;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What is asked of a log again and again. */
final class LogRequests {

  private LogRequests() {}

  /**
   * Looks at the document.
   *
   * @param revision the least revision that is wanted; the log is read if it is not known here
   * @param looked is given the document, which may be at a lower revision if the log is
   * @param failed is told why it cannot be read
   */
  static <A extends Audience> LogRequest<A> look(
      long revision, Consumer<Document> looked, Consumer<WireError> failed) {
    return new LogRequest<>() {
      @Override
      public void run(Loaded<A> loaded) {
        if (!loaded.isCaughtUp() && revision > loaded.document().revision()) {
          loaded.catchUp();
        } else {
          looked.accept(loaded.document());
        }
      }

      @Override
      public void fail(WireError error) {
        failed.accept(error);
      }
    };
  }

  /** Hands in a submission. */
  static <A extends Audience> LogRequest<A> submission(PendingSubmission<A> submission) {
    return new LogRequest<>() {
      @Override
      public void run(Loaded<A> loaded) {
        if (!loaded.isCaughtUp()
            && submission.submission().baseRevision() > loaded.preparedRevision()) {
          // another node may have told the client of entries that are not yet known here
          loaded.catchUp();
        } else {
          loaded.submit(submission);
        }
      }

      @Override
      public void fail(WireError error) {
        submission.failed(error);
      }

      @Override
      public boolean isPatient() {
        return true;
      }
    };
  }

  /**
   * Has the history replaced by what it amounts to.
   *
   * @param done completes when it is
   * @param failed is told why it cannot be done
   */
  static <A extends Audience> LogRequest<A> replacement(
      CompletableFuture<Void> done, Consumer<WireError> failed) {
    return new LogRequest<>() {
      @Override
      public void run(Loaded<A> loaded) {
        if (loaded.isCaughtUp()) {
          loaded.replaceHistory(done);
        } else {
          loaded.catchUp();
        }
      }

      @Override
      public void fail(WireError error) {
        failed.accept(error);
      }

      @Override
      public boolean isPatient() {
        return true;
      }
    };
  }
}
