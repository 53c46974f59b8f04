package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.CollabException;
import dev.collab.value.JsonValue.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A frame or message breaks the protocol or its limits. Nothing was done about it. It has no stack
 * trace: the fault lies with the peer, and a peer that makes many is not to cost much.
 *
 * @since 0.1
 */
public final class ProtocolException extends CollabException {

  private static final long serialVersionUID = 1L;

  /** What could be read of the request. */
  @Nullable private final transient JsonObject request;

  /**
   * Creates the error of a message that could not be read at all.
   *
   * @param code one of {@link ErrorCodes}
   * @param message what was got and what is allowed, without content
   */
  public ProtocolException(String code, String message) {
    super(code, message);
    this.request = null;
  }

  private ProtocolException(ProtocolException error, JsonObject request) {
    super(error.code(), String.valueOf(error.getMessage()));
    this.request = requireNonNull(request, "request");
  }

  /**
   * Adds the request, so that the error can be sent to whoever made it.
   *
   * @param request the request as it came, or what could be read of it
   * @return this error about that request
   */
  ProtocolException about(JsonObject request) {
    return new ProtocolException(this, request);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /**
   * Returns the request that the error is about, so that an answer can echo it and the client finds
   * whom it concerns. It is whole if the message could be read, and otherwise holds those members
   * that could.
   *
   * @return the request, or empty if nothing of it could be read
   */
  public Optional<JsonObject> request() {
    return Optional.ofNullable(request);
  }
}
