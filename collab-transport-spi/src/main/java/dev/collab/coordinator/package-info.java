/**
 * What several server nodes share: append-only logs, best-effort broadcasts and leases, over opaque
 * bytes. Entry type: {@link dev.collab.coordinator.Coordinator}. Implementations are thread-safe;
 * every call is asynchronous, and a failed call means that its effect is unknown. The rules are
 * numbered in {@code docs/spi.md}.
 */
package dev.collab.coordinator;
