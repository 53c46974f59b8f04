package dev.collab.coordinator;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Values that live as long as the node that owns them. A node holds one lease for each of its
 * incarnations and renews it; when it expires, its values are gone for every reader.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public interface Leases {

  /**
   * Takes or renews the lease of a node's incarnation. A lease lasts at least as long as asked for.
   *
   * @param owner names node and incarnation; never used again after it expired
   * @param duration how long the lease lasts from now, by the coordinator's clock
   * @return completes with false if the lease had expired or was released: its values are gone
   * @throws IllegalArgumentException if {@code duration} is not positive
   */
  CompletionStage<Boolean> renew(String owner, Duration duration);

  /**
   * Sets a value that belongs to a lease, in place of whatever stands there, another lease's value
   * included.
   *
   * @param owner the lease; it must be alive
   * @param key what is set
   * @param field which of the key's fields
   * @param value the value
   * @return completes with false if the lease is not alive: nothing was set
   */
  CompletionStage<Boolean> put(String owner, String key, String field, Bytes value);

  /**
   * Removes a value if it still belongs to a lease.
   *
   * @param owner the lease
   * @param key the key
   * @param field the field
   * @return completes with whether it was there and belonged to {@code owner}
   */
  CompletionStage<Boolean> remove(String owner, String key, String field);

  /**
   * Reads the values of a key whose leases are alive. A failed stage says nothing about the values;
   * it is not an empty map.
   *
   * @param key the key
   * @return field to value
   */
  CompletionStage<Map<String, Bytes>> get(String key);

  /**
   * Gives a lease up: its values are gone.
   *
   * @param owner the lease
   * @return completes when done
   */
  CompletionStage<Void> release(String owner);
}
