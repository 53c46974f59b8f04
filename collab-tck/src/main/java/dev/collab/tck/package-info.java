/**
 * The conformance kits for {@link dev.collab.coordinator.Coordinator} and {@link
 * dev.collab.transport.Transport}. Entry types: {@link dev.collab.tck.CoordinatorContract} and
 * {@link dev.collab.tck.TransportContract}; extend one in a test class of your own. Each test names
 * the rule of {@code docs/spi.md} that it checks. Confined: a test runs in one thread and starts
 * others where a rule asks for it.
 */
package dev.collab.tck;
