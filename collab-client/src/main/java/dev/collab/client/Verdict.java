package dev.collab.client;

import dev.collab.document.CorruptLogException;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ErrorReply;

/** What an error in answer to a submission means for it. */
enum Verdict {
  /** Nothing was decided; the same submission is made again later. */
  LATER,
  /** The entries in between are gone; the document goes on from the server's state. */
  RESYNC,
  /** Whether it matters will be seen when the entries up to now are here. */
  CATCH_UP,
  /** It is refused. */
  REFUSED;

  static Verdict of(ErrorReply reply) {
    if (reply.snapshot().isPresent() || reply.fate().isPresent()) {
      return RESYNC;
    }
    return switch (reply.error().code()) {
      case ErrorCodes.OPERATIONS_NOT_FOUND,
          ErrorCodes.VERSION_FROM_FUTURE,
          ErrorCodes.SOURCE_NOT_OWNED ->
          RESYNC;
      case ErrorCodes.NO_OPERATION,
          ErrorCodes.DOCUMENT_WAS_DELETED,
          ErrorCodes.DOCUMENT_DOES_NOT_EXIST,
          ErrorCodes.DOCUMENT_ALREADY_CREATED ->
          CATCH_UP;
      default -> isTemporary(reply.error().code()) ? LATER : REFUSED;
    };
  }

  /** Tells whether the same request may succeed later. */
  static boolean isTemporary(String code) {
    return switch (code) {
      case ErrorCodes.UNAVAILABLE,
          ErrorCodes.RATE_EXCEEDED,
          ErrorCodes.SUBMIT_RETRIES_EXCEEDED,
          CorruptLogException.CODE ->
          true;
      default -> false;
    };
  }

  /** Tells whether what was asked for is withheld from this client. */
  static boolean isForbidden(String code) {
    return mayBeGranted(code) || code.equals(ErrorCodes.SILENT_REJECTION);
  }

  /** Tells whether what is withheld may be granted on the same connection, without a word of it. */
  static boolean mayBeGranted(String code) {
    return switch (code) {
      case ErrorCodes.FORBIDDEN, ErrorCodes.TOO_MANY_SUBSCRIPTIONS -> true;
      default -> false;
    };
  }

  /**
   * Tells whether another handshake may succeed that was refused for lack of anything but a token.
   */
  static boolean mayShakeHandsAgain(String code) {
    return isTemporary(code) || code.equals(ErrorCodes.UNKNOWN);
  }
}
