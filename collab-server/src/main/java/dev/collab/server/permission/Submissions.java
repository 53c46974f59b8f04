package dev.collab.server.permission;

import dev.collab.document.ClientId;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.protocol.Change;
import dev.collab.protocol.ChatSubmitRequest;
import dev.collab.protocol.Permission;
import dev.collab.protocol.SubmitRequest;

/** What requests to submit mean. */
public final class Submissions {

  private Submissions() {}

  /** Returns what a client submits. */
  public static Submission of(SubmitRequest request, ClientId author) {
    long base = request.version().orElse(Submission.HEAD);
    return new Submission(
        new OperationId(author, request.sequence()),
        base,
        // no more than a hint: one that cannot be right is not worth refusing somebody's typing
        Math.min(base, request.seen().orElse(base)),
        proposal(request.change()));
  }

  /** Returns what a client has to be permitted for what it wants to happen in a room. */
  public static Permission needed(ChatSubmitRequest request) {
    boolean comesOrGoes =
        request.event().get("join").isPresent() || request.event().get("leave").isPresent();
    return comesOrGoes ? Permission.READ : Permission.WRITE;
  }

  private static Proposal proposal(Change change) {
    return switch (change.kind()) {
      case EDIT -> new Proposal.EncodedEdit(((Change.Edit) change).operation());
      case CREATE -> {
        Change.Create create = (Change.Create) change;
        yield new Proposal.Create(create.type(), create.data());
      }
      case DELETE -> new Proposal.Delete();
      case NONE -> throw new IllegalStateException("a submission changes something");
    };
  }
}
