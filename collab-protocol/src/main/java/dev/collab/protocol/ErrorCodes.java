package dev.collab.protocol;

import dev.collab.chat.ChatRefusal;
import dev.collab.document.CorruptLogException;
import dev.collab.document.Refusal;
import dev.collab.operation.InvalidOperationException;

/**
 * The codes of errors that go on the wire. A code never changes its meaning. Those that ShareDB has
 * too mean here what they mean there.
 *
 * @since 0.1
 */
public final class ErrorCodes {

  /** The message breaks the rules of the protocol; sending it again gives the same error. */
  public static final String MESSAGE_BADLY_FORMED = "ERR_MESSAGE_BADLY_FORMED";

  /** The action is known but this server does not offer it. */
  public static final String ACTION_NOT_SUPPORTED = "ERR_ACTION_NOT_SUPPORTED";

  /** The frame is longer than the server accepts. */
  public static final String FRAME_TOO_LARGE = "ERR_FRAME_TOO_LARGE";

  /** Arrays and objects are nested deeper than the server accepts. */
  public static final String JSON_TOO_DEEP = "ERR_JSON_TOO_DEEP";

  /** A string or member name is longer, or values are more, than the server accepts. */
  public static final String JSON_TOO_LARGE = "ERR_JSON_TOO_LARGE";

  /** A message names more documents, or a frame holds more messages, than the server accepts. */
  public static final String BATCH_TOO_LARGE = "ERR_BATCH_TOO_LARGE";

  /** The operation weighs more than the server accepts. */
  public static final String OPERATION_TOO_LARGE = Refusal.OPERATION_TOO_LARGE;

  /** The document is, or would become, larger than the server accepts. */
  public static final String DOCUMENT_TOO_LARGE = Refusal.DOCUMENT_TOO_LARGE;

  /** The sequence number has reached the end of the integers; the client needs a new id. */
  public static final String SEQUENCE_OVERFLOW = "ERR_CONNECTION_SEQ_INTEGER_OVERFLOW";

  /** The client has submitted something under a higher number already. */
  public static final String SEQUENCE_SUPERSEDED = Refusal.SEQUENCE_SUPERSEDED;

  /** The operation's form is wrong, whatever it is applied to. */
  public static final String OPERATION_BADLY_FORMED = InvalidOperationException.BADLY_FORMED;

  /** The operation does not fit the document. */
  public static final String OPERATION_NOT_APPLIED = InvalidOperationException.NOT_APPLIED;

  /** The server has no document type of this name. */
  public static final String TYPE_NOT_RECOGNIZED = Refusal.TYPE_NOT_RECOGNIZED;

  /** The document exists already, or was created concurrently. */
  public static final String DOCUMENT_ALREADY_CREATED = Refusal.ALREADY_CREATED;

  /** The document does not exist. */
  public static final String DOCUMENT_DOES_NOT_EXIST = Refusal.DOES_NOT_EXIST;

  /** The document was deleted concurrently. */
  public static final String DOCUMENT_WAS_DELETED = Refusal.WAS_DELETED;

  /** The version is ahead of the server's. */
  public static final String VERSION_FROM_FUTURE = Refusal.REVISION_FROM_THE_FUTURE;

  /** The operations since the version are no longer kept. */
  public static final String OPERATIONS_NOT_FOUND = "ERR_SUBMIT_TRANSFORM_OPS_NOT_FOUND";

  /** The operation could not be ordered within the server's attempts; nothing was committed. */
  public static final String SUBMIT_RETRIES_EXCEEDED = "ERR_MAX_SUBMIT_RETRIES_EXCEEDED";

  /** The application refused the operation on purpose. */
  public static final String OPERATION_REJECTED = "ERR_OP_SUBMIT_REJECTED";

  /** What the application adds to the operation fails or does not fit; nothing was committed. */
  public static final String CORRECTION_FAILED = Refusal.CORRECTION_FAILED;

  /** The operation changes nothing and was not committed. */
  public static final String NO_OPERATION = "ERR_NO_OP";

  /** The application hides the document; the client gives it up without reporting an error. */
  public static final String SILENT_REJECTION = "ERR_SNAPSHOT_READ_SILENT_REJECTION";

  /** The application does not allow this connection to read or write the document. */
  public static final String FORBIDDEN = "ERR_FORBIDDEN";

  /** The source in a message is not the connection's own id. */
  public static final String SOURCE_NOT_OWNED = "ERR_SOURCE_NOT_OWNED";

  /** A message other than the handshake came before the handshake. */
  public static final String HANDSHAKE_REQUIRED = "ERR_HANDSHAKE_REQUIRED";

  /** Client and server share no version of the protocol. */
  public static final String PROTOCOL_NOT_SUPPORTED = "ERR_PROTOCOL_VERSION_NOT_SUPPORTED";

  /** The connection has as many subscriptions as it may have. */
  public static final String TOO_MANY_SUBSCRIPTIONS = "ERR_TOO_MANY_SUBSCRIPTIONS";

  /** The connection sends more than it may; the message was not acted on. */
  public static final String RATE_EXCEEDED = "ERR_RATE_EXCEEDED";

  /** Nobody can be told who the client is: its token is missing, not valid or no longer valid. */
  public static final String UNAUTHENTICATED = "ERR_UNAUTHENTICATED";

  /** A renewed token is somebody else's; the one from before still counts. */
  public static final String PRINCIPAL_CHANGED = "ERR_PRINCIPAL_CHANGED";

  /** The presence id belongs to another client. */
  public static final String PRESENCE_NOT_OWNED = "ERR_PRESENCE_NOT_OWNED";

  /** The document's type does not know how presence moves with operations. */
  public static final String TYPE_DOES_NOT_SUPPORT_PRESENCE = "ERR_TYPE_DOES_NOT_SUPPORT_PRESENCE";

  /** The version that the presence refers to is no longer known. */
  public static final String PRESENCE_TRANSFORM_FAILED = "ERR_PRESENCE_TRANSFORM_FAILED";

  /** The presence value is not of the form that the document's type asks for. */
  public static final String PRESENCE_BADLY_FORMED = "ERR_PRESENCE_BADLY_FORMED";

  /** The presence value weighs more than the server accepts. */
  public static final String PRESENCE_TOO_LARGE = "ERR_PRESENCE_TOO_LARGE";

  /** The connection has as many presences as it may have. */
  public static final String TOO_MANY_PRESENCES = "ERR_TOO_MANY_PRESENCES";

  /** The chat message is somebody else's. */
  public static final String CHAT_NOT_AUTHOR = ChatRefusal.NOT_AUTHOR;

  /** The room has no such message, or no longer. */
  public static final String CHAT_MESSAGE_NOT_FOUND = ChatRefusal.MESSAGE_NOT_FOUND;

  /** The text of a chat message is longer, or its data weighs more, than the server accepts. */
  public static final String CHAT_TEXT_TOO_LONG = ChatRefusal.TEXT_TOO_LONG;

  /** The chat room has as many members as it may have. */
  public static final String CHAT_ROOM_FULL = ChatRefusal.ROOM_FULL;

  /** What is to be done in a chat room is not of the right form. */
  public static final String CHAT_BADLY_FORMED = ChatRefusal.BADLY_FORMED;

  /** The document cannot be served now; trying again later is right. */
  public static final String UNAVAILABLE = "ERR_UNAVAILABLE";

  /** What is stored of the document cannot be what was written; an operator has to look at it. */
  public static final String LOG_CORRUPT = CorruptLogException.CODE;

  /** The server failed in a way it has no other code for. */
  public static final String UNKNOWN = "ERR_UNKNOWN_ERROR";

  private ErrorCodes() {}
}
