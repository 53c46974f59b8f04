package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.document.CommittedOperation;
import dev.collab.document.DocumentId;
import dev.collab.document.OperationId;
import dev.collab.document.Payload;
import java.time.Duration;

/**
 * A submission that came to this server stands in the log. Entries of other servers are not told
 * here.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class OperationCommitted {

  private final DocumentId document;
  private final CommittedOperation entry;
  private final long transformCount;
  private final Duration latency;

  private OperationCommitted(
      DocumentId document, CommittedOperation entry, long transformCount, Duration latency) {
    this.document = document;
    this.entry = entry;
    this.transformCount = transformCount;
    this.latency = latency;
  }

  /**
   * Returns the event.
   *
   * @param document where it was committed
   * @param entry what stands in the log
   * @param transformCount how many entries it was transformed over
   * @param latency the time from receipt to commit
   * @return the event
   */
  public static OperationCommitted of(
      DocumentId document, CommittedOperation entry, long transformCount, Duration latency) {
    return new OperationCommitted(
        requireNonNull(document, "document"),
        requireNonNull(entry, "entry"),
        transformCount,
        requireNonNull(latency, "latency"));
  }

  /**
   * Returns the document.
   *
   * @return its id
   */
  public DocumentId document() {
    return document;
  }

  /**
   * Returns who submitted it, under which number.
   *
   * @return the client's public id and sequence number
   */
  public OperationId operation() {
    return entry.id();
  }

  /**
   * Returns the revision that the document has behind it.
   *
   * @return at least 1
   */
  public long revision() {
    return entry.revision();
  }

  /**
   * Returns which kind of entry it is.
   *
   * @return create, edit or delete
   */
  public Payload.Kind kind() {
    return entry.payload().kind();
  }

  /**
   * Returns how many entries, concurrent ones of others, it was transformed over.
   *
   * @return at least 0
   */
  public long transformCount() {
    return transformCount;
  }

  /**
   * Returns the time from the receipt of the submission to its commit, by the server's clock.
   *
   * @return never negative
   */
  public Duration latency() {
    return latency;
  }

  /**
   * Returns what the operation weighs as it was committed.
   *
   * @return the weight of an edit; 0 of anything else
   */
  public int weight() {
    return entry.payload() instanceof Payload.Edit<?> edit ? edit.operation().weight() : 0;
  }

  /** Returns document, revision and author, for logs. */
  @Override
  public String toString() {
    return document + " at " + revision() + " by " + operation();
  }
}
