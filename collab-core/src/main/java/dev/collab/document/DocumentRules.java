package dev.collab.document;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.OperationTypes;

/**
 * What holds for all documents of an authority.
 *
 * <p>Immutable.
 *
 * @param types the types that documents may have
 * @param codec how entries are stored
 * @param maxOperationWeight the greatest weight of a submitted operation, at least 64
 * @param maxDocumentSize the greatest size of a document in UTF-16 code units, at least 1
 * @since 0.1
 */
public record DocumentRules(
    OperationTypes types, EntryCodec codec, int maxOperationWeight, long maxDocumentSize) {

  /** The default limit for operations: 2 Mi UTF-16 code units. */
  public static final int DEFAULT_MAX_OPERATION_WEIGHT = 2 << 20;

  /** The default limit for documents: 2 Mi UTF-16 code units. */
  public static final long DEFAULT_MAX_DOCUMENT_SIZE = 2L << 20;

  /**
   * Checks the limits.
   *
   * @param types the types that documents may have
   * @param codec how entries are stored
   * @param maxOperationWeight the greatest weight of a submitted operation
   * @param maxDocumentSize the greatest size of a document
   * @throws IllegalArgumentException if a limit is too small
   */
  public DocumentRules {
    requireNonNull(types, "types");
    requireNonNull(codec, "codec");
    if (maxOperationWeight < 64 || maxDocumentSize < 1) {
      throw new IllegalArgumentException(
          "limits " + maxOperationWeight + " and " + maxDocumentSize + " are below 64 and 1");
    }
  }

  /**
   * Returns rules with the default limits.
   *
   * @param types the types that documents may have
   * @param codec how entries are stored
   * @return the rules
   */
  public static DocumentRules of(OperationTypes types, EntryCodec codec) {
    return new DocumentRules(types, codec, DEFAULT_MAX_OPERATION_WEIGHT, DEFAULT_MAX_DOCUMENT_SIZE);
  }
}
