package dev.collab.server.log;

import dev.collab.document.Content;
import dev.collab.document.Document;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * How much room a loaded document takes up.
 *
 * <p>Immutable.
 *
 * @param size the size of its content, by its type's measure; 0 if the type fails to tell
 * @param memory the bytes that content and kept entries take up, about
 */
public record Footprint(long size, long memory) {

  private static final Logger LOGGER = System.getLogger(Footprint.class.getName());
  private static final int BYTES_PER_UNIT = 2;

  /**
   * Measures a document. Asks its type for its size.
   *
   * @param name what the document is called, if something goes wrong
   * @param document the document
   * @param keptUnits what its kept entries hold, in UTF-16 code units
   */
  public static Footprint of(Object name, Document document, long keptUnits) {
    long size = size(name, document);
    return new Footprint(size, BYTES_PER_UNIT * (size + keptUnits));
  }

  private static long size(Object name, Document document) {
    try {
      return document.content().map(Footprint::size).orElse(0L);
    } catch (RuntimeException | Error e) { // of the document's type
      LOGGER.log(Level.WARNING, "the size of " + name + " is not known", e);
      return 0;
    }
  }

  private static <S> long size(Content<S, ?> content) {
    return content.type().size(content.state());
  }
}
