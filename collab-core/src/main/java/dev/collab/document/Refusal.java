package dev.collab.document;

/**
 * The codes of submissions that cannot be committed. A code never changes its meaning.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class Refusal {

  /** The base revision lies above the document's. */
  public static final String REVISION_FROM_THE_FUTURE =
      "ERR_OP_VERSION_NEWER_THAN_CURRENT_SNAPSHOT";

  /** The document exists already, or was created meanwhile. */
  public static final String ALREADY_CREATED = "ERR_DOC_ALREADY_CREATED";

  /** The document does not exist. */
  public static final String DOES_NOT_EXIST = "ERR_DOC_DOES_NOT_EXIST";

  /** The document was deleted meanwhile. */
  public static final String WAS_DELETED = "ERR_DOC_WAS_DELETED";

  /** The type is not known. */
  public static final String TYPE_NOT_RECOGNIZED = "ERR_DOC_TYPE_NOT_RECOGNIZED";

  /** The operation is heavier than the limit. */
  public static final String OPERATION_TOO_LARGE = "ERR_OP_TOO_LARGE";

  /** The document would become larger than the limit. */
  public static final String DOCUMENT_TOO_LARGE = "ERR_DOC_TOO_LARGE";

  /** The client has submitted something under a higher number already. */
  public static final String SEQUENCE_SUPERSEDED = "ERR_OP_SEQUENCE_SUPERSEDED";

  /** What a {@link Correction} adds to the submission fails or does not fit. */
  public static final String CORRECTION_FAILED = "ERR_CORRECTION_FAILED";

  private Refusal() {}
}
