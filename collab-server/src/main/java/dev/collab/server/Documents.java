package dev.collab.server;

import static java.util.Objects.requireNonNull;

import dev.collab.document.ClientId;
import dev.collab.document.DocumentId;
import dev.collab.document.Proposal;
import dev.collab.document.Snapshot;
import dev.collab.document.Submission;
import dev.collab.operation.CollabException;
import dev.collab.operation.OperationType;
import dev.collab.server.document.DocumentAudience;
import dev.collab.server.document.ServerEdits;
import dev.collab.server.document.ServerUndo;
import dev.collab.server.log.LogHosts;
import dev.collab.server.runtime.ServerContext;
import dev.collab.value.JsonValue;
import java.time.Instant;
import java.util.concurrent.CompletionStage;

/**
 * The documents of a server, for the program that embeds it. What it does here takes the way that
 * the submissions of clients take: it is ordered in the document's log, merged with what others do
 * at the same time, and told to all subscribers, on every server. Interceptors are not asked, since
 * the program asks itself.
 *
 * <p>Stages complete on a thread of the server's executor. They fail with a {@link CollabException}
 * that has one of the codes of the protocol. {@code ERR_UNAVAILABLE} means that the log could not
 * be reached; what was asked for may then have been done or not.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class Documents {

  private final LogHosts<DocumentId, DocumentAudience> hosts;
  private final ServerEdits edits;
  private final TextReplacement replacement;
  private final ServerUndo undo;
  private final Listing listing;

  Documents(ServerContext context, LogHosts<DocumentId, DocumentAudience> hosts) {
    this.hosts = hosts;
    this.edits = new ServerEdits(context, hosts);
    this.replacement = new TextReplacement(context, hosts, edits);
    this.undo = new ServerUndo(hosts, edits);
    this.listing = new Listing(context, hosts);
  }

  /**
   * Reads a document as it stands in the log, also if another server has just written it.
   *
   * @param id the document
   * @return completes with the newest snapshot; its content is empty if the document does not exist
   * @throws IllegalArgumentException if a name in {@code id} is not well-formed UTF-16
   */
  public CompletionStage<Snapshot> read(DocumentId id) {
    return hosts.host(requireNonNull(id, "id")).snapshot();
  }

  /**
   * Submits a change. Submissions to one document are committed one after the other, in the order
   * of the calls.
   *
   * @param id the document
   * @param baseRevision the revision that the change was made at, from {@link Snapshot#revision()},
   *     or {@link Submission#HEAD} for one that fits whatever stands
   * @param proposal the change
   * @return completes with the document's revision behind the change when it stands in the log;
   *     fails if it is refused, with {@code ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND} if the entries
   *     since {@code baseRevision} are gone
   * @throws IllegalArgumentException if {@code baseRevision} is below {@link Submission#HEAD}, or a
   *     name in {@code id} is not well-formed UTF-16
   */
  public CompletionStage<Long> submit(DocumentId id, long baseRevision, Proposal proposal) {
    requireNonNull(id, "id");
    requireNonNull(proposal, "proposal");
    if (baseRevision < Submission.HEAD) {
      throw new IllegalArgumentException(
          "base revision " + baseRevision + " is below " + Submission.HEAD);
    }
    return edits.submit(id, baseRevision, proposal);
  }

  /**
   * Submits a whole text, for whoever knows only whole texts: a form, a file, a language model.
   * What differs from the text at {@code baseRevision} is submitted as a change made there, so that
   * what others did since then stays. Unlike those of {@link #submit}, such a change takes its
   * place in the order when the texts have been compared, not when it is called for.
   *
   * <p>Comparing takes bounded work ({@link dev.collab.operation.Diffable}) on the server's
   * executor, and O(log n) for each change made since {@code baseRevision} to find the text there.
   *
   * @param id the document, of the type {@code text} or another that can be compared and whose
   *     content is a string
   * @param baseRevision the revision of the text that was changed, from {@link Snapshot#revision()}
   *     or {@link ReplacedText#revision()}
   * @param text what it is to become
   * @return completes with the document behind the change when that stands in the log, or as it is
   *     if nothing differs, which commits nothing. Fails, with the document as it was: with {@code
   *     ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT} if there is no such revision yet, {@code
   *     ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND} if the entries since then are gone, {@code
   *     ERR_OT_OP_BADLY_FORMED} if {@code text} is not well-formed UTF-16, {@code
   *     ERR_DOC_TOO_LARGE} or {@code ERR_OP_TOO_LARGE} if a limit is exceeded, {@code
   *     ERR_DOC_DOES_NOT_EXIST}, {@code ERR_DOC_WAS_DELETED} or {@code ERR_DOC_ALREADY_CREATED} if
   *     the document does not exist, was deleted or was created since then, {@code
   *     ERR_OT_OP_NOT_APPLIED} if it is of another type
   * @throws IllegalArgumentException if {@code baseRevision} is negative, or a name in {@code id}
   *     is not well-formed UTF-16
   */
  public CompletionStage<ReplacedText> replaceText(DocumentId id, long baseRevision, String text) {
    requireNonNull(id, "id");
    requireNonNull(text, "text");
    if (baseRevision < 0) {
      throw new IllegalArgumentException("base revision " + baseRevision + " is negative");
    }
    return replacement.replace(id, baseRevision, text);
  }

  /**
   * Undoes what a client did in a document since a revision, as an edit of the program's own: what
   * others did stays, whether it came before, between or after, and what the client deleted comes
   * back. What it did before the document was created anew, or deleted, is left alone. An entry
   * that was undone before is undone again; to go on from an undo, pass the revision that it
   * returned.
   *
   * @param id the document
   * @param author the client, as the entries of the log name it
   * @param since the revision from which on its entries are undone
   * @return completes with the document's revision when the edit stands in the log, or there was
   *     nothing left to undo; fails with {@code ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND} if the entries
   *     since {@code since} are not all kept, {@link
   *     dev.collab.document.Refusal#REVISION_FROM_THE_FUTURE} if it is above the document's
   *     revision, or as {@link #submit} does
   * @throws IllegalArgumentException if {@code since} is negative, or a name in {@code id} is not
   *     well-formed UTF-16
   */
  public CompletionStage<Long> undo(DocumentId id, ClientId author, long since) {
    requireNonNull(author, "author");
    if (since < 0) {
      throw new IllegalArgumentException("revision " + since + " is negative");
    }
    return undo.undo(
        requireNonNull(id, "id"),
        ServerUndo.Start.at(since),
        entry -> entry.id().client().equals(author));
  }

  /**
   * Undoes what a client did in a document since a time, as {@link #undo(DocumentId, ClientId,
   * long)} does.
   *
   * @param id the document
   * @param author the client, as the entries of the log name it
   * @param since the time, compared with {@link
   *     dev.collab.document.CommittedOperation#committedAt}, which servers note by their own clocks
   * @return completes and fails as the other method does; all entries that are kept are looked at,
   *     and it fails if the oldest of them is not older than {@code since}, unless nothing is
   *     missing
   * @throws IllegalArgumentException if a name in {@code id} is not well-formed UTF-16
   */
  public CompletionStage<Long> undo(DocumentId id, ClientId author, Instant since) {
    requireNonNull(author, "author");
    requireNonNull(since, "since");
    return undo.undo(
        requireNonNull(id, "id"),
        ServerUndo.Start.at(since),
        entry -> entry.id().client().equals(author) && !entry.committedAt().isBefore(since));
  }

  /**
   * Creates a document.
   *
   * @param id the document
   * @param type its type
   * @param data the initial content in the type's JSON form; JSON null means the type's default
   * @return completes with its revision; fails with {@code ERR_DOC_ALREADY_CREATED} if it exists
   * @throws IllegalArgumentException if a name in {@code id} is not well-formed UTF-16
   */
  public CompletionStage<Long> create(DocumentId id, OperationType<?, ?> type, JsonValue data) {
    return submit(id, Submission.HEAD, new Proposal.Create(type.uri(), data));
  }

  /**
   * Deletes a document. Its log remains, so that it can be created again and late edits of its
   * earlier life are told apart; {@link #purge} removes that, too.
   *
   * @param id the document
   * @return completes with its revision, also if it did not exist
   * @throws IllegalArgumentException if a name in {@code id} is not well-formed UTF-16
   */
  public CompletionStage<Long> delete(DocumentId id) {
    return submit(id, Submission.HEAD, new Proposal.Delete());
  }

  /**
   * Removes the history of a document for good: all entries, with everything that was ever deleted
   * from it, and older snapshots. What it holds now stays, or that it was deleted; to have nothing
   * left, delete it before. The log goes on in a new epoch, from the next multiple of 2^32. It
   * remembers who submitted what last, so that nothing is applied twice and nothing comes back.
   *
   * <p>Clients come back and go on from the state that stands. Their edits under way are merged
   * into it, or handed to the application if the document is deleted.
   *
   * @param id the document
   * @return completes when the history is gone; at once if there is none. Fails with {@code
   *     ERR_UNAVAILABLE} if the coordinator does not answer; it can be called again
   * @throws IllegalArgumentException if a name in {@code id} is not well-formed UTF-16
   */
  public CompletionStage<Void> purge(DocumentId id) {
    return hosts.host(requireNonNull(id, "id")).replaceHistory();
  }

  /**
   * Lists documents, whichever server wrote them. A document that comes or goes meanwhile may be
   * there or not; the others are listed once. Takes two calls of the coordinator for a document
   * that is not loaded here, more in rare cases, all at the same time.
   *
   * @param query which ones
   * @return completes with a page of them
   * @throws IllegalArgumentException if a name in {@code query} is not well-formed UTF-16
   */
  public CompletionStage<DocumentPage> list(DocumentQuery query) {
    return listing.page(requireNonNull(query, "query"));
  }
}
