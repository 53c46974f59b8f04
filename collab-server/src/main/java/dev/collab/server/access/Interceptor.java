package dev.collab.server.access;

import dev.collab.document.DocumentId;
import dev.collab.document.Submission;
import dev.collab.presence.User;
import dev.collab.protocol.Permission;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.concurrent.CompletionStage;

/**
 * Is asked before something happens on behalf of a client, and may let it happen, refuse it, or let
 * something else happen. A server asks its interceptors one after the other, behind its {@link
 * AccessPolicy}; each sees what those before it have made of it, and the first that refuses ends
 * the matter.
 *
 * <p>Thread-safe: a server asks for many callers at once; for one connection it asks one thing at a
 * time, in the order in which the client sent it. The answer may come on any thread. One that
 * fails, or does not come in time, is a refusal with {@link
 * dev.collab.protocol.ErrorCodes#UNAVAILABLE}, and concerns nothing but what was asked.
 *
 * @since 0.1
 */
public interface Interceptor {

  /**
   * A client was authenticated and is about to be let in. If it is refused, the connection is
   * closed.
   *
   * @param caller who it is
   * @return the verdict; an amended user is the one that others see
   */
  default CompletionStage<Verdict<User>> connect(Caller caller) {
    return Verdict.<User>allow().now();
  }

  /**
   * A client is about to be given what a resource holds: by a subscription, or once. Of a request
   * for several documents each is asked for.
   *
   * @param caller who asks
   * @param resource what it wants to read
   * @param permission what it may do there
   * @return the verdict; an amended permission takes the place of the greater one from the policy,
   *     on this connection until the next request for the resource; it never gives more
   */
  default CompletionStage<Verdict<Permission>> subscribe(
      Caller caller, Resource resource, Permission permission) {
    return Verdict.<Permission>allow().now();
  }

  /**
   * A client has submitted an edit, a creation or a deletion. It may have submitted the same
   * before, if it was not told of the outcome.
   *
   * @param caller who submits
   * @param document where
   * @param submission what, as the client made it: what was committed since its base revision is
   *     not taken into account yet
   * @return the verdict; with an amendment the submission is committed as it is, and the amendment
   *     right behind it
   */
  default CompletionStage<Verdict<Amendment>> submit(
      Caller caller, DocumentId document, Submission submission) {
    return Verdict.<Amendment>allow().now();
  }

  /**
   * A client wants to show a presence. Not asked when it takes one back.
   *
   * @param caller whose presence it is
   * @param place the document or channel where it is shown
   * @param value what is shown
   * @return the verdict; an amended value is shown in place of the client's
   */
  default CompletionStage<Verdict<JsonValue>> presence(
      Caller caller, Resource place, JsonValue value) {
    return Verdict.<JsonValue>allow().now();
  }

  /**
   * A client wants something to happen in a chat room.
   *
   * @param caller who asks
   * @param room where
   * @param event what, as the member {@code e} of the request has it: an object of one member
   * @return the verdict; an amended event, of the same form, happens in place of the client's
   */
  default CompletionStage<Verdict<JsonObject>> chat(
      Caller caller, Resource.Room room, JsonObject event) {
    return Verdict.<JsonObject>allow().now();
  }
}
