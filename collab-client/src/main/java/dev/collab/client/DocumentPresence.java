package dev.collab.client;

import dev.collab.document.DocumentId;
import dev.collab.operation.Operation;
import dev.collab.protocol.PresenceBase;

/**
 * Moves what is shown in a document with the document.
 *
 * <p>Confined: callers must serialise calls.
 *
 * @param <S> the state
 * @param <O> the operation
 */
final class DocumentPresence<S, O extends Operation> implements LocalCopy.Watcher<O> {

  private final DocumentPlace<S, O> place;
  private final PresenceLink link;

  private DocumentPresence(DocumentPlace<S, O> place, PresenceLink link) {
    this.place = place;
    this.link = link;
  }

  static <S, O extends Operation> PresenceLink link(
      DocumentId id, LocalCopy<S, O> copy, Settings settings, Author author) {
    DocumentPlace<S, O> place = new DocumentPlace<>(id, copy.type(), copy);
    PresenceLink link =
        new PresenceLink(
            PresenceBase.channel(id.collection(), id.id()),
            id.collection(),
            id.id(),
            settings,
            author,
            place);
    DocumentPresence<S, O> presence = new DocumentPresence<>(place, link);
    copy.watch(presence);
    link.whenClosed(() -> copy.unwatch(presence));
    return link;
  }

  @Override
  public void committed(String source, O operation) {
    place.committed(source, operation);
    link.advance(source, (value, owner) -> place.over(value, operation, owner.equals(source)));
  }

  @Override
  public void replaced() {
    place.replaced();
    link.moveOwn(place::clamp);
    link.replaced();
  }

  @Override
  public void edited(O operation) {
    link.moveOwn(value -> place.over(value, operation, true));
  }

  @Override
  public void changed(O operation) {
    link.moveOwn(value -> place.over(value, operation, false));
  }

  @Override
  public void settled() {
    link.tell();
    link.send();
  }
}
