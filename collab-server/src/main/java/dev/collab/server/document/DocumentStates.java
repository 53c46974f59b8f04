package dev.collab.server.document;

import dev.collab.document.Content;
import dev.collab.document.Document;
import dev.collab.protocol.DocumentState;

/** How a document looks on the wire. */
final class DocumentStates {

  private DocumentStates() {}

  static DocumentState of(Document document) {
    return document
        .content()
        .map(
            content ->
                DocumentState.of(document.revision(), content.type().uri(), content.encodedState()))
        .orElseGet(() -> DocumentState.absent(document.revision()))
        .withEpoch(document.epoch())
        .withCreated(document.createdAt());
  }

  /** Returns how large a document is, by its type's measure. */
  static long size(Document document) {
    return document.content().map(DocumentStates::size).orElse(0L);
  }

  private static <S> long size(Content<S, ?> content) {
    return content.type().size(content.state());
  }
}
