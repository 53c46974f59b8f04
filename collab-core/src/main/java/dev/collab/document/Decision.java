package dev.collab.document;

import static java.util.Objects.requireNonNull;

import java.util.List;
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

  /** The submission becomes an entry, and perhaps a correction another one right behind it. */
  final class Accepted implements Decision {

    private final CommittedOperation entry;
    private final byte[] encoded;
    private final Document next;
    private final Optional<Accepted> correction;

    Accepted(CommittedOperation entry, byte[] encoded, Document next) {
      this(entry, encoded, next, Optional.empty());
    }

    private Accepted(
        CommittedOperation entry, byte[] encoded, Document next, Optional<Accepted> correction) {
      this.entry = entry;
      this.encoded = encoded;
      this.next = next;
      this.correction = correction;
    }

    Accepted withCorrection(Accepted behind) {
      return new Accepted(entry, encoded, next, Optional.of(behind));
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

    /**
     * Returns what a {@link Correction} adds.
     *
     * @return the entry that has to be appended together with this one, right behind it; its {@link
     *     #next()} takes the document's place then. Empty if nothing is added
     */
    public Optional<Accepted> correction() {
      return correction;
    }

    /**
     * Returns all that has to be appended together.
     *
     * @return this, and the correction if there is one
     */
    public List<Accepted> entries() {
      return correction.map(behind -> List.of(this, behind)).orElseGet(() -> List.of(this));
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
