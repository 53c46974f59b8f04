package dev.collab.client;

import static java.util.Objects.requireNonNull;

import dev.collab.text.Text;
import dev.collab.text.TextOperation;

/**
 * A shared plain text, with the edits that an editor makes. Positions and lengths count UTF-16 code
 * units.
 *
 * <p>Confined: to be called on the client's executor; {@link #text} and {@link #document} may be
 * called from any thread.
 *
 * @since 0.1
 */
public final class SharedText {

  private final SharedDocument<Text, TextOperation> document;

  /**
   * Creates a view of a document.
   *
   * @param document the document, which this shares and does not own
   */
  public SharedText(SharedDocument<Text, TextOperation> document) {
    this.document = requireNonNull(document, "document");
  }

  /**
   * Returns the document.
   *
   * @return the document given at construction
   */
  public SharedDocument<Text, TextOperation> document() {
    return document;
  }

  /**
   * Returns what the user sees.
   *
   * @return the text
   * @throws IllegalStateException if the document is loading or absent
   */
  public String text() {
    return document.state().toString();
  }

  /**
   * Inserts text.
   *
   * @param position where, 0..length
   * @param inserted what
   * @throws dev.collab.operation.InvalidOperationException if {@code position} is behind the end,
   *     or the text would not be well-formed UTF-16; nothing has changed
   * @throws IllegalArgumentException if {@code position} is negative
   * @throws IllegalStateException as {@link SharedDocument#edit} does
   */
  public void insert(int position, String inserted) {
    document.edit(TextOperation.insert(position, inserted));
  }

  /**
   * Deletes text.
   *
   * @param position where it begins
   * @param length how much
   * @throws dev.collab.operation.InvalidOperationException if it reaches behind the end, or the
   *     text would not be well-formed UTF-16; nothing has changed
   * @throws IllegalArgumentException if an argument is negative
   * @throws IllegalStateException as {@link SharedDocument#edit} does
   */
  public void delete(int position, int length) {
    document.edit(TextOperation.delete(position, length));
  }

  /**
   * Replaces text.
   *
   * @param position where the old text begins
   * @param length how much of it
   * @param inserted what takes its place
   * @throws dev.collab.operation.InvalidOperationException if it reaches behind the end, or the
   *     text would not be well-formed UTF-16; nothing has changed
   * @throws IllegalArgumentException if {@code position} or {@code length} is negative
   * @throws IllegalStateException as {@link SharedDocument#edit} does
   */
  public void replace(int position, int length, String inserted) {
    document.edit(TextOperation.replace(position, length, inserted));
  }
}
