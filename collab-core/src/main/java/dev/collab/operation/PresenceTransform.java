package dev.collab.operation;

import dev.collab.value.JsonValue;

/**
 * The capability of a type to keep what a user shows of their place in a document, such as a cursor
 * or a selection, at its place while the document changes. The form of a presence is the type's
 * own; JSON null, which means that there is none, is never given to these methods.
 *
 * <p>Everybody who moves the same presence over the same operations gets the same result. Moving it
 * over a composed operation may give another result than moving it over the parts.
 *
 * <p>Thread-safe: implementations are pure and hold no state.
 *
 * @param <S> the state
 * @param <O> the operation
 * @since 0.1
 */
public interface PresenceTransform<S, O extends Operation> {

  /**
   * Checks the form of a presence, whatever document it is in.
   *
   * @param presence what a client wants to show
   * @throws InvalidOperationException if it has not the type's form
   */
  void checkPresence(JsonValue presence);

  /**
   * Moves a presence over an operation.
   *
   * @param presence a presence of the type's form, in the state before
   * @param operation the operation
   * @param authorship whose operation it is
   * @return the presence in the state after
   */
  JsonValue transformPresence(JsonValue presence, O operation, Authorship authorship);

  /**
   * Moves what lies outside a state into it.
   *
   * @param presence a presence of the type's form
   * @param state the state it is to be in
   * @return the presence, all of whose positions are in {@code state}
   */
  JsonValue clampPresence(JsonValue presence, S state);
}
