/**
 * What both SPI packages share and nobody else sees. Entry type: {@link
 * dev.collab.transport.internal.SerialExecutor}. Thread-safe.
 */
package dev.collab.transport.internal;
