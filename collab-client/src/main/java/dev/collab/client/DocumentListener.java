package dev.collab.client;

import dev.collab.operation.CollabException;
import dev.collab.operation.Operation;
import dev.collab.protocol.Permission;
import java.util.List;

/**
 * Hears what happens to a document. Called on the client's executor, one call at a time, in the
 * order in which things happened, also when a listener edits the document in turn. A listener that
 * throws is logged and harms nothing.
 *
 * <p>Whoever starts from the state given to {@link #onLoaded} and applies every change given to
 * {@link #onChange} always has the document's state; the other methods explain.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @param <S> the state
 * @param <O> the operation
 * @since 0.1
 */
public interface DocumentListener<S, O extends Operation> {

  /**
   * A whole state is here and replaces what was shown before: the document was read for the first
   * time or created, or its state was replaced in a way that no operation describes.
   *
   * @param state the state
   */
  default void onLoaded(S state) {}

  /**
   * The state has changed.
   *
   * @param change what leads from the state before to {@code state}
   * @param origin where it comes from
   * @param state the state after
   */
  default void onChange(O change, Origin origin, S state) {}

  /**
   * The document has another status.
   *
   * @param status the status from now on
   */
  default void onStatus(DocumentStatus status) {}

  /**
   * The server says that the user may do something else than before. Edits that are under way when
   * a permission is withdrawn are refused, see {@link #onRejected}.
   *
   * @param permission what the user may do from now on
   */
  default void onPermission(Permission permission) {}

  /**
   * Every edit made here is acknowledged, or the first one that is not was made.
   *
   * @param unsaved whether edits are not acknowledged
   */
  default void onUnsavedChanges(boolean unsaved) {}

  /**
   * The server refused an edit made here, or the edit is too large for it. It was undone; {@link
   * #onChange} told of that before. The other edits made here stay.
   *
   * @param rejection what was refused, and why
   */
  default void onRejected(Rejection<O> rejection) {}

  /**
   * The document was deleted, here or elsewhere.
   *
   * @param pending edits made here that the server never took, in the order in which they were
   *     made; the document no longer holds them
   */
  default void onDeleted(List<O> pending) {}

  /**
   * The server no longer had the entries that this document lacked; the document goes on from the
   * server's state. {@link #onChange} or {@link #onLoaded} told of it before.
   *
   * @param abandoned edits made here that could not be kept, for the application; empty for types
   *     that can compare states
   */
  default void onResynced(List<O> abandoned) {}

  /**
   * Something concerning this document failed. Its edits are kept.
   *
   * @param error what failed
   */
  default void onError(CollabException error) {}
}
