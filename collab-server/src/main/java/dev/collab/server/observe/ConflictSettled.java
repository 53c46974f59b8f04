package dev.collab.server.observe;

import static java.util.Objects.requireNonNull;

import dev.collab.conflict.ReportedConflict;
import dev.collab.document.ClientId;
import dev.collab.document.DocumentId;
import java.util.Set;

/**
 * A submission that came to this server was committed, and its strategy found a conflict.
 *
 * <p>Immutable.
 *
 * @param document where
 * @param revision the document's revision behind the submission
 * @param later who submitted it
 * @param earlier whose edits it met
 * @param outcome which side stands
 * @since 0.1
 */
public record ConflictSettled(
    DocumentId document,
    long revision,
    ClientId later,
    Set<ClientId> earlier,
    ReportedConflict.Outcome outcome) {

  /**
   * Copies the set.
   *
   * @param document where
   * @param revision the document's revision behind the submission
   * @param later who submitted it
   * @param earlier whose edits it met
   * @param outcome which side stands
   * @throws NullPointerException if one is null
   */
  public ConflictSettled {
    requireNonNull(document, "document");
    requireNonNull(later, "later");
    earlier = Set.copyOf(earlier);
    requireNonNull(outcome, "outcome");
  }
}
