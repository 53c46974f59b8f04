package dev.collab.document;

import static java.util.Objects.requireNonNull;

/**
 * Identifies a submission for ever: submitted again, after whatever crash, it is never applied
 * twice.
 *
 * <p>Immutable.
 *
 * @param client who submitted it
 * @param sequence the client's own number for it, from 1; grows from each submission to a document
 *     to the next
 * @since 0.1
 */
public record OperationId(ClientId client, long sequence) {

  /** The greatest sequence number: what every JavaScript peer counts to exactly. */
  public static final long MAX_SEQUENCE = (1L << 53) - 2;

  /**
   * Checks the number.
   *
   * @param client who submitted it
   * @param sequence the client's own number for it
   * @throws IllegalArgumentException if {@code sequence} is outside 1..{@link #MAX_SEQUENCE}
   */
  public OperationId {
    requireNonNull(client, "client");
    if (sequence < 1 || sequence > MAX_SEQUENCE) {
      throw new IllegalArgumentException("sequence " + sequence + " is outside 1.." + MAX_SEQUENCE);
    }
  }

  @Override
  public String toString() {
    return client + "#" + sequence;
  }
}
