package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wish to see the presences on a channel, or no longer to, or to be shown them once more.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class PresenceRequest extends ClientMessage {

  private final Kind kind;
  private final String channel;
  private final long sequence;
  private final @Nullable String collection;
  private final @Nullable String document;

  private PresenceRequest(
      JsonObject request,
      Kind kind,
      String channel,
      long sequence,
      @Nullable String collection,
      @Nullable String document) {
    super(request);
    this.kind = kind;
    this.channel = channel;
    this.sequence = sequence;
    this.collection = collection;
    this.document = document;
  }

  /**
   * Makes the request of a client that wants to see what is on a channel.
   *
   * @param channel the channel
   * @param sequence the client's number for it, greater than all before on the channel
   * @return the message
   * @throws IllegalArgumentException if {@code sequence} is outside 0..2^53 − 1
   */
  public static PresenceRequest subscribe(String channel, long sequence) {
    return of(Kind.PRESENCE_SUBSCRIBE, channel, sequence, null, null);
  }

  /**
   * Makes the request of a client that wants to see who is in a document. That it is a document's
   * channel is told in the extended dialect only.
   *
   * @param collection the collection
   * @param document the document's id in it
   * @param sequence the client's number for it, greater than all before on the channel
   * @return the message
   * @throws IllegalArgumentException if {@code sequence} is outside 0..2^53 − 1
   */
  public static PresenceRequest subscribe(String collection, String document, long sequence) {
    return of(
        Kind.PRESENCE_SUBSCRIBE,
        PresenceBase.channel(collection, document),
        sequence,
        collection,
        document);
  }

  /**
   * Makes the request of a client that no longer wants to see what is on a channel.
   *
   * @param channel the channel
   * @param sequence the client's number for it, greater than all before on the channel
   * @return the message
   * @throws IllegalArgumentException if {@code sequence} is outside 0..2^53 − 1
   */
  public static PresenceRequest unsubscribe(String channel, long sequence) {
    return of(Kind.PRESENCE_UNSUBSCRIBE, channel, sequence, null, null);
  }

  /**
   * Makes the request of a client that has lost track of what is on a channel: the server sends it
   * again.
   *
   * @param channel the channel
   * @return the message
   */
  public static PresenceRequest repeat(String channel) {
    Map<String, JsonValue> members = action(Kind.PRESENCE_REPEAT);
    members.put("ch", JsonValue.of(channel));
    return new PresenceRequest(
        new JsonObject(members), Kind.PRESENCE_REPEAT, channel, 0, null, null);
  }

  private static PresenceRequest of(
      Kind kind,
      String channel,
      long sequence,
      @Nullable String collection,
      @Nullable String document) {
    Map<String, JsonValue> members = action(kind);
    members.put("ch", JsonValue.of(channel));
    members.put("seq", Members.number("sequence", sequence));
    if (collection != null && document != null) {
      members.put("c", JsonValue.of(collection));
      members.put("d", JsonValue.of(document));
    }
    return new PresenceRequest(
        new JsonObject(members), kind, channel, sequence, collection, document);
  }

  static PresenceRequest read(Kind kind, JsonObject request, Members members, Dialect dialect) {
    String channel = members.name("ch");
    long sequence = kind == Kind.PRESENCE_REPEAT ? 0 : members.integer("seq");
    boolean ofDocument =
        kind == Kind.PRESENCE_SUBSCRIBE
            && dialect == Dialect.EXTENDED
            && (members.has("c") || members.has("d"));
    if (ofDocument) {
      checkChannel(members, channel);
    }
    return new PresenceRequest(
        request,
        kind,
        channel,
        sequence,
        ofDocument ? members.name("c") : null,
        ofDocument ? members.name("d") : null);
  }

  /** Checks that a message about a document's presence names the document's channel. */
  static void checkChannel(Members members, String channel) {
    if (!channel.equals(PresenceBase.channel(members.name("c"), members.name("d")))) {
      throw Members.badlyFormed("member ch is not the channel of the document");
    }
  }

  @Override
  public Kind kind() {
    return kind;
  }

  /**
   * Returns the channel.
   *
   * @return its name
   */
  public String channel() {
    return channel;
  }

  /**
   * Returns the client's number for the request. One below the latest on the channel is late and
   * has no effect.
   *
   * @return the number; 0 in a request for what is there once more
   */
  public long sequence() {
    return sequence;
  }

  /**
   * Returns the collection of the document that the channel belongs to.
   *
   * @return its name, or empty if the client does not say that it is a document's channel
   */
  public Optional<String> collection() {
    return Optional.ofNullable(collection);
  }

  /**
   * Returns the document that the channel belongs to.
   *
   * @return its id in the collection, or empty if the client does not say that it is a document's
   *     channel
   */
  public Optional<String> document() {
    return Optional.ofNullable(document);
  }
}
