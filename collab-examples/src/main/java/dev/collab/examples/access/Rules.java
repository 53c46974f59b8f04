package dev.collab.examples.access;

import dev.collab.document.DocumentId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.presence.User;
import dev.collab.protocol.Permission;
import dev.collab.server.CollabServer;
import dev.collab.server.access.AccessPolicy;
import dev.collab.server.access.Amendment;
import dev.collab.server.access.Authentication;
import dev.collab.server.access.Authenticator;
import dev.collab.server.access.Caller;
import dev.collab.server.access.Credentials;
import dev.collab.server.access.Interceptor;
import dev.collab.server.access.Resource;
import dev.collab.server.access.Verdict;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

// begin
/** Who is let in, what each may do, and what nobody may. */
final class Rules implements Authenticator, AccessPolicy, Interceptor {

  private static final Map<String, String> ROLES = Map.of("t-7f3a", "teacher", "p-91c0", "pupil");

  private final Set<String> writers = ConcurrentHashMap.newKeySet();

  Rules() {
    writers.add("teacher");
  }

  CollabServer.Builder guard(CollabServer.Builder server) {
    return server.authenticator(this).access(this).interceptor(this);
  }

  void letWrite(String principal) {
    writers.add(principal);
  }

  @Override // at the handshake, and for each newer token
  public CompletionStage<Authentication> authenticate(Credentials credentials) {
    String role = ROLES.get(credentials.token().orElse(""));
    return CompletableFuture.completedStage(
        role == null
            ? Authentication.refused("the token is not known")
            : Authentication.accepted(role, User.of(role, role)));
  }

  @Override // once for each connection and document, and after each change
  public CompletionStage<Permission> permission(Caller caller, Resource resource) {
    return CompletableFuture.completedStage(
        writers.contains(caller.principal()) ? Permission.WRITE : Permission.COMMENT);
  }

  @Override // for each edit, creation and deletion
  public CompletionStage<Verdict<Amendment>> submit(
      Caller caller, DocumentId document, Submission submission) {
    return submission.proposal() instanceof Proposal.Delete
        ? Verdict.<Amendment>refuse("lessons are kept").now()
        : Verdict.<Amendment>allow().now();
  }
}
// end
