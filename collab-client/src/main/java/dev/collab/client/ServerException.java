package dev.collab.client;

import dev.collab.operation.CollabException;
import dev.collab.protocol.WireError;

/**
 * The server answered with an error. The code is the server's: one of {@link
 * dev.collab.protocol.ErrorCodes} or one of the application's own.
 *
 * @since 0.1
 */
public final class ServerException extends CollabException {

  private static final long serialVersionUID = 1L;

  ServerException(WireError error) {
    super(error.code(), error.message());
  }
}
