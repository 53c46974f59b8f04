package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.protocol.ServerMessage.Access;
import dev.collab.protocol.ServerMessage.BulkDone;
import dev.collab.protocol.ServerMessage.BulkStates;
import dev.collab.protocol.ServerMessage.Committed;
import dev.collab.protocol.ServerMessage.Done;
import dev.collab.protocol.ServerMessage.State;
import dev.collab.protocol.ServerMessage.Unrecognized;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * Turns frames into messages and messages into text, in one dialect and within limits.
 *
 * <p>Reading is strict: whatever is not exactly what {@code docs/protocol.md} allows gives a typed
 * error, and nothing else is ever thrown. What is written is always well-formed UTF-16.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class JsonCodec {

  /** The version of the base protocol. */
  public static final int PROTOCOL = 1;

  /** The minor version of the base protocol. */
  public static final int PROTOCOL_MINOR = 2;

  /** The version of the extension. */
  public static final int EXTENSION = 1;

  private final Dialect dialect;
  private final JsonReader reader;
  private final ClientMessages clientMessages;
  private final ServerMessages serverMessages;

  /**
   * Creates a codec.
   *
   * @param limits how large what is decoded may be
   * @param dialect what the two sides speak
   */
  public JsonCodec(WireLimits limits, Dialect dialect) {
    this.dialect = requireNonNull(dialect, "dialect");
    this.reader = new JsonReader(limits);
    this.clientMessages = new ClientMessages(limits, dialect);
    this.serverMessages = new ServerMessages(limits, dialect);
  }

  /**
   * Reads a frame that a client sent.
   *
   * @param frame the frame
   * @return its messages in order: exactly one in the base dialect. A message that breaks a rule is
   *     among them as a {@link RefusedRequest}
   * @throws ProtocolException if the frame as a whole cannot be read: it is not JSON, exceeds a
   *     limit or holds no message. Its request is what could be read of the message, if anything
   */
  public List<ClientMessage> decodeClientFrame(String frame) {
    try {
      return clientMessages.readAll(reader.read(frame, dialect == Dialect.EXTENDED));
    } catch (ProtocolException e) {
      JsonObject request = reader.skim(frame);
      throw request.members().containsKey("a") ? e.about(request) : e;
    }
  }

  /**
   * Reads a frame that a server sent.
   *
   * @param frame the frame
   * @return its messages in order: exactly one in the base dialect
   * @throws ProtocolException if the frame or one of its messages breaks a rule or exceeds a limit
   */
  public List<ServerMessage> decodeServerFrame(String frame) {
    return serverMessages.readAll(reader.read(frame, dialect == Dialect.EXTENDED));
  }

  /**
   * Writes a client's message.
   *
   * @param message the message
   * @return its text, a frame of its own or an element of {@link #batch}
   */
  public String encode(ClientMessage message) {
    return JsonWriter.write(message.request());
  }

  /**
   * Writes a server's message. What belongs to the extension is left out in the base dialect.
   *
   * @param message the message
   * @return its text, a frame of its own or an element of {@link #batch}
   */
  public String encode(ServerMessage message) {
    StringBuilder out = new StringBuilder(128);
    switch (message.kind()) {
      case COMMITTED -> append(out, (Committed) message);
      case STATE -> append(out, (State) message);
      case DONE -> append(out, (Done) message);
      case BULK_STATES -> append(out, (BulkStates) message);
      case BULK_DONE -> append(out, (BulkDone) message);
      case HANDSHAKE -> ((HandshakeReply) message).append(out, dialect);
      case ERROR -> append(out, (ErrorReply) message);
      case PONG -> out.append("{\"a\":\"pp\"}");
      case AUTHENTICATED -> ((AuthReply) message).append(out);
      case ACCESS -> append(out, (Access) message);
      case PRESENCE_DONE -> ((PresenceNotice.Done) message).append(out, dialect);
      case PRESENCE -> ((PresenceState) message).append(out, dialect);
      case PRESENCE_WANTED -> ((PresenceNotice.Wanted) message).append(out);
      case CHAT_STATE,
          CHAT_DONE,
          CHAT_ACKNOWLEDGED,
          CHAT_EVENT,
          CHAT_PAGE,
          CHAT_TYPING_DONE,
          CHAT_TYPING,
          CHAT_READ,
          CHAT_ACCESS ->
          ChatNotices.append(out, (ChatNotice) message);
      case UNRECOGNIZED ->
          appendAction(out.append('{'), ((Unrecognized) message).action()).append('}');
    }
    return out.toString();
  }

  /**
   * Makes one frame of several messages, for the extended dialect.
   *
   * @param messages texts of messages, at least one
   * @return the frame; the message itself if there is only one
   * @throws IllegalArgumentException if there is none
   */
  public static String batch(List<String> messages) {
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a frame holds at least one message");
    }
    return messages.size() == 1 ? messages.get(0) : "[" + String.join(",", messages) + "]";
  }

  private static void append(StringBuilder out, Committed message) {
    appendDocument(out.append("{\"a\":\"op\""), message.collection(), message.document());
    out.append(",\"v\":").append(message.version());
    JsonWriter.appendString(out.append(",\"src\":"), message.source());
    out.append(",\"seq\":").append(message.sequence());
    Changes.append(out, message.change());
    out.append('}');
  }

  private void append(StringBuilder out, State message) {
    message.state().append(out.append("{\"data\":"), dialect);
    appendAction(out.append(','), message.request().action());
    appendDocument(out, message.collection(), message.document()).append('}');
  }

  private static void append(StringBuilder out, Done message) {
    appendAction(out.append('{'), message.request().action());
    appendDocument(out, message.collection(), message.document()).append('}');
  }

  private void append(StringBuilder out, BulkStates message) {
    out.append("{\"data\":");
    char separator = '{';
    for (Map.Entry<String, DocumentState> entry : message.states().entrySet()) {
      JsonWriter.appendString(out.append(separator), entry.getKey());
      entry.getValue().append(out.append(':'), dialect);
      separator = ',';
    }
    for (Map.Entry<String, WireError> entry : message.errors().entrySet()) {
      JsonWriter.appendString(out.append(separator), entry.getKey());
      entry.getValue().append(out.append(":{\"error\":"), dialect);
      out.append('}');
      separator = ',';
    }
    if (separator == '{') {
      out.append('{');
    }
    appendAction(out.append("},"), message.request().action());
    JsonWriter.appendString(out.append(",\"c\":"), message.collection());
    out.append('}');
  }

  private static void append(StringBuilder out, BulkDone message) {
    appendAction(out.append('{'), message.request().action());
    JsonWriter.appendString(out.append(",\"c\":"), message.collection());
    JsonWriter.append(out.append(",\"b\":"), message.documents());
    out.append('}');
  }

  private static void append(StringBuilder out, Access message) {
    appendDocument(out.append("{\"a\":\"access\""), message.collection(), message.document());
    JsonWriter.appendString(out.append(",\"permission\":"), message.permission().text());
    out.append('}');
  }

  private void append(StringBuilder out, ErrorReply message) {
    out.append('{');
    for (Map.Entry<String, JsonValue> member : message.request().members().entrySet()) {
      if (!isOfReply(member.getKey())) {
        JsonWriter.appendString(out, member.getKey());
        JsonWriter.append(out.append(':'), member.getValue());
        out.append(',');
      }
    }
    message.error().append(out.append("\"error\":"), dialect);
    if (dialect == Dialect.EXTENDED && message.fate().isPresent()) {
      out.append(",\"fate\":\"").append(Fates.nameOf(message.fate().get())).append('"');
    }
    if (dialect == Dialect.EXTENDED && message.snapshot().isPresent()) {
      message.snapshot().get().append(out.append(",\"snapshot\":"), dialect);
    }
    out.append('}');
  }

  /** Whether a member that a request may have as well is the reply's own. */
  private boolean isOfReply(String member) {
    return member.equals("error")
        || (dialect == Dialect.EXTENDED && (member.equals("fate") || member.equals("snapshot")));
  }

  private static StringBuilder appendAction(StringBuilder out, String action) {
    JsonWriter.appendString(out.append("\"a\":"), action);
    return out;
  }

  private static StringBuilder appendDocument(
      StringBuilder out, String collection, String document) {
    JsonWriter.appendString(out.append(",\"c\":"), collection);
    JsonWriter.appendString(out.append(",\"d\":"), document);
    return out;
  }
}
