package dev.collab.client;

import dev.collab.chat.ChatView;
import dev.collab.chat.ChatWire;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ChatNotice;
import dev.collab.protocol.ChatRoomRequest;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ProtocolException;
import dev.collab.protocol.WireError;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one room over the present session: subscribes from the version that is here, and again when
 * events are missing. At most one request is under way; what failed for the moment, or is withheld,
 * is asked again later.
 *
 * <p>Confined: callers must serialise calls.
 */
final class ChatReader {

  private final String room;
  private final Settings settings;
  private final Owner owner;
  private @Nullable Session session;
  private Subscription subscription = Subscription.NONE;

  /** Whether the state was asked for, and not what follows a version. */
  private boolean stateAsked;

  /** The request that waits for its answer, or 0. */
  private long messageNumber;

  /** Whether what is here may not be what the server has. */
  private boolean distrusted;

  private int failures;

  /** How often the room was withheld since it was last granted. */
  private int refusals;

  ChatReader(String room, Settings settings, Owner owner) {
    this.room = room;
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
    /** The server sends every event. */
    HELD,
    /** The user may not read the room for the time being. */
    WITHHELD,
    /** Refused; it is asked for again over the next connection. */
    REFUSED
  }

  /** Whose room is read. */
  interface Owner {

    /** Returns what is known of the room. */
    Optional<ChatView> view();

    /** The state has come. */
    void read(ChatView view);

    /** Something failed for the moment; it is asked again. */
    void failedForNow(CollabException error);

    /** The room cannot be read now. Told once, until it can. */
    void refused(CollabException error);
  }

  void start(Session opened) {
    session = opened;
    failures = 0;
    refusals = 0;
    subscribe(false);
  }

  /** Goes on from the server's state the next time. */
  void distrust() {
    distrusted = true;
  }

  void stop() {
    session = null;
    subscription = Subscription.NONE;
    messageNumber = 0;
  }

  /** Returns the number of the message that waits for its answer, or 0. */
  long unanswered() {
    return messageNumber;
  }

  private void subscribe(boolean anew) {
    if (session != null) {
      Optional<ChatView> known = anew || distrusted ? Optional.empty() : owner.view();
      stateAsked = known.isEmpty();
      subscription = Subscription.ASKED;
      messageNumber =
          session.send(
              known
                  .map(view -> ChatRoomRequest.since(room, view.version()))
                  .orElseGet(() -> ChatRoomRequest.subscribe(room)));
    }
  }

  /** Events are missing: asks for them, unless the subscription is being asked for. */
  void catchUp() {
    if (subscription == Subscription.HELD) {
      subscribe(false);
    }
  }

  /** What is here cannot be gone on from: asks for the state. */
  void startOver() {
    if (subscription == Subscription.HELD) {
      subscribe(true);
    }
  }

  /** Tells whether nothing comes. */
  boolean isRefused() {
    return subscription == Subscription.REFUSED || refusals > 0;
  }

  void onState(ChatNotice.State notice) {
    if (subscription != Subscription.ASKED && !isNewer(notice.version())) {
      return;
    }
    ChatView view;
    try {
      view = ChatWire.readView(notice.version(), notice.state(), notice.messages());
    } catch (RuntimeException e) {
      giveUp();
      owner.refused(unreadable(e));
      return;
    }
    subscribed();
    distrusted = false;
    owner.read(view);
  }

  /** An answer to the room's former subscription may have been taken for this one's. */
  private boolean isNewer(long version) {
    return subscription == Subscription.HELD
        && owner.view().filter(view -> view.version() < version).isPresent();
  }

  static ClientException unreadable(RuntimeException cause) {
    return new ClientException(
        ClientException.CHAT_UNREADABLE, "what the server tells of the room does not fit", cause);
  }

  void onSubscribed(long version) {
    if (subscription != Subscription.ASKED) {
      return;
    }
    if (stateAsked) {
      throw new ProtocolException(
          ErrorCodes.MESSAGE_BADLY_FORMED, "a state was asked for and did not come");
    }
    subscribed();
    if (owner.view().filter(view -> view.version() == version).isEmpty()) {
      startOver();
    }
  }

  private void subscribed() {
    subscription = Subscription.HELD;
    messageNumber = 0;
    failures = 0;
    refusals = 0;
  }

  void onFailed(WireError error) {
    if (subscription != Subscription.ASKED) {
      return;
    }
    messageNumber = 0;
    if (Verdict.isTemporary(error.code())) {
      pause(error);
    } else if (stateAsked || Verdict.isForbidden(error.code())) {
      refused(error);
    } else {
      subscribe(true);
    }
  }

  private void pause(WireError error) {
    subscription = Subscription.PAUSED;
    failures++;
    if (failures == 1) {
      owner.failedForNow(new ServerException(error));
    }
    Session asked = session;
    settings.backOff(
        failures,
        error.retryAfter().orElse(Duration.ZERO),
        () -> {
          if (session == asked && subscription == Subscription.PAUSED) {
            subscribe(false);
          }
        });
  }

  /** The server ended the subscription, because the room is withheld from now on. */
  void onWithdrawn() {
    messageNumber = 0;
    refused(new WireError(ErrorCodes.FORBIDDEN, "the room is withheld from now on"));
  }

  /** The user may read the room. */
  void onAllowed() {
    if (subscription == Subscription.WITHHELD) {
      subscribe(false);
    }
  }

  private void refused(WireError error) {
    boolean passes = Verdict.mayBeGranted(error.code());
    subscription = passes ? Subscription.WITHHELD : Subscription.REFUSED;
    refusals++;
    if (refusals == 1) {
      owner.refused(new ServerException(error));
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
            subscribe(false);
          }
        });
  }

  /** Ends the subscription. */
  void giveUp() {
    if (session != null
        && subscription != Subscription.REFUSED
        && subscription != Subscription.WITHHELD) {
      session.send(ChatRoomRequest.unsubscribe(room));
    }
    subscription = Subscription.REFUSED;
    messageNumber = 0;
  }
}
