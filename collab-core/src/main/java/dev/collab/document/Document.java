package dev.collab.document;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The authority over one document: its content, its recent log and who submitted what. Submitting
 * is <em>prepare, append, apply</em>: {@link #prepare} decides on this value and changes nothing;
 * if the entry was appended to the log, {@link Decision.Accepted#next()} takes this value's place;
 * if somebody else was first, it is dropped, the missing entries are taken in by {@link #commit}
 * and the submission is prepared again. While an append is under way, further submissions are
 * prepared on {@code next()} and appended together.
 *
 * <p>A submission is transformed over the log entry by entry, as {@link
 * dev.collab.operation.Side#LEFT}; entries are never composed before.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class Document {

  /** How many rows of the duplicate table stay when older ones may go. */
  public static final int MAX_KEPT_SUBMISSIONS = 10_000;

  private final DocumentRules rules;
  private final long epoch;
  private final ChainHash hash;
  private final Optional<Content<?, ?>> content;
  private final History history;
  private final SubmissionTable submissions;
  private final Instant modifiedAt;
  private final long createdAt;

  private Document(
      DocumentRules rules,
      long epoch,
      ChainHash hash,
      Optional<Content<?, ?>> content,
      History history,
      SubmissionTable submissions,
      Instant modifiedAt,
      long createdAt) {
    this.rules = rules;
    this.epoch = epoch;
    this.hash = hash;
    this.content = content;
    this.history = history;
    this.submissions = submissions;
    this.modifiedAt = modifiedAt;
    this.createdAt = createdAt;
  }

  /**
   * Returns the document that never existed: revision 0, no content.
   *
   * @param rules what holds for all documents
   * @param epoch names the history that begins
   * @return the document
   */
  public static Document empty(DocumentRules rules, long epoch) {
    return new Document(
        requireNonNull(rules, "rules"),
        epoch,
        ChainHash.START,
        Optional.empty(),
        History.startingAt(0),
        SubmissionTable.EMPTY,
        Instant.EPOCH,
        0);
  }

  /**
   * Returns the document that a snapshot shows.
   *
   * @param rules what holds for all documents
   * @param snapshot the snapshot
   * @param preceding the entries right before the snapshot's revision, in order, as many as are to
   *     be at hand for transforming; may be empty. Those up to {@link Snapshot#evictedUpTo()} are
   *     left out, since a duplicate of a submission made there would not be noticed
   * @return the document at the snapshot's revision
   * @throws CorruptLogException if {@code preceding} does not end at the snapshot's revision or is
   *     not consecutive
   */
  public static Document restore(
      DocumentRules rules, Snapshot snapshot, List<CommittedOperation> preceding) {
    History history = History.startingAt(snapshot.revision() - preceding.size());
    for (CommittedOperation entry : preceding) {
      if (entry.baseRevision() != history.revision()) {
        throw new CorruptLogException(
            "entry at revision " + entry.baseRevision() + " instead of " + history.revision());
      }
      history = history.append(entry);
    }
    return new Document(
        requireNonNull(rules, "rules"),
        snapshot.epoch(),
        snapshot.hash(),
        snapshot.content(),
        history.trimmedTo(snapshot.evictedUpTo()),
        SubmissionTable.of(snapshot.submissions(), snapshot.evictedUpTo()),
        snapshot.modifiedAt(),
        snapshot.createdAt());
  }

  /**
   * Decides about a submission. A submission that stands in the log is never applied again,
   * whatever else it says.
   *
   * @param submission the submission
   * @param now the time to note in the entry
   * @return the decision; this document is unchanged in any case
   */
  public Decision prepare(Submission submission, Instant now) {
    return prepare(submission, Correction.NONE, now);
  }

  /**
   * Decides about a submission, with what more is to happen if it is accepted. The correction is
   * not asked about a submission that is refused, or that stands in the log already, or that
   * deletes the document.
   *
   * @param submission the submission
   * @param correction says what more is to happen
   * @param now the time to note in the entries
   * @return the decision; refused with {@link Refusal#CORRECTION_FAILED} if the correction throws,
   *     or what it returns cannot be committed behind the submission; this document is unchanged in
   *     any case
   */
  public Decision prepare(Submission submission, Correction correction, Instant now) {
    requireNonNull(correction, "correction");
    Decision decision =
        new Preparation(this, requireNonNull(submission, "submission"), requireNonNull(now, "now"))
            .decide();
    return decision instanceof Decision.Accepted accepted
        ? Preparation.corrected(this, submission, accepted, correction, now)
        : decision;
  }

  /**
   * Takes in an entry that stands in the log.
   *
   * @param entry the entry that follows this document's revision
   * @param encoded its stored form; not changed
   * @param expected the chain hash that the log gives for it
   * @return the document behind the entry
   * @throws CorruptLogException if the entry does not follow, does not apply, or its hash is
   *     another one
   */
  public Document commit(CommittedOperation entry, byte[] encoded, ChainHash expected) {
    if (entry.baseRevision() != revision()) {
      throw new CorruptLogException(
          "entry at revision " + entry.baseRevision() + " instead of " + revision());
    }
    ChainHash next = hash.next(epoch, entry.revision(), encoded);
    if (!next.equals(expected)) {
      throw new CorruptLogException(
          "hash " + expected + " at revision " + entry.revision() + " instead of " + next);
    }
    return with(entry, Preparation.contentAfter(content, entry), next);
  }

  /** Returns the document behind an entry whose effect is known. */
  Document with(CommittedOperation entry, Optional<Content<?, ?>> after, ChainHash next) {
    return new Document(
        rules,
        epoch,
        next,
        after,
        history.append(entry),
        submissions.with(entry),
        entry.committedAt(),
        createdAfter(entry));
  }

  private long createdAfter(CommittedOperation entry) {
    return switch (entry.payload().kind()) {
      case CREATE -> entry.revision();
      case DELETE -> 0;
      case EDIT, NONE -> createdAt;
    };
  }

  /**
   * Forgets old entries: submissions made below {@code base} can no longer be transformed. The
   * duplicate table keeps its rows above {@code base} and the newest {@value #MAX_KEPT_SUBMISSIONS}
   * of the others.
   *
   * @param base the new base, at most {@link #revision()}; no effect if it is not above {@link
   *     #base()}
   * @return the document with the shorter history
   * @throws IllegalArgumentException if {@code base} is above the revision
   */
  public Document trimmedTo(long base) {
    if (base <= history.base()) {
      return this;
    }
    return new Document(
        rules,
        epoch,
        hash,
        content,
        history.trimmedTo(base),
        submissions.evict(base, MAX_KEPT_SUBMISSIONS),
        modifiedAt,
        createdAt);
  }

  /**
   * Returns the entries from a revision on.
   *
   * @param revision the revision that the reader has, {@link #base()}..{@link #revision()}
   * @return the entries behind it, in order; unmodifiable, O(1) each
   * @throws IndexOutOfBoundsException if {@code revision} is outside that range
   */
  public List<CommittedOperation> since(long revision) {
    return history.since(revision);
  }

  /**
   * Returns a snapshot of this revision.
   *
   * @return the snapshot
   */
  public Snapshot snapshot() {
    return new Snapshot(
            epoch,
            revision(),
            hash,
            content,
            submissions.rows(),
            submissions.evictedUpTo(),
            modifiedAt)
        .withCreatedAt(createdAt);
  }

  /**
   * Returns what holds for all documents of the authority.
   *
   * @return the rules
   */
  public DocumentRules rules() {
    return rules;
  }

  /**
   * Returns the epoch of the log.
   *
   * @return the name of one uninterrupted history
   */
  public long epoch() {
    return epoch;
  }

  /**
   * Returns the revision at which the epoch began. Revisions below belong to histories that were
   * replaced.
   *
   * @return 0 in epoch 0, else a multiple of 2^32; at most {@link #revision()}
   */
  public long epochStart() {
    return epoch == 0 ? 0 : revision() & -Snapshot.REVISIONS_OF_AN_EPOCH;
  }

  /**
   * Returns the number of entries committed so far.
   *
   * @return the revision, at least 0
   */
  public long revision() {
    return history.revision();
  }

  /**
   * Returns the lowest revision that a submission may be based on.
   *
   * @return the revision before the oldest entry at hand
   */
  public long base() {
    return history.base();
  }

  /**
   * Returns the chain hash at the revision.
   *
   * @return the hash
   */
  public ChainHash hash() {
    return hash;
  }

  /**
   * Returns what the document holds.
   *
   * @return the content, or empty if the document does not exist
   */
  public Optional<Content<?, ?>> content() {
    return content;
  }

  /**
   * Returns when the document was created, which tells two lives of it apart.
   *
   * @return the revision behind the creation of what it holds; 0 if that is not known, or the
   *     document does not exist
   */
  public long createdAt() {
    return createdAt;
  }

  /**
   * Returns a client's newest submission.
   *
   * @param client the client
   * @return its row of the duplicate table, or empty if there is none
   */
  public Optional<LastSubmission> lastSubmission(ClientId client) {
    return submissions.get(client);
  }

  /**
   * Looks for a submission in the log, as far as it is known.
   *
   * @param id the submission
   * @return the base revision of its entry, or empty if there is none, or one that voids it, or if
   *     the entry is gone and the client has submitted something else since
   */
  public OptionalLong find(OperationId id) {
    Optional<LastSubmission> last = submissions.get(id.client());
    if (last.isEmpty() || id.sequence() > last.get().sequence()) {
      return OptionalLong.empty();
    }
    if (id.sequence() == last.get().sequence()) {
      return last.get().voided()
          ? OptionalLong.empty()
          : OptionalLong.of(last.get().revision() - 1);
    }
    return history
        .find(id)
        .filter(entry -> entry.payload().kind() != Payload.Kind.NONE)
        .map(entry -> OptionalLong.of(entry.baseRevision()))
        .orElseGet(OptionalLong::empty);
  }

  History history() {
    return history;
  }

  SubmissionTable submissions() {
    return submissions;
  }
}
