package dev.collab.sync;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Fate;
import dev.collab.document.OperationId;
import dev.collab.document.Submission;
import dev.collab.text.Text;
import java.util.ArrayDeque;
import java.util.Deque;

/** A simulated connection: a queue in each direction, lost with the connection. */
final class Link {

  final Deque<Request> up = new ArrayDeque<>();
  final Deque<Message> down = new ArrayDeque<>();
  boolean open = true;
  boolean subscribed;

  /** What a replica sends. */
  sealed interface Request {}

  record Submit(Submission submission) implements Request {}

  record CatchUp(long revision) implements Request {}

  /** What the authority sends. */
  sealed interface Message {}

  record Entry(CommittedOperation entry) implements Message {}

  record Acknowledge(OperationId id, long baseRevision) implements Message {}

  record Reject(OperationId id) implements Message {}

  record Stale(OperationId id, Fate fate, long revision, Text state) implements Message {}

  record Snapshot(long revision, Text state) implements Message {}
}
