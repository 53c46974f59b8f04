package dev.collab.document;

/**
 * The newest submission of a client that the log knows: a row of the duplicate table.
 *
 * <p>Immutable.
 *
 * @param sequence the submission's number
 * @param revision the revision behind its entry
 * @param voided whether the entry is a {@link Payload.None}, so that the submission itself was
 *     never committed
 * @since 0.1
 */
public record LastSubmission(long sequence, long revision, boolean voided) {}
