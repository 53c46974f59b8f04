package dev.collab.server.session;

import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.WireError;
import dev.collab.server.access.Amendment;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link Gate} grants: a request that is to be handled, and what goes with it.
 *
 * <p>Immutable.
 *
 * @param request what is handled
 * @param amendments what is committed right behind it, in this order, if it is a submission
 * @param refusals what is refused of it, by the names of documents
 */
public record Granted(
    ClientMessage request, List<Amendment> amendments, Map<String, WireError> refusals) {

  /** Copies the amendments and refusals. */
  public Granted {
    amendments = List.copyOf(amendments);
    refusals = Map.copyOf(refusals);
  }

  /** Grants a request with amendments. */
  public Granted(ClientMessage request, List<Amendment> amendments) {
    this(request, amendments, Map.of());
  }

  /** Returns why a document's part of the request is refused, if it is. */
  public Optional<WireError> refusal(String document) {
    return Optional.ofNullable(refusals.get(document));
  }

  /** Grants a request as it is. */
  public static Granted asAsked(ClientMessage request) {
    return new Granted(request, List.of());
  }
}
