package dev.collab.client;

import dev.collab.document.DocumentId;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.DocumentRequest;
import dev.collab.protocol.DocumentState;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ProtocolException;
import dev.collab.protocol.WireError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads one document over the present session: subscribes, fetches what is missing, asks for the
 * whole state. At most one subscribe and one fetch are under way; what failed for the moment, or is
 * withheld, is asked again later. An answer to something that was not asked is dropped.
 *
 * <p>Confined: callers must serialise calls.
 */
final class Reader {

  private final DocumentId document;
  private final Settings settings;
  private final Owner owner;
  private final List<CompletableFuture<Void>> syncs = new ArrayList<>();
  private final List<CompletableFuture<Void>> fetchedSyncs = new ArrayList<>();
  private @Nullable Session session;
  private Subscription subscription = Subscription.NONE;
  private boolean wholeStateAsked;
  private long subscribeNumber;
  private long fetchNumber;
  private boolean fetchPaused;
  private long askedFrom;
  private long fetchedFrom;
  private long newestEntry;
  private int failures;

  /** How often the document was withheld since it was last granted. */
  private int refusals;

  Reader(DocumentId document, Settings settings, Owner owner) {
    this.document = document;
    this.settings = settings;
    this.owner = owner;
  }

  private enum Subscription {
    /** Not asked for. */
    NONE,
    /** Asked for and not yet answered. */
    ASKED,
    /** Refused for the moment; it will be asked for again. */
    PAUSED,
    /** The server sends every entry. */
    HELD,
    /** The user may not read the document for the time being. */
    WITHHELD,
    /** Refused; it is asked for again over the next connection. */
    REFUSED
  }

  /** Whose document is read. */
  interface Owner {

    /** Returns the revision that is here, or {@link LocalCopy#UNKNOWN}. */
    long revision();

    /** The whole state has come, as asked. */
    void read(DocumentState state);

    /** An answer was complete: the entries in it are here, unless the reader is still behind. */
    void caughtUp();

    /** Something can be asked that could not be asked before. */
    void proceed();

    /** The entries that are missing are gone; this state may have come instead. */
    void tooFarBehind(Optional<DocumentState> state);

    /** Something failed for the moment; it is asked again. */
    void failedForNow(CollabException error);

    /** The document cannot be read now. Told once, until it can. */
    void refused(CollabException error, boolean silently);
  }

  void start(Session opened) {
    session = opened;
    subscription = Subscription.NONE;
    wholeStateAsked = false;
    subscribeNumber = 0;
    fetchNumber = 0;
    fetchPaused = false;
    newestEntry = LocalCopy.UNKNOWN;
    failures = 0;
    refusals = 0;
  }

  void stop() {
    session = null;
    subscription = Subscription.NONE;
    subscribeNumber = 0;
    fetchNumber = 0;
    syncs.addAll(0, fetchedSyncs);
    fetchedSyncs.clear();
  }

  /** Tells whether every entry comes here. */
  boolean isSubscribed() {
    return subscription == Subscription.HELD;
  }

  /** Tells whether the subscription has not been asked for. */
  boolean isIdle() {
    return session != null && subscription == Subscription.NONE;
  }

  /** Tells whether the server knows or will know of a subscription. */
  boolean hasSubscription() {
    return subscription == Subscription.ASKED || subscription == Subscription.HELD;
  }

  /** Returns the number of the oldest request that is not answered, or 0. */
  long oldestUnanswered() {
    return subscribeNumber == 0 || (fetchNumber != 0 && fetchNumber < subscribeNumber)
        ? fetchNumber
        : subscribeNumber;
  }

  /** Asks for the subscription from the revision that is here. */
  void subscribe() {
    if (session != null) {
      String collection = document.collection();
      long from = owner.revision();
      boolean wholeState = from == LocalCopy.UNKNOWN;
      subscribeAsked(
          session.send(
              wholeState
                  ? DocumentRequest.of(ClientMessage.Kind.SUBSCRIBE, collection, document.id())
                  : DocumentRequest.since(
                      ClientMessage.Kind.SUBSCRIBE, collection, document.id(), from)),
          wholeState);
    }
  }

  /** The subscription was asked for in this message, with the whole state or what follows. */
  void subscribeAsked(long number, boolean wholeState) {
    subscription = Subscription.ASKED;
    subscribeNumber = number;
    wholeStateAsked = wholeState;
    askedFrom = owner.revision();
  }

  /**
   * Asks for the whole state, with the subscription, unless the subscription is being asked for.
   */
  void askWholeState() {
    if (session != null
        && (subscription == Subscription.NONE || subscription == Subscription.HELD)) {
      subscribeAsked(
          session.send(
              DocumentRequest.of(
                  ClientMessage.Kind.SUBSCRIBE, document.collection(), document.id())),
          true);
    }
  }

  /** Asks for the entries that are missing, unless that is under way in one way or another. */
  void catchUp() {
    long from = owner.revision();
    if (session != null
        && fetchNumber == 0
        && !fetchPaused
        && from != LocalCopy.UNKNOWN
        && subscription != Subscription.ASKED
        && !isRefused()) {
      fetchedSyncs.addAll(syncs);
      syncs.clear();
      fetchedFrom = from;
      fetchNumber =
          session.send(
              DocumentRequest.since(
                  ClientMessage.Kind.FETCH, document.collection(), document.id(), from));
    }
  }

  private boolean isRefused() {
    return subscription == Subscription.REFUSED || subscription == Subscription.WITHHELD;
  }

  /** Completes a stage when everything is here that the server has now. */
  void sync(CompletableFuture<Void> synced) {
    syncs.add(synced);
    catchUp();
  }

  List<CompletableFuture<Void>> endSyncs() {
    List<CompletableFuture<Void>> ended = new ArrayList<>(fetchedSyncs);
    ended.addAll(syncs);
    fetchedSyncs.clear();
    syncs.clear();
    return ended;
  }

  /** An entry has come; whether it can be used or not, the document has come as far. */
  void noteEntry(long baseRevision) {
    newestEntry = Math.max(newestEntry, baseRevision);
  }

  void onState(DocumentState state) {
    if (subscription != Subscription.ASKED) {
      return;
    }
    boolean wanted = wholeStateAsked;
    subscribed();
    if (wanted) {
      owner.read(state);
    } else if (state.version() > owner.revision()) {
      owner.tooFarBehind(Optional.empty());
    }
    answered();
  }

  void onSubscribed() {
    if (subscription == Subscription.ASKED) {
      if (wholeStateAsked) {
        throw new ProtocolException(
            ErrorCodes.MESSAGE_BADLY_FORMED, "a state was asked for and did not come");
      }
      subscribed();
      answered();
    }
  }

  private void subscribed() {
    subscription = Subscription.HELD;
    subscribeNumber = 0;
    wholeStateAsked = false;
    failures = 0;
    refusals = 0;
  }

  void onFetched() {
    if (fetchNumber == 0) {
      return;
    }
    fetchNumber = 0;
    List<CompletableFuture<Void>> synced = List.copyOf(fetchedSyncs);
    fetchedSyncs.clear();
    synced.forEach(stage -> settings.confinement().notifier().tell(() -> stage.complete(null)));
    if (isBehind() && owner.revision() == fetchedFrom) {
      catchUpLater(); // entries were announced that cannot be read yet
      owner.caughtUp();
    } else {
      failures = 0;
      answered();
    }
  }

  /** An answer is complete: looks whether there is more to ask. */
  private void answered() {
    owner.caughtUp();
    if (isBehind() || !syncs.isEmpty()) {
      catchUp();
    }
  }

  /** Tells whether entries have come that cannot be used because others before them have not. */
  boolean isBehind() {
    return newestEntry >= owner.revision();
  }

  void onSubscribeFailed(WireError error, Optional<DocumentState> state) {
    if (subscription != Subscription.ASKED) {
      return;
    }
    boolean wholeState = wholeStateAsked;
    wholeStateAsked = false;
    subscribeNumber = 0;
    if (Verdict.isTemporary(error.code())) {
      subscription = Subscription.PAUSED;
      failedForNow(error);
      Session asked = session;
      settings.backOff(
          failures,
          () -> {
            if (session == asked && subscription == Subscription.PAUSED) {
              subscription = Subscription.NONE;
              owner.proceed();
            }
          });
    } else if (wholeState || Verdict.isForbidden(error.code())) {
      refused(error);
    } else {
      subscription = Subscription.NONE;
      tooFarBehind(state, askedFrom);
    }
  }

  /** A request for several documents failed: which of them is to blame is found out one by one. */
  void onBulkFailed(WireError error) {
    if (subscription == Subscription.ASKED && !Verdict.isTemporary(error.code())) {
      subscription = Subscription.NONE;
      subscribeNumber = 0;
      wholeStateAsked = false;
      owner.proceed();
    } else {
      onSubscribeFailed(error, Optional.empty());
    }
  }

  void onFetchFailed(WireError error, Optional<DocumentState> state) {
    if (fetchNumber == 0) {
      return;
    }
    fetchNumber = 0;
    syncs.addAll(0, fetchedSyncs);
    fetchedSyncs.clear();
    if (Verdict.isTemporary(error.code())) {
      failedForNow(error);
      catchUpLater();
    } else if (Verdict.isForbidden(error.code())) {
      refused(error);
    } else {
      tooFarBehind(state, fetchedFrom);
    }
  }

  /** What came instead is of use only if nothing newer has come meanwhile. */
  private void tooFarBehind(Optional<DocumentState> state, long from) {
    if (state.isPresent() && state.get().version() <= owner.revision() && from < owner.revision()) {
      owner.proceed();
      catchUp();
    } else {
      owner.tooFarBehind(state);
    }
  }

  private void catchUpLater() {
    failures++;
    fetchPaused = true;
    Session asked = session;
    settings.backOff(
        failures,
        () -> {
          if (session == asked) {
            fetchPaused = false;
            catchUp();
          }
        });
  }

  private void failedForNow(WireError error) {
    failures++;
    if (failures == 1) {
      owner.failedForNow(new ServerException(error));
    }
  }

  /** Gives the document up on this connection, because it cannot be read or may not be. */
  void giveUp() {
    if (session != null && hasSubscription()) {
      session.send(
          DocumentRequest.of(ClientMessage.Kind.UNSUBSCRIBE, document.collection(), document.id()));
    }
    subscription = Subscription.REFUSED;
    subscribeNumber = 0;
  }

  /** The server ended the subscription, because the document is withheld from now on. */
  void onWithdrawn() {
    fetchNumber = 0;
    subscribeNumber = 0;
    refused(new WireError(ErrorCodes.FORBIDDEN, "the document is withheld from now on"));
  }

  private void refused(WireError error) {
    boolean passes = Verdict.mayBeGranted(error.code());
    subscription = passes ? Subscription.WITHHELD : Subscription.REFUSED;
    ServerException exception = new ServerException(error);
    endSyncs()
        .forEach(
            stage ->
                settings
                    .confinement()
                    .notifier()
                    .tell(() -> stage.completeExceptionally(exception)));
    refusals++;
    if (refusals == 1) {
      owner.refused(exception, error.code().equals(ErrorCodes.SILENT_REJECTION));
    }
    if (passes) {
      askAgain();
    }
  }

  private void askAgain() {
    Session asked = session;
    settings.askAgain(
        refusals,
        () -> {
          if (session == asked && subscription == Subscription.WITHHELD) {
            subscription = Subscription.NONE;
            owner.proceed();
          }
        });
  }
}
