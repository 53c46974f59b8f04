/**
 * The authority: documents, their logs and who submitted what. Entry type: {@link
 * dev.collab.document.Document}. Everything here is immutable; nothing here does I/O.
 */
package dev.collab.document;
