package dev.collab.server.document;

import dev.collab.document.Document;
import dev.collab.protocol.WireError;

/** What a read or subscription came to. The set is closed. */
sealed interface ReadOutcome {

  /** The document as it is now. */
  record State(Document document) implements ReadOutcome {}

  /** The entries that the reader lacked were sent to it; this is the document as it is now. */
  record CaughtUp(Document document) implements ReadOutcome {}

  /** Entries up to this revision were sent to the reader, and more wait until there is room. */
  record Partly(long revision) implements ReadOutcome {}

  /** The entries that the reader lacks are gone; this is the document as it is now. */
  record TooFarBehind(Document document) implements ReadOutcome {}

  /** It cannot be read. */
  record Failed(WireError error) implements ReadOutcome {}
}
