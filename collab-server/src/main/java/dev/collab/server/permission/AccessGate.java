package dev.collab.server.permission;

import dev.collab.document.DocumentId;
import dev.collab.document.Submission;
import dev.collab.protocol.BulkRequest;
import dev.collab.protocol.ChatRequest;
import dev.collab.protocol.ChatSubmitRequest;
import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.DocumentRequest;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.Permission;
import dev.collab.protocol.PresenceRequest;
import dev.collab.protocol.PresenceUpdate;
import dev.collab.protocol.SubmitRequest;
import dev.collab.protocol.WireError;
import dev.collab.server.access.Amendment;
import dev.collab.server.access.Interceptor;
import dev.collab.server.access.Resource;
import dev.collab.server.access.Verdict;
import dev.collab.server.session.Gate;
import dev.collab.server.session.Granted;
import dev.collab.server.session.Session;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what the client is permitted and no interceptor refuses.
 *
 * <p>Confined: its session calls it serially.
 */
public final class AccessGate implements Gate {

  private final Session session;
  private final Permissions permissions;
  private final List<Interceptor> interceptors;

  /**
   * Creates the gate of a new session.
   *
   * @param session the session
   * @param permissions what its client may do
   * @param interceptors are asked one after the other
   */
  public AccessGate(Session session, Permissions permissions, List<Interceptor> interceptors) {
    this.session = session;
    this.permissions = permissions;
    this.interceptors = interceptors;
  }

  @Override
  public void reconsider(Predicate<Resource> concerned) {
    permissions.askAgain(concerned);
  }

  @Override
  public CompletionStage<Verdict<Granted>> decide(ClientMessage request) {
    return switch (request.kind()) {
      case FETCH, SUBSCRIBE -> read(document((DocumentRequest) request));
      case BULK_FETCH, BULK_SUBSCRIBE -> readAll((BulkRequest) request);
      case SUBMIT -> submit((SubmitRequest) request);
      case PRESENCE_SUBSCRIBE -> see((PresenceRequest) request);
      case PRESENCE -> show((PresenceUpdate) request);
      case CHAT_SUBSCRIBE, CHAT_HISTORY -> read(room(request));
      case CHAT_SUBMIT -> chat((ChatSubmitRequest) request);
      case CHAT_TYPING -> need(room(request), Permission.WRITE);
      case CHAT_READ -> need(room(request), Permission.READ);
      default -> ALLOWED;
    };
  }

  private static Resource document(DocumentRequest request) {
    return new Resource.Document(new DocumentId(request.collection(), request.document()));
  }

  private static Resource.Room room(ClientMessage request) {
    return new Resource.Room(((ChatRequest) request).room());
  }

  /** Finds out what the client may do, and goes on at once if that is known. */
  private <T> CompletionStage<T> whenKnown(
      Resource resource, Function<Permission, CompletionStage<T>> then) {
    CompletionStage<Permission> asked = permissions.of(resource);
    Permission known = permissions.answer(resource);
    return known == null ? asked.thenCompose(then) : then.apply(known);
  }

  private CompletionStage<Verdict<Granted>> need(Resource resource, Permission needed) {
    return whenKnown(
        resource,
        policy ->
            permissions.allows(resource, needed) ? ALLOWED : refused(Permissions.forbidden()));
  }

  private static CompletionStage<Verdict<Granted>> refused(WireError error) {
    return Verdict.<Granted>refuse(error.code(), error.message()).now();
  }

  private static WireError error(Verdict<?> refusal) {
    Verdict.Refuse<?> refuse = (Verdict.Refuse<?>) refusal;
    return new WireError(refuse.code(), refuse.message());
  }

  private CompletionStage<Verdict<Granted>> read(Resource resource) {
    return interceptors.isEmpty()
        ? need(resource, Permission.READ)
        : reading(resource)
            .thenCompose(error -> error.isPresent() ? refused(error.get()) : ALLOWED);
  }

  /** Lets the interceptors narrow what the policy permits; returns why nothing is left of it. */
  private CompletionStage<Optional<WireError>> intercepted(Resource resource, Permission policy) {
    return Verdicts.of(
            interceptors,
            policy,
            (interceptor, left) -> interceptor.subscribe(session.caller(), resource, left),
            (left, amended) -> amended.compareTo(left) < 0 ? amended : left)
        .thenApply(
            verdict -> {
              if (verdict.kind() == Verdict.Kind.REFUSE) {
                return Optional.of(error(verdict));
              }
              Permission left = ((Verdict.Amend<Permission>) verdict).value();
              permissions.limit(resource, left == policy ? Permission.MANAGE : left);
              return left == Permission.NONE
                  ? Optional.of(Permissions.forbidden())
                  : Optional.empty();
            });
  }

  private CompletionStage<Optional<WireError>> reading(Resource resource) {
    return whenKnown(
        resource,
        policy -> {
          if (policy == Permission.NONE) {
            return CompletableFuture.completedStage(Optional.of(Permissions.forbidden()));
          }
          return interceptors.isEmpty()
              ? CompletableFuture.completedStage(Optional.empty())
              : intercepted(resource, policy);
        });
  }

  /** Each document by itself: what is refused of one does not concern the others. */
  private CompletionStage<Verdict<Granted>> readAll(BulkRequest request) {
    Map<String, WireError> refusals = new LinkedHashMap<>();
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (String document : new LinkedHashSet<>(request.documents())) {
      Resource resource = new Resource.Document(new DocumentId(request.collection(), document));
      all =
          all.thenCompose(before -> reading(resource).handle(AccessGate::outcome))
              .thenAccept(error -> error.ifPresent(why -> refusals.put(document, why)));
    }
    return all.thenApply(done -> Verdict.amend(new Granted(request, List.of(), refusals)));
  }

  private static Optional<WireError> outcome(
      Optional<WireError> error, @Nullable Throwable failure) {
    return failure == null ? error : Optional.of(undecided());
  }

  private static WireError undecided() {
    return new WireError(ErrorCodes.UNAVAILABLE, "it could not be decided whether this is allowed");
  }

  private CompletionStage<Verdict<Granted>> see(PresenceRequest request) {
    Optional<String> collection = request.collection();
    Optional<String> document = request.document();
    if (collection.isEmpty() || document.isEmpty()) {
      return readAny(Places.on(request.channel()));
    }
    Resource place = new Resource.Document(new DocumentId(collection.get(), document.get()));
    // what else is shown under the same name is for the channel's permission to say
    return whenKnown(new Resource.Channel(request.channel()), policy -> read(place));
  }

  /** What is sent later is looked at by itself, so that it is enough if some of it may be seen. */
  private CompletionStage<Verdict<Granted>> readAny(List<Resource> places) {
    List<WireError> errors = new ArrayList<>();
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (Resource place : places) {
      all =
          all.thenCompose(before -> reading(place))
              .thenAccept(error -> error.ifPresent(errors::add));
    }
    return all.thenCompose(
        done -> errors.size() < places.size() ? ALLOWED : refused(errors.get(0)));
  }

  private CompletionStage<Verdict<Granted>> submit(SubmitRequest request) {
    DocumentId document = new DocumentId(request.collection(), request.document());
    Resource resource = new Resource.Document(document);
    return whenKnown(
        resource,
        policy -> {
          if (!permissions.allows(resource, Permission.WRITE)) {
            return without(request, request.document(), Permissions.forbidden());
          }
          if (interceptors.isEmpty()) {
            return ALLOWED;
          }
          Submission submission = Submissions.of(request, session.caller().client());
          return Verdicts.of(
                  interceptors,
                  List.<Amendment>of(),
                  (interceptor, before) ->
                      interceptor.submit(session.caller(), document, submission),
                  AccessGate::joined)
              .thenCompose(
                  verdict ->
                      verdict.kind() == Verdict.Kind.REFUSE
                          ? without(request, request.document(), error(verdict))
                          : Verdict.amend(
                                  new Granted(
                                      request, ((Verdict.Amend<List<Amendment>>) verdict).value()))
                              .now());
        });
  }

  private static List<Amendment> joined(List<Amendment> before, Amendment more) {
    List<Amendment> all = new ArrayList<>(before);
    all.add(more);
    return all;
  }

  /** Lets a submission pass that is refused, since it may stand in the log already. */
  private static CompletionStage<Verdict<Granted>> without(
      ClientMessage request, String name, WireError error) {
    return Verdict.amend(new Granted(request, List.of(), Map.of(name, error))).now();
  }

  private CompletionStage<Verdict<Granted>> show(PresenceUpdate update) {
    Resource place = Places.of(update);
    if (update.value() == JsonValue.NULL || interceptors.isEmpty()) {
      return need(place, Permission.COMMENT);
    }
    return whenKnown(
        place,
        policy -> {
          if (!permissions.allows(place, Permission.COMMENT)) {
            return refused(Permissions.forbidden());
          }
          return Verdicts.of(
                  interceptors,
                  update.value(),
                  (interceptor, value) -> interceptor.presence(session.caller(), place, value),
                  Verdicts.replaced())
              .thenCompose(verdict -> granted(verdict, update::withValue));
        });
  }

  private CompletionStage<Verdict<Granted>> chat(ChatSubmitRequest request) {
    Resource.Room room = room(request);
    return whenKnown(
        room,
        policy -> {
          if (!permissions.allows(room, Submissions.needed(request))) {
            return without(request, request.room(), Permissions.forbidden());
          }
          return interceptors.isEmpty()
              ? ALLOWED
              : Verdicts.<JsonObject, JsonObject>of(
                      interceptors,
                      request.event(),
                      (interceptor, event) -> interceptor.chat(session.caller(), room, event),
                      Verdicts.replaced())
                  .thenCompose(
                      verdict ->
                          verdict.kind() == Verdict.Kind.REFUSE
                              ? without(request, request.room(), error(verdict))
                              : granted(verdict, request::withEvent));
        });
  }

  private static <T> CompletionStage<Verdict<Granted>> granted(
      Verdict<T> verdict, Function<T, ClientMessage> amended) {
    return verdict.kind() == Verdict.Kind.REFUSE
        ? refused(error(verdict))
        : Verdict.amend(Granted.asAsked(amended.apply(((Verdict.Amend<T>) verdict).value()))).now();
  }
}
