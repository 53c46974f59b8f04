package dev.collab.server.session;

import dev.collab.protocol.ClientMessage;
import java.util.Map;

/**
 * What one session consists of.
 *
 * <p>Immutable.
 *
 * @param features what handles its requests, by their kind
 * @param gate decides about them before
 */
public record Parts(Map<ClientMessage.Kind, Feature> features, Gate gate) {

  /** Copies the map. */
  public Parts {
    features = Map.copyOf(features);
  }
}
