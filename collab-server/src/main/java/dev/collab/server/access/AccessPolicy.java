package dev.collab.server.access;

import static java.util.Objects.requireNonNull;

import dev.collab.protocol.Permission;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * Says who may do what. A server asks when a caller first turns to a resource, keeps the answer for
 * that connection, and asks again when it is told that permissions changed.
 *
 * <p>Thread-safe: a server asks for many callers at once. The answer may come on any thread; as
 * long as there is none, or if it fails, nothing is permitted.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface AccessPolicy {

  /** Everybody may read and write everything, and nobody may act on what others wrote. */
  AccessPolicy OPEN = of((caller, resource) -> Permission.WRITE);

  /**
   * Says what a caller may do with a resource.
   *
   * @param caller who asks
   * @param resource what it is about; there need not be such a thing yet
   * @return completes with the greatest permission that the caller has
   */
  CompletionStage<Permission> permission(Caller caller, Resource resource);

  /**
   * Returns a policy that knows at once.
   *
   * @param rule gives the permission; must not block
   * @return the policy
   */
  static AccessPolicy of(BiFunction<Caller, Resource, Permission> rule) {
    requireNonNull(rule, "rule");
    return (caller, resource) -> CompletableFuture.completedStage(rule.apply(caller, resource));
  }
}
