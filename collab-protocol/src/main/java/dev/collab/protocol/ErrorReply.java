package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import dev.collab.document.Fate;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that failed: the request, echoed, and the error. In the extended dialect
 * it may also tell what became of an operation and which state to go on from.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ErrorReply implements ServerMessage {

  private final JsonObject request;
  private final WireError error;
  private final @Nullable Fate fate;
  private final @Nullable DocumentState snapshot;

  private ErrorReply(
      JsonObject request, WireError error, @Nullable Fate fate, @Nullable DocumentState snapshot) {
    this.request = requireNonNull(request, "request");
    this.error = requireNonNull(error, "error");
    this.fate = fate;
    this.snapshot = snapshot;
  }

  /**
   * Returns the answer to a request.
   *
   * @param request the request as it came; a token in it is left out
   * @param error what went wrong
   * @return the message
   */
  public static ErrorReply of(JsonObject request, WireError error) {
    return new ErrorReply(withoutToken(request), error, null, null);
  }

  /** A token is of use to others: no frame, and so no log of frames, has it a second time. */
  private static JsonObject withoutToken(JsonObject request) {
    if (!request.members().containsKey("token")) {
      return request;
    }
    Map<String, JsonValue> members = new LinkedHashMap<>(request.members());
    members.remove("token");
    return new JsonObject(members);
  }

  /**
   * Returns the answer to a message that could not be acted on, or to a frame that could not be
   * read.
   *
   * @param error the error, with what could be read of the request
   * @return the message
   */
  public static ErrorReply of(ProtocolException error) {
    return of(error.request().orElse(JsonObject.EMPTY), WireError.of(error));
  }

  /**
   * Adds what became of the operation; it goes out in the extended dialect only.
   *
   * @param value the fate
   * @return this answer with it
   */
  public ErrorReply withFate(Fate value) {
    return new ErrorReply(request, error, requireNonNull(value, "value"), snapshot);
  }

  /**
   * Adds the state from which the client is to go on (a resync); it goes out in the extended
   * dialect only.
   *
   * @param value the state, with its epoch
   * @return this answer with it
   */
  public ErrorReply withSnapshot(DocumentState value) {
    return new ErrorReply(request, error, fate, requireNonNull(value, "value"));
  }

  @Override
  public Kind kind() {
    return Kind.ERROR;
  }

  /**
   * Returns the request.
   *
   * @return its members; none if the server could not read it
   */
  public JsonObject request() {
    return request;
  }

  /**
   * Returns what went wrong.
   *
   * @return code and message
   */
  public WireError error() {
    return error;
  }

  /**
   * Returns what became of the operation.
   *
   * @return the fate, or empty if this is about no operation or its fate is plain from the error
   */
  public Optional<Fate> fate() {
    return Optional.ofNullable(fate);
  }

  /**
   * Returns the state from which to go on.
   *
   * @return the state, or empty if nothing is to be resynchronised
   */
  public Optional<DocumentState> snapshot() {
    return Optional.ofNullable(snapshot);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ErrorReply that
        && request.equals(that.request)
        && error.equals(that.error)
        && fate == that.fate
        && Objects.equals(snapshot, that.snapshot);
  }

  @Override
  public int hashCode() {
    return Objects.hash(request, error, fate, snapshot);
  }

  /** Returns the code: what the request held belongs into no log. */
  @Override
  public String toString() {
    return "ERROR " + error.code();
  }
}
