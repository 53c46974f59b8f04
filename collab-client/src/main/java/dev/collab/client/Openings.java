package dev.collab.client;

import static java.util.Objects.requireNonNull;

import dev.collab.document.DocumentId;
import dev.collab.document.Proposal;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the application has open: each document and each room once at a time.
 *
 * <p>Thread-safe.
 */
final class Openings {

  private final Settings settings;
  private final Author author;
  private final Channels channels;
  private final Set<DocumentId> documents = ConcurrentHashMap.newKeySet();
  private final Set<String> rooms = ConcurrentHashMap.newKeySet();

  Openings(Settings settings, Author author, Channels channels) {
    this.settings = settings;
    this.author = author;
    this.channels = channels;
  }

  <S, O extends Operation> SharedDocument<S, O> document(
      DocumentId id, OperationType<S, O> type, Optional<Proposal> creation) {
    requireNonNull(id, "id");
    requireNonNull(type, "type");
    if (!documents.add(id)) {
      throw new IllegalStateException("the document is open already: " + id);
    }
    Confinement confinement = settings.confinement();
    Audience<S, O> audience = new Audience<>(confinement.notifier());
    DocumentChannel<S, O> channel =
        new DocumentChannel<>(id, type, settings, author, audience, () -> forget(id));
    confinement.execute(
        () -> {
          creation.ifPresent(create -> channel.wish(create, new CompletableFuture<>()));
          channels.add(channel);
        });
    return new SharedDocument<>(
        id, type, confinement, audience, channel, () -> presence(channel.presence(settings)));
  }

  private void forget(DocumentId id) {
    channels.remove(id);
    documents.remove(id);
  }

  SharedPresence presence(String channel) {
    requireNonNull(channel, "channel");
    return presence(new PresenceLink(channel, settings, author));
  }

  private SharedPresence presence(PresenceLink link) {
    settings.confinement().execute(() -> channels.add(link));
    return new SharedPresence(settings.confinement(), link, () -> channels.remove(link));
  }

  SharedChatRoom room(String name) {
    requireNonNull(name, "name");
    if (!rooms.add(name)) {
      throw new IllegalStateException("the room is open already: " + name);
    }
    ChatChannels all = channels.rooms();
    Confinement confinement = settings.confinement();
    ChatAudience audience = new ChatAudience(confinement.notifier());
    ChatChannel channel =
        new ChatChannel(
            name,
            settings,
            author,
            all::nextRequest,
            audience,
            () -> {
              all.remove(name);
              rooms.remove(name);
            });
    confinement.execute(() -> all.add(channel));
    return new SharedChatRoom(name, confinement, audience, channel);
  }
}
