package dev.collab.client;

import dev.collab.operation.CollabException;

/**
 * The client could not do something, or found something wrong, by itself.
 *
 * @since 0.1
 */
public final class ClientException extends CollabException {

  private static final long serialVersionUID = 1L;

  /** A connection could not be opened. */
  public static final String CONNECTION_FAILED = "ERR_CONNECTION_FAILED";

  /** The server did not answer in time; the connection was given up. */
  public static final String NO_ANSWER = "ERR_NO_ANSWER";

  /** The application's token source gave no token. */
  public static final String NO_TOKEN = "ERR_NO_TOKEN";

  /** The server sent the user away; the client does not come back by itself. */
  public static final String KICKED = "ERR_KICKED";

  /** The user may read the document but not edit it. */
  public static final String READ_ONLY = "ERR_DOC_READ_ONLY";

  /** The client was closed. */
  public static final String CLIENT_CLOSED = "ERR_CLIENT_CLOSED";

  /** The document was closed. */
  public static final String DOCUMENT_CLOSED = "ERR_DOC_CLOSED";

  /** The document is of another type than the one it was opened as. */
  public static final String TYPE_MISMATCH = "ERR_DOC_TYPE_MISMATCH";

  /** What the server sent for the document does not fit it; its state is asked for anew. */
  public static final String DOCUMENT_UNREADABLE = "ERR_DOC_UNREADABLE";

  /** The user may read the chat room but not post in it. */
  public static final String CHAT_READ_ONLY = "ERR_CHAT_READ_ONLY";

  /** The chat room was closed. */
  public static final String CHAT_CLOSED = "ERR_CHAT_CLOSED";

  /**
   * Nobody can tell whether what was asked for in a chat room has happened; it is not sent again.
   */
  public static final String CHAT_UNDECIDED = "ERR_CHAT_UNDECIDED";

  /**
   * A message was posted, but so long ago that the server cannot tell its id any more; to post it
   * again would double it.
   */
  public static final String CHAT_FORGOTTEN = "ERR_CHAT_FORGOTTEN";

  /** More waits for the server than the client holds. */
  public static final String QUEUE_FULL = "ERR_QUEUE_FULL";

  /** What the server sent about the chat room does not fit it; its state is asked for anew. */
  public static final String CHAT_UNREADABLE = "ERR_CHAT_UNREADABLE";

  /** The client itself failed; the connection is opened anew. */
  public static final String INTERNAL = "ERR_CLIENT_INTERNAL";

  ClientException(String code, String message) {
    super(code, message);
  }

  ClientException(String code, String message, Throwable cause) {
    super(code, message, cause);
  }
}
