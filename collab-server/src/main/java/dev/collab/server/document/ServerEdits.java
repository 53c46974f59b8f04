package dev.collab.server.document;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.document.Fate;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.protocol.ProtocolException;
import dev.collab.protocol.WireError;
import dev.collab.server.log.LogHosts;
import dev.collab.server.log.PendingSubmission;
import dev.collab.server.runtime.LogKeys;
import dev.collab.server.runtime.ServerAuthor;
import dev.collab.server.runtime.ServerContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * What the program that embeds the server does in documents without being a client. Like a client,
 * it has one submission under way per document; the others wait for it, since a submission whose
 * number is below one that was committed is refused.
 *
 * <p>Thread-safe.
 */
public final class ServerEdits {

  private final ServerContext context;
  private final LogHosts<DocumentId, DocumentAudience> hosts;
  private final ServerAuthor author;
  private final Map<DocumentId, CompletionStage<?>> newest = new ConcurrentHashMap<>();

  /**
   * Creates the way to submit.
   *
   * @param context what the parts of the server share
   * @param hosts where the documents' hosts are found
   */
  public ServerEdits(ServerContext context, LogHosts<DocumentId, DocumentAudience> hosts) {
    this.context = context;
    this.hosts = hosts;
    this.author = new ServerAuthor(context.random());
  }

  /**
   * Submits a proposal behind those that were submitted before.
   *
   * @return completes with the revision of its entry, or fails with a {@link ProtocolException}
   */
  public CompletionStage<Long> submit(DocumentId id, long baseRevision, Proposal proposal) {
    return submit(id, baseRevision, proposal, (revision, document) -> revision);
  }

  /**
   * Does the same.
   *
   * @return completes with the document behind the entry, or as it is now if it turns out to stand
   *     in the log already; or fails with a {@link ProtocolException}
   */
  public CompletionStage<Document> commit(DocumentId id, long baseRevision, Proposal proposal) {
    return submit(id, baseRevision, proposal, (revision, document) -> document);
  }

  private <T> CompletionStage<T> submit(
      DocumentId id, long baseRevision, Proposal proposal, BiFunction<Long, Document, T> answer) {
    LogKeys.of(id); // a name that cannot be one is refused before anything waits for it
    CompletableFuture<T> result = new CompletableFuture<>();
    CompletionStage<T> submitted = result;
    CompletionStage<?> before = newest.put(id, submitted);
    Runnable submit =
        () ->
            hosts
                .host(id)
                .submit(
                    new Edit<>(
                        author.submission(baseRevision, proposal),
                        new Corrections(id, context.conflicts(), new Amendments(List.of())),
                        context.clock().instant(),
                        answer,
                        result));
    if (before == null) {
      submit.run();
    } else {
      before.whenComplete((revision, failure) -> submit.run());
    }
    submitted.whenComplete((revision, failure) -> newest.remove(id, submitted));
    return result.minimalCompletionStage();
  }

  /** Something that this server submitted. */
  private record Edit<T>(
      Submission submission,
      Corrections correction,
      Instant made,
      BiFunction<Long, Document, T> answer,
      CompletableFuture<T> result)
      implements PendingSubmission<DocumentAudience> {

    @Override
    public Object origin() {
      return this;
    }

    @Override
    public void committed(CommittedOperation entry, Document document, DocumentAudience audience) {
      audience.events().committed(submission, made, entry);
      correction.report(entry, audience.events());
      result.complete(answer.apply(entry.revision(), document));
    }

    @Override
    public void duplicate(long baseRevision, Document document, DocumentAudience audience) {
      result.complete(answer.apply(baseRevision + 1, document));
    }

    @Override
    public void refused(WireError error, DocumentAudience audience) {
      audience.events().refused(submission.id().client(), error);
      failed(error);
    }

    @Override
    public void stale(Fate fate, Document document, DocumentAudience audience) {
      failed(DocumentSession.tooFarBehind());
    }

    @Override
    public void failed(WireError error) {
      result.completeExceptionally(new ProtocolException(error.code(), error.message()));
    }
  }
}
