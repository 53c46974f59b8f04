package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.document.ClientId;
import dev.collab.document.DocumentId;

/**
 * A submission was refused; its author undoes it.
 *
 * <p>Immutable.
 *
 * @param document where
 * @param client who submitted it
 * @param code the stable code of the refusal
 * @since 0.1
 */
public record OperationRejected(DocumentId document, ClientId client, String code) {

  /**
   * Checks the arguments.
   *
   * @param document where
   * @param client who submitted it
   * @param code the stable code of the refusal
   * @throws NullPointerException if one is null
   */
  public OperationRejected {
    requireNonNull(document, "document");
    requireNonNull(client, "client");
    requireNonNull(code, "code");
  }
}
