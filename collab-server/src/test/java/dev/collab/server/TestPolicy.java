package dev.collab.server;

import dev.collab.protocol.Permission;
import dev.collab.server.access.AccessPolicy;
import dev.collab.server.access.Caller;
import dev.collab.server.access.Resource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A policy that a test changes as it goes. Everybody may write unless told otherwise. */
final class TestPolicy implements AccessPolicy {

  private record Denial(String principal, Resource resource) {}

  private final Map<String, Permission> permissions = new HashMap<>();
  private final Set<Denial> denials = new HashSet<>();
  private final Map<Resource, Integer> asked = new HashMap<>();
  Optional<CompletableFuture<Permission>> answer = Optional.empty();
  boolean broken;

  /** Says what a user may do, everywhere. */
  void allow(String principal, Permission permission) {
    permissions.put(principal, permission);
  }

  /** Lets a user do nothing with a resource. */
  void deny(String principal, Resource resource) {
    denials.add(new Denial(principal, resource));
  }

  /** How often the policy was asked about a resource. */
  int asked(Resource resource) {
    return asked.getOrDefault(resource, 0);
  }

  void forget() {
    asked.clear();
  }

  @Override
  public CompletionStage<Permission> permission(Caller caller, Resource resource) {
    asked.merge(resource, 1, Integer::sum);
    if (broken) {
      throw new IllegalStateException("broken");
    }
    if (answer.isPresent()) {
      return answer.get();
    }
    Permission permission =
        denials.contains(new Denial(caller.principal(), resource))
            ? Permission.NONE
            : permissions.getOrDefault(caller.principal(), Permission.WRITE);
    return CompletableFuture.completedStage(permission);
  }
}
