package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends to a server: a request with its members read and checked. Two messages are
 * equal if their requests are.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public abstract sealed class ClientMessage
    permits HandshakeRequest,
        DocumentRequest,
        BulkRequest,
        SubmitRequest,
        PingRequest,
        AuthRequest,
        PresenceRequest,
        PresenceUpdate,
        ChatRequest,
        RefusedRequest {

  private final JsonObject request;

  ClientMessage(JsonObject request) {
    this.request = request;
  }

  /**
   * Returns what the message asks for, for a {@code switch} that the compiler checks.
   *
   * @return the kind
   */
  public abstract Kind kind();

  /**
   * Returns the message as it came or goes, with all its members. An error reply echoes it.
   *
   * @return the JSON form
   */
  public final JsonObject request() {
    return request;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof ClientMessage that
        && kind() == that.kind()
        && request.equals(that.request);
  }

  @Override
  public final int hashCode() {
    return request.hashCode();
  }

  /** Returns the kind alone: what a message holds belongs into no log. */
  @Override
  public final String toString() {
    return kind().toString();
  }

  /** What a client can ask for. */
  public enum Kind {
    /** {@link HandshakeRequest}. */
    HANDSHAKE("hs"),
    /** {@link DocumentRequest}: the state, or the operations since a version. */
    FETCH("f"),
    /** {@link DocumentRequest}: the same, and all operations from then on. */
    SUBSCRIBE("s"),
    /** {@link DocumentRequest}: no more operations. */
    UNSUBSCRIBE("u"),
    /** {@link BulkRequest}: {@link #FETCH} for several documents. */
    BULK_FETCH("bf"),
    /** {@link BulkRequest}: {@link #SUBSCRIBE} for several documents. */
    BULK_SUBSCRIBE("bs"),
    /** {@link BulkRequest}: {@link #UNSUBSCRIBE} for several documents. */
    BULK_UNSUBSCRIBE("bu"),
    /** {@link SubmitRequest}. */
    SUBMIT("op"),
    /** {@link PingRequest}. */
    PING("pp"),
    /** {@link AuthRequest}; only in the extended dialect. */
    AUTHENTICATE("auth"),
    /** {@link PresenceRequest}: all presences of a channel, from now on. */
    PRESENCE_SUBSCRIBE("ps"),
    /** {@link PresenceRequest}: no more presences. */
    PRESENCE_UNSUBSCRIBE("pu"),
    /** {@link PresenceRequest}: once more what is on a channel. */
    PRESENCE_REPEAT("pr"),
    /** {@link PresenceUpdate}. */
    PRESENCE("p"),
    /**
     * {@link ChatRoomRequest}: what happens in a room, from now on; only extended, as all below.
     */
    CHAT_SUBSCRIBE("cs"),
    /** {@link ChatRoomRequest}: nothing more of a room. */
    CHAT_UNSUBSCRIBE("cu"),
    /** {@link ChatSubmitRequest}. */
    CHAT_SUBMIT("cp"),
    /** {@link ChatHistoryRequest}. */
    CHAT_HISTORY("ch"),
    /** {@link ChatTypingRequest}. */
    CHAT_TYPING("ct"),
    /** {@link ChatReadRequest}. */
    CHAT_READ("cr"),
    /** {@link RefusedRequest}, whatever it asks for. */
    REFUSED("");

    private final String action;

    Kind(String action) {
      this.action = action;
    }

    /**
     * Returns the value of the member {@code a}.
     *
     * @return the action; empty for {@link #REFUSED}
     */
    public String action() {
      return action;
    }
  }

  static Map<String, JsonValue> action(Kind kind) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    members.put("a", JsonValue.of(kind.action()));
    return members;
  }
}
