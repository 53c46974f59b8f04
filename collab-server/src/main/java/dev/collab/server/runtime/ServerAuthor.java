package dev.collab.server.runtime;

import dev.collab.document.ClientId;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The author of what a server submits itself. Each life of a server is another one.
 *
 * <p>Thread-safe.
 */
public final class ServerAuthor {

  private final ClientId self;
  private final AtomicLong sequence = new AtomicLong();

  /** Takes a name that nobody has. */
  public ServerAuthor(RandomGenerator random) {
    this.self = new ClientId("server-" + Long.toHexString(random.nextLong()));
  }

  /** Returns the next submission, made at a revision or at {@link Submission#HEAD}. */
  public Submission submission(long baseRevision, Proposal proposal) {
    return Submission.of(new OperationId(self, sequence.incrementAndGet()), baseRevision, proposal);
  }
}
