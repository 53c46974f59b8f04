/**
 * A client's copy of a document: what is shown, what is under way and what waits. Entry type:
 * {@link dev.collab.sync.Replica}. Everything here is immutable; nothing here does I/O.
 */
package dev.collab.sync;
