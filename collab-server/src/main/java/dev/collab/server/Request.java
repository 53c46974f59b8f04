package dev.collab.server;

import dev.collab.protocol.WireError;

/** Something that waits until a document is loaded. It is run or fails. */
abstract class Request {

  abstract void run(CommitPipeline loaded);

  abstract void fail(WireError error);

  /** Tells whether it waits for the document longer than others. */
  boolean isPatient() {
    return false;
  }
}
