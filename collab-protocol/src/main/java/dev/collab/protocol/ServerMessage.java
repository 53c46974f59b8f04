package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.value.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server sends to a client.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface ServerMessage
    permits HandshakeReply,
        ServerMessage.State,
        ServerMessage.Done,
        ServerMessage.BulkStates,
        ServerMessage.BulkDone,
        ServerMessage.Pong,
        ServerMessage.Committed,
        ServerMessage.Access,
        AuthReply,
        PresenceNotice,
        ChatNotice,
        ErrorReply,
        ServerMessage.Unrecognized {

  /**
   * Returns which message it is, for a {@code switch} that the compiler checks.
   *
   * @return the kind
   */
  Kind kind();

  /** What a server can say. */
  enum Kind {
    /** {@link HandshakeReply}. */
    HANDSHAKE,
    /** {@link ServerMessage.State}. */
    STATE,
    /** {@link ServerMessage.Done}. */
    DONE,
    /** {@link ServerMessage.BulkStates}. */
    BULK_STATES,
    /** {@link ServerMessage.BulkDone}. */
    BULK_DONE,
    /** {@link ServerMessage.Pong}. */
    PONG,
    /** {@link ServerMessage.Committed}. */
    COMMITTED,
    /** {@link AuthReply}. */
    AUTHENTICATED,
    /** {@link ServerMessage.Access}. */
    ACCESS,
    /** {@link PresenceNotice.Done}. */
    PRESENCE_DONE,
    /** {@link PresenceState}. */
    PRESENCE,
    /** {@link PresenceNotice.Wanted}. */
    PRESENCE_WANTED,
    /** {@link ChatNotice.State}. */
    CHAT_STATE,
    /** {@link ChatNotice.Done}. */
    CHAT_DONE,
    /** {@link ChatNotice.Acknowledged}. */
    CHAT_ACKNOWLEDGED,
    /** {@link ChatNotice.Event}. */
    CHAT_EVENT,
    /** {@link ChatNotice.Page}. */
    CHAT_PAGE,
    /** {@link ChatNotice.TypingDone}. */
    CHAT_TYPING_DONE,
    /** {@link ChatNotice.Typing}. */
    CHAT_TYPING,
    /** {@link ChatNotice.Read}. */
    CHAT_READ,
    /** {@link ChatNotice.Access}. */
    CHAT_ACCESS,
    /** {@link ErrorReply}. */
    ERROR,
    /** {@link ServerMessage.Unrecognized}. */
    UNRECOGNIZED
  }

  /**
   * The answer to a fetch or subscribe: the document's state.
   *
   * @param request FETCH or SUBSCRIBE
   * @param collection the collection
   * @param document the document's id in it
   * @param state the state
   */
  record State(ClientMessage.Kind request, String collection, String document, DocumentState state)
      implements ServerMessage {

    /**
     * Checks the request's kind.
     *
     * @param request FETCH or SUBSCRIBE
     * @param collection the collection
     * @param document the document's id in it
     * @param state the state
     * @throws IllegalArgumentException if {@code request} is another
     */
    public State {
      requireNonNull(collection, "collection");
      requireNonNull(document, "document");
      requireNonNull(state, "state");
      if (request != ClientMessage.Kind.FETCH && request != ClientMessage.Kind.SUBSCRIBE) {
        throw new IllegalArgumentException("no state answers " + request);
      }
    }

    @Override
    public Kind kind() {
      return Kind.STATE;
    }
  }

  /**
   * The answer to an unsubscribe, or to a fetch or subscribe since a version, behind the
   * operations.
   *
   * @param request FETCH, SUBSCRIBE or UNSUBSCRIBE
   * @param collection the collection
   * @param document the document's id in it
   */
  record Done(ClientMessage.Kind request, String collection, String document)
      implements ServerMessage {

    /**
     * Checks the request's kind.
     *
     * @param request FETCH, SUBSCRIBE or UNSUBSCRIBE
     * @param collection the collection
     * @param document the document's id in it
     * @throws IllegalArgumentException if {@code request} is another
     */
    public Done {
      requireNonNull(collection, "collection");
      requireNonNull(document, "document");
      switch (request) {
        case FETCH, SUBSCRIBE, UNSUBSCRIBE -> {}
        default -> throw new IllegalArgumentException("not about one document: " + request);
      }
    }

    @Override
    public Kind kind() {
      return Kind.DONE;
    }
  }

  /**
   * The answer to a bulk fetch or subscribe without versions. Each document is in one of the maps.
   *
   * @param request BULK_FETCH or BULK_SUBSCRIBE
   * @param collection the collection
   * @param states the states by document
   * @param errors what failed, by document
   */
  record BulkStates(
      ClientMessage.Kind request,
      String collection,
      Map<String, DocumentState> states,
      Map<String, WireError> errors)
      implements ServerMessage {

    /**
     * Checks the request's kind and copies the maps in their order.
     *
     * @param request BULK_FETCH or BULK_SUBSCRIBE
     * @param collection the collection
     * @param states the states by document
     * @param errors what failed, by document
     * @throws IllegalArgumentException if {@code request} is another
     */
    public BulkStates {
      requireNonNull(collection, "collection");
      states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
      errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
      if (request != ClientMessage.Kind.BULK_FETCH
          && request != ClientMessage.Kind.BULK_SUBSCRIBE) {
        throw new IllegalArgumentException("no states answer " + request);
      }
    }

    @Override
    public Kind kind() {
      return Kind.BULK_STATES;
    }
  }

  /**
   * The answer to a bulk unsubscribe, or to a bulk fetch or subscribe with versions, behind the
   * operations.
   *
   * @param request one of the three bulk kinds
   * @param collection the collection
   * @param documents the member {@code b} of the request, as it came
   */
  record BulkDone(ClientMessage.Kind request, String collection, JsonValue documents)
      implements ServerMessage {

    /**
     * Checks the request's kind.
     *
     * @param request one of the three bulk kinds
     * @param collection the collection
     * @param documents the member {@code b} of the request
     * @throws IllegalArgumentException if {@code request} is another
     */
    public BulkDone {
      requireNonNull(collection, "collection");
      requireNonNull(documents, "documents");
      switch (request) {
        case BULK_FETCH, BULK_SUBSCRIBE, BULK_UNSUBSCRIBE -> {}
        default -> throw new IllegalArgumentException("not about several documents: " + request);
      }
    }

    @Override
    public Kind kind() {
      return Kind.BULK_DONE;
    }
  }

  /** The answer to a ping. */
  enum Pong implements ServerMessage {
    /** The only instance. */
    PONG;

    @Override
    public Kind kind() {
      return Kind.PONG;
    }
  }

  /**
   * A committed entry. It is a broadcast, a part of a catch-up or an acknowledgement; they do not
   * differ in form: what carries the source and sequence of the receiver's own outstanding
   * operation acknowledges it, with or without a change.
   *
   * @param collection the collection
   * @param document the document's id in it
   * @param version the version that the change applied to; the document is at {@code version + 1}
   *     behind it
   * @param source the id of its origin; for the receiver's own, the id it got in the handshake
   * @param sequence the origin's number for it
   * @param change what it did; none for an acknowledgement and for an entry without effect
   */
  record Committed(
      String collection, String document, long version, String source, long sequence, Change change)
      implements ServerMessage {

    /**
     * Checks the ranges.
     *
     * @param collection the collection
     * @param document the document's id in it
     * @param version the version that the change applied to
     * @param source the id of its origin
     * @param sequence the origin's number for it
     * @param change what it did
     * @throws IllegalArgumentException if {@code version} or {@code sequence} is outside 0..2^53 −
     *     1
     */
    public Committed {
      requireNonNull(collection, "collection");
      requireNonNull(document, "document");
      requireNonNull(source, "source");
      requireNonNull(change, "change");
      Members.checkInteger("version", version);
      Members.checkInteger("sequence", sequence);
    }

    /**
     * Returns the acknowledgement of an entry to its origin.
     *
     * @param collection the collection
     * @param document the document's id in it
     * @param version the version at which it was committed
     * @param source the origin's id
     * @param sequence the origin's number for it
     * @return the message
     */
    public static Committed acknowledgement(
        String collection, String document, long version, String source, long sequence) {
      return new Committed(collection, document, version, source, sequence, Change.None.NONE);
    }

    /**
     * Returns an entry without effect. It names no origin, or the client whose submission it voids
     * would take it for an acknowledgement.
     *
     * @param collection the collection
     * @param document the document's id in it
     * @param version the version number that the entry takes
     * @return the message, with an empty source and sequence 0
     */
    public static Committed withoutEffect(String collection, String document, long version) {
      return new Committed(collection, document, version, "", 0, Change.None.NONE);
    }

    @Override
    public Kind kind() {
      return Kind.COMMITTED;
    }
  }

  /**
   * What the receiver may do with a document from now on; only in the extended dialect.
   *
   * @param collection the collection
   * @param document the document's id in it
   * @param permission what it may do; nothing ends the subscription
   */
  record Access(String collection, String document, Permission permission)
      implements ServerMessage {

    /**
     * Checks for null.
     *
     * @param collection the collection
     * @param document the document's id in it
     * @param permission what it may do
     */
    public Access {
      requireNonNull(collection, "collection");
      requireNonNull(document, "document");
      requireNonNull(permission, "permission");
    }

    @Override
    public Kind kind() {
      return Kind.ACCESS;
    }
  }

  /**
   * A message that this version of the library does not know; a client ignores it.
   *
   * @param action the member {@code a}
   */
  record Unrecognized(String action) implements ServerMessage {

    /**
     * Checks for null.
     *
     * @param action the member {@code a}
     */
    public Unrecognized {
      requireNonNull(action, "action");
    }

    @Override
    public Kind kind() {
      return Kind.UNRECOGNIZED;
    }
  }
}
