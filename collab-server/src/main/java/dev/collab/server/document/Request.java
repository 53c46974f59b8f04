package dev.collab.server.document;

import dev.collab.protocol.WireError;

/** Something that waits until a document is loaded. It is run or fails. */
abstract class Request {

  /**
   * Runs when the document is loaded.
   *
   * @param host who has it now; the host that was asked may have given it up meanwhile
   * @param loaded the document's pipeline
   * @param caughtUp whether the log was read to its end since the request came
   */
  abstract void run(DocumentHost host, CommitPipeline loaded, boolean caughtUp);

  abstract void fail(WireError error);

  /** Tells whether it waits for the document longer than others. */
  boolean isPatient() {
    return false;
  }
}
