package dev.collab.server.control;

import static java.util.Objects.requireNonNull;

import dev.collab.document.ClientId;
import dev.collab.server.access.Caller;
import dev.collab.server.access.Resource;

/**
 * Whom or what a {@link ControlEvent} is about. The set is closed.
 *
 * <p>Immutable.
 */
public sealed interface Target {

  /** Tells whether somebody who asks for a resource is concerned. */
  boolean concerns(Caller caller, Resource resource);

  /** Tells whether somebody is concerned, whatever he asks for. */
  boolean concerns(Caller caller);

  /** All clients of one user; those of whom nothing is known, if it is empty. */
  record OfPrincipal(String principal) implements Target {

    public OfPrincipal {
      requireNonNull(principal, "principal");
    }

    @Override
    public boolean concerns(Caller caller, Resource resource) {
      return concerns(caller);
    }

    @Override
    public boolean concerns(Caller caller) {
      return caller.principal().equals(principal);
    }
  }

  /** One client. */
  record OfClient(ClientId client) implements Target {

    public OfClient {
      requireNonNull(client, "client");
    }

    @Override
    public boolean concerns(Caller caller, Resource resource) {
      return concerns(caller);
    }

    @Override
    public boolean concerns(Caller caller) {
      return caller.client().equals(client);
    }
  }

  /** Everybody who uses a resource. */
  record OfResource(Resource resource) implements Target {

    public OfResource {
      requireNonNull(resource, "resource");
    }

    @Override
    public boolean concerns(Caller caller, Resource other) {
      return resource.equals(other);
    }

    @Override
    public boolean concerns(Caller caller) {
      return false;
    }
  }
}
