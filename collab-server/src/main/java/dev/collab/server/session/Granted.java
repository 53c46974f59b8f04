package dev.collab.server.session;

import dev.collab.protocol.ClientMessage;
import dev.collab.server.access.Amendment;
import java.util.List;

/**
 * What a {@link Gate} grants: a request that is to be handled, and what goes with it.
 *
 * <p>Immutable.
 *
 * @param request what is handled
 * @param amendments what is committed right behind it, in this order, if it is a submission
 */
public record Granted(ClientMessage request, List<Amendment> amendments) {

  /** Copies the amendments. */
  public Granted {
    amendments = List.copyOf(amendments);
  }

  /** Grants a request as it is. */
  public static Granted asAsked(ClientMessage request) {
    return new Granted(request, List.of());
  }
}
