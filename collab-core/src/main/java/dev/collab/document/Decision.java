package dev.collab.document;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the authority decided about a submission. The set is closed. Nothing has changed yet: an
 * {@link Accepted} takes effect when its entry stands in the log.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface Decision {

  /** The submission becomes an entry. */
  final class Accepted implements Decision {

    private final CommittedOperation entry;
    private final byte[] encoded;
    private final Document next;

    Accepted(CommittedOperation entry, byte[] encoded, Document next) {
      this.entry = entry;
      this.encoded = encoded;
      this.next = next;
    }

    /**
     * Returns the entry to append.
     *
     * @return the entry
     */
    public CommittedOperation entry() {
      return entry;
    }

    /**
     * Returns the stored form of the entry.
     *
     * @return a copy of the bytes that the chain hash covers
     */
    public byte[] encoded() {
      return encoded.clone();
    }

    /**
     * Returns the document as it is behind the entry.
     *
     * @return the next document; its hash is that of the entry
     */
    public Document next() {
      return next;
    }
  }

  /**
   * The submission stands in the log already, or in an entry that was prepared before and is to be
   * appended first: the answer has to wait for that.
   *
   * @param baseRevision the revision that its entry applied to
   */
  record Duplicate(long baseRevision) implements Decision {}

  /**
   * The submission cannot be committed as things stand. Nothing is noted in the log: until the
   * client submits something under a higher number, a late copy is decided anew.
   *
   * @param code the stable code, see {@link Refusal}
   * @param message for people
   */
  record Refused(String code, String message) implements Decision {

    /**
     * Checks the arguments.
     *
     * @param code the stable code
     * @param message for people
     * @throws NullPointerException if one is null
     */
    public Refused {
      requireNonNull(code, "code");
      requireNonNull(message, "message");
    }
  }

  /**
   * The submission was made at a revision whose successors are no longer known, or was voided; it
   * is never applied. The client has to resync.
   *
   * @param fate what is known of it
   * @param voiding the entry that has to stand in the log before the answer is given, so that a
   *     late copy cannot be committed; empty if that was appended or prepared already
   */
  record Stale(Fate fate, Optional<Accepted> voiding) implements Decision {

    /**
     * Checks the arguments.
     *
     * @param fate what is known of it
     * @param voiding the entry that has to stand in the log before the answer is given
     * @throws NullPointerException if one is null
     */
    public Stale {
      requireNonNull(fate, "fate");
      requireNonNull(voiding, "voiding");
    }
  }
}
