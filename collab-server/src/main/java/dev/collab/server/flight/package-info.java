/**
 * Events of the JDK's flight recorder. Entry type: {@link dev.collab.server.flight.Flight}. Nothing
 * else in the server needs the module jdk.jfr.
 */
package dev.collab.server.flight;
