package dev.collab.document;

import static java.util.Objects.requireNonNull;

import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.value.JsonValue;
import java.util.Optional;

/**
 * What an existing document holds: a type and a state of that type.
 *
 * <p>Immutable.
 *
 * @param <S> the state
 * @param <O> the operation
 * @param type the document's type
 * @param state its state
 * @since 0.1
 */
public record Content<S, O extends Operation>(OperationType<S, O> type, S state) {

  /**
   * Checks the arguments.
   *
   * @param type the document's type
   * @param state its state
   * @throws NullPointerException if one is null
   */
  public Content {
    requireNonNull(type, "type");
    requireNonNull(state, "state");
  }

  /**
   * Returns the content of a document that was just created.
   *
   * @param <S> the state
   * @param <O> the operation
   * @param type the document's type
   * @param data the initial content; JSON null means the type's default
   * @return the content
   * @throws InvalidOperationException if {@code data} is no state of the type
   */
  public static <S, O extends Operation> Content<S, O> create(
      OperationType<S, O> type, JsonValue data) {
    return new Content<>(type, type.create(data));
  }

  /**
   * Returns the content with another state.
   *
   * @param next the state
   * @return the content
   */
  public Content<S, O> withState(S next) {
    return new Content<>(type, next);
  }

  /**
   * Returns the state in its JSON form.
   *
   * @return what {@link OperationType#create} reads
   */
  public JsonValue encodedState() {
    return type.encodeState(state);
  }

  /**
   * Returns the state's hash.
   *
   * @return what {@link OperationType#checksum} computes
   */
  public long checksum() {
    return type.checksum(state);
  }

  /**
   * Returns the content as that of a known type.
   *
   * @param <T> the state
   * @param <P> the operation
   * @param other the type it should have
   * @return this content, or empty if its type is another one
   */
  @SuppressWarnings("unchecked")
  public <T, P extends Operation> Optional<Content<T, P>> as(OperationType<T, P> other) {
    return type.uri().equals(other.uri()) ? Optional.of((Content<T, P>) this) : Optional.empty();
  }
}
