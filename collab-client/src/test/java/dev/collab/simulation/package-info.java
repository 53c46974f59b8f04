/**
 * The deterministic simulator: real clients and servers over a network and a coordinator that
 * misbehave, in virtual time, on one thread, from one seed. {@code WorldSimulationTest} is the
 * entry.
 */
package dev.collab.simulation;
