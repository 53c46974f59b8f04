package dev.collab.document;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A document at one revision: all that is needed to go on from there without the log before it.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class Snapshot {

  /** A new epoch begins at a multiple of this: 2^32. */
  static final long REVISIONS_OF_AN_EPOCH = 1L << 32;

  private static final long LAST_REVISION = (1L << 53) - 1;

  private final long epoch;
  private final long revision;
  private final ChainHash hash;
  private final Optional<Content<?, ?>> content;
  private final Map<ClientId, LastSubmission> submissions;
  private final long evictedUpTo;
  private final Instant modifiedAt;
  private final long createdAt;

  /**
   * Creates a snapshot.
   *
   * @param epoch the epoch of the log
   * @param revision the revision it shows, at least 0
   * @param hash the chain hash at {@code revision}
   * @param content what the document holds; empty if it does not exist
   * @param submissions the duplicate table; copied
   * @param evictedUpTo the highest revision whose row in the table was forgotten; 0 if none was
   * @param modifiedAt when the newest entry was prepared
   * @throws IllegalArgumentException if {@code revision} is negative or {@code evictedUpTo} is
   *     outside {@code 0..revision}
   */
  public Snapshot(
      long epoch,
      long revision,
      ChainHash hash,
      Optional<Content<?, ?>> content,
      Map<ClientId, LastSubmission> submissions,
      long evictedUpTo,
      Instant modifiedAt) {
    this(epoch, revision, hash, content, submissions, evictedUpTo, modifiedAt, 0);
  }

  private Snapshot(
      long epoch,
      long revision,
      ChainHash hash,
      Optional<Content<?, ?>> content,
      Map<ClientId, LastSubmission> submissions,
      long evictedUpTo,
      Instant modifiedAt,
      long createdAt) {
    if (revision < 0) {
      throw new IllegalArgumentException("revision " + revision + " is negative");
    }
    if (evictedUpTo < 0 || evictedUpTo > revision) {
      throw new IllegalArgumentException(
          "evicted up to " + evictedUpTo + ", allowed 0.." + revision);
    }
    this.epoch = epoch;
    this.revision = revision;
    this.hash = requireNonNull(hash, "hash");
    this.content = requireNonNull(content, "content");
    this.submissions = Map.copyOf(submissions);
    this.evictedUpTo = evictedUpTo;
    this.modifiedAt = requireNonNull(modifiedAt, "modifiedAt");
    this.createdAt = createdAt;
  }

  /**
   * Adds when the document was created.
   *
   * @param value the revision behind the creation of what it holds; 0 if that is not known
   * @return this snapshot with it
   * @throws IllegalArgumentException if {@code value} is outside {@code 0..revision}
   */
  public Snapshot withCreatedAt(long value) {
    if (value < 0 || value > revision) {
      throw new IllegalArgumentException("created at " + value + ", allowed 0.." + revision);
    }
    return new Snapshot(
        epoch, revision, hash, content, submissions, evictedUpTo, modifiedAt, value);
  }

  /**
   * Returns the beginning of the history that replaces the one up to here: the same content and
   * duplicate table, so that what was submitted in this epoch is recognised in the next, at the
   * next multiple of 2^32, which is above every revision of this epoch.
   *
   * @return the first snapshot of the next epoch
   * @throws IllegalStateException if its revision would be above 2^53 − 1
   */
  public Snapshot inNextEpoch() {
    long next = (revision & -REVISIONS_OF_AN_EPOCH) + REVISIONS_OF_AN_EPOCH;
    if (next > LAST_REVISION) {
      throw new IllegalStateException("there is no epoch behind revision " + revision);
    }
    return new Snapshot(
        epoch + 1,
        next,
        hash.next(epoch + 1, next, new byte[0]),
        content,
        submissions,
        evictedUpTo,
        modifiedAt,
        createdAt);
  }

  /**
   * Returns the epoch of the log.
   *
   * @return the epoch
   */
  public long epoch() {
    return epoch;
  }

  /**
   * Returns the revision that the snapshot shows.
   *
   * @return the revision, at least 0
   */
  public long revision() {
    return revision;
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
   * Returns the duplicate table.
   *
   * @return each known client's newest submission; unmodifiable
   */
  public Map<ClientId, LastSubmission> submissions() {
    return submissions;
  }

  /**
   * Returns below which revision the duplicate table has holes.
   *
   * @return the highest revision whose row was forgotten; 0 if none was
   */
  public long evictedUpTo() {
    return evictedUpTo;
  }

  /**
   * Returns when the newest entry was prepared.
   *
   * @return the time, by the clock of the node that prepared it
   */
  public Instant modifiedAt() {
    return modifiedAt;
  }

  /**
   * Returns when the document was created, which tells two lives of it apart: what was made at a
   * lower revision was made in an earlier life.
   *
   * @return the revision behind the creation of what it holds; 0 if that is not known, or the
   *     document does not exist
   */
  public long createdAt() {
    return createdAt;
  }
}
