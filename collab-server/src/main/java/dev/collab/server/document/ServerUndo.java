package dev.collab.server.document;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.document.Proposal;
import dev.collab.document.Refusal;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ProtocolException;
import dev.collab.protocol.WireError;
import dev.collab.server.log.LogHosts;
import dev.collab.undo.AuthorUndo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Undoes what was committed, as far back as entries are at hand.
 *
 * <p>Thread-safe.
 */
public final class ServerUndo {

  private final LogHosts<DocumentId, DocumentAudience> hosts;
  private final ServerEdits edits;

  /**
   * Creates the way to undo.
   *
   * @param hosts where the documents' hosts are found
   * @param edits how undoing is submitted
   */
  public ServerUndo(LogHosts<DocumentId, DocumentAudience> hosts, ServerEdits edits) {
    this.hosts = hosts;
    this.edits = edits;
  }

  /** From where on entries are undone. */
  @FunctionalInterface
  public interface Start {

    /**
     * Looks for the first entry that may be undone.
     *
     * @throws ProtocolException if it is not at hand
     */
    long in(Document document);

    /** From a revision on, but not from before the document was created. */
    static Start at(long revision) {
      return document -> {
        if (revision > document.revision()) {
          throw new ProtocolException(
              ErrorCodes.VERSION_FROM_FUTURE,
              "revision " + revision + " is above " + document.revision());
        }
        return atHand(Math.max(revision, document.createdAt()), document);
      };
    }

    /** From a time on, but not from before the document was created. */
    static Start at(Instant time) {
      return document -> {
        long from = Math.max(document.base(), document.createdAt());
        List<CommittedOperation> entries = document.since(from);
        boolean reachesBack = !entries.isEmpty() && entries.get(0).committedAt().isBefore(time);
        return atHand(reachesBack ? from : document.createdAt(), document);
      };
    }

    private static long atHand(long from, Document document) {
      if (from < document.base()) {
        WireError error = DocumentSession.tooFarBehind();
        throw new ProtocolException(error.code(), error.message());
      }
      return from;
    }
  }

  /**
   * Undoes some entries.
   *
   * @param id the document
   * @param start from where on
   * @param chosen which ones
   * @return completes with the revision behind the undo, or fails with a {@link ProtocolException}
   */
  public CompletionStage<Long> undo(
      DocumentId id, Start start, Predicate<CommittedOperation> chosen) {
    CompletableFuture<Found> found = new CompletableFuture<>();
    hosts
        .host(id)
        .look(
            Long.MAX_VALUE,
            document -> look(document, start, chosen, found),
            error -> fail(found, error.code(), error.message()));
    return found.thenCompose(
        undo ->
            undo.edit().isPresent()
                ? edits.submit(id, undo.revision(), undo.edit().get())
                : CompletableFuture.completedStage(undo.revision()));
  }

  private static void look(
      Document document,
      Start start,
      Predicate<CommittedOperation> chosen,
      CompletableFuture<Found> found) {
    try {
      if (document.content().isEmpty()) {
        fail(found, Refusal.DOES_NOT_EXIST, "the document does not exist");
      } else {
        List<CommittedOperation> entries = document.since(start.in(document));
        found.complete(new Found(document.revision(), AuthorUndo.of(entries, chosen)));
      }
    } catch (ProtocolException e) {
      found.completeExceptionally(e);
    } catch (RuntimeException e) {
      fail(found, ErrorCodes.UNKNOWN, "the document's type failed");
    }
  }

  private static void fail(CompletableFuture<?> result, String code, String message) {
    result.completeExceptionally(new ProtocolException(code, message));
  }

  /** What undoes the entries, at a revision. */
  private record Found(long revision, Optional<Proposal.Edit> edit) {}
}
