package dev.collab.server;

import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.ReadResult;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.document.Payload;
import dev.collab.document.Snapshot;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ProtocolException;
import dev.collab.server.DocumentPage.Item;
import dev.collab.server.DocumentPage.State;
import dev.collab.server.document.DocumentAudience;
import dev.collab.server.log.LogHosts;
import dev.collab.server.runtime.LogKeys;
import dev.collab.server.runtime.Repetition;
import dev.collab.server.runtime.ServerContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Lists the documents that the coordinator keeps. Whether one exists is told by its host, if it is
 * loaded here, or else mostly by the last entry of its log; where that is gone, or has no effect,
 * by the newest snapshot.
 *
 * <p>Thread-safe.
 */
final class Listing {

  /** How many entries are looked at from the end. */
  private static final int LAST = 8;

  private final ServerContext context;
  private final LogHosts<DocumentId, DocumentAudience> hosts;
  private final Logs logs;

  Listing(ServerContext context, LogHosts<DocumentId, DocumentAudience> hosts) {
    this.context = context;
    this.hosts = hosts;
    this.logs = context.coordinator().logs();
  }

  CompletionStage<DocumentPage> page(DocumentQuery query) {
    String prefix = LogKeys.documents(query.collection(), query.prefix());
    String after = query.after().map(LogKeys::of).orElse("");
    return call(() -> logs.keys(prefix, after, query.limit()))
        .thenCompose(keys -> page(query, keys));
  }

  private CompletionStage<DocumentPage> page(DocumentQuery query, List<String> keys) {
    List<CompletableFuture<Optional<Item>>> looks = new ArrayList<>();
    Optional<DocumentId> last = Optional.empty();
    for (String key : keys) {
      Optional<DocumentId> id = LogKeys.document(key);
      if (id.isPresent()) {
        last = id;
        looks.add(look(id.get(), key).toCompletableFuture());
      }
    }
    Optional<DocumentId> next = keys.size() < query.limit() ? Optional.empty() : last;
    return CompletableFuture.allOf(looks.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all ->
                new DocumentPage(
                    looks.stream()
                        .flatMap(look -> look.getNow(Optional.empty()).stream())
                        .filter(item -> query.isWithDeleted() || item.state() != State.DELETED)
                        .toList(),
                    next));
  }

  /** Looks at one document; there is nothing to see of one whose log has no entry. */
  private CompletionStage<Optional<Item>> look(DocumentId id, String key) {
    Optional<Document> here = hosts.existing(id).flatMap(host -> host.status().document());
    if (here.isPresent()) {
      Document document = here.get();
      return CompletableFuture.completedStage(
          item(id, document.revision(), document.content().isPresent()));
    }
    return call(() -> logs.head(key))
        .thenCompose(
            head ->
                head.isPresent() && head.get().revision() > 0
                    ? lookAtTheEnd(id, key, Math.max(0, head.get().revision() - LAST))
                    : CompletableFuture.completedStage(Optional.empty()));
  }

  private CompletionStage<Optional<Item>> lookAtTheEnd(DocumentId id, String key, long from) {
    return call(() -> logs.read(key, from, LAST))
        .thenCompose(
            result -> {
              if (result instanceof ReadResult.Trimmed trimmed
                  && trimmed.base() > from
                  && trimmed.base() < trimmed.head().revision()) {
                return lookAtTheEnd(id, key, trimmed.base());
              }
              return result instanceof ReadResult.Entries page && !page.entries().isEmpty()
                  ? lookAt(id, key, page.entries())
                  : lookAtTheSnapshot(id, key);
            });
  }

  private CompletionStage<Optional<Item>> lookAt(
      DocumentId id, String key, List<LogEntry> entries) {
    long revision = entries.get(entries.size() - 1).revision();
    try {
      for (int i = entries.size() - 1; i >= 0; i--) {
        byte[] encoded = entries.get(i).payload().toByteArray();
        Payload.Kind kind = context.rules().codec().decode(encoded).payload().kind();
        if (kind != Payload.Kind.NONE) {
          return CompletableFuture.completedStage(item(id, revision, kind != Payload.Kind.DELETE));
        }
      }
    } catch (CollabException e) {
      return CompletableFuture.completedStage(
          Optional.of(new Item(id, revision, State.UNREADABLE)));
    }
    return lookAtTheSnapshot(id, key);
  }

  /** The last entries do not tell; the newest snapshot and what follows it do. */
  private CompletionStage<Optional<Item>> lookAtTheSnapshot(DocumentId id, String key) {
    return call(() -> logs.loadSnapshot(key))
        .thenCompose(
            stored -> {
              if (stored.isEmpty()) {
                return load(id);
              }
              long revision = stored.get().head().revision();
              return call(() -> logs.head(key))
                  .thenCompose(
                      head ->
                          head.isPresent() && head.get().revision() == revision
                              ? CompletableFuture.completedStage(
                                  read(id, revision, stored.get().payload().toByteArray()))
                              : load(id));
            });
  }

  private Optional<Item> read(DocumentId id, long revision, byte[] stored) {
    try {
      Snapshot snapshot = context.rules().codec().decodeSnapshot(stored);
      return item(id, revision, snapshot.content().isPresent());
    } catch (CollabException e) {
      return Optional.of(new Item(id, revision, State.UNREADABLE));
    }
  }

  private CompletionStage<Optional<Item>> load(DocumentId id) {
    return hosts
        .host(id)
        .snapshot()
        .thenApply(snapshot -> item(id, snapshot.revision(), snapshot.content().isPresent()));
  }

  private static Optional<Item> item(DocumentId id, long revision, boolean exists) {
    return revision == 0
        ? Optional.empty()
        : Optional.of(new Item(id, revision, exists ? State.LIVE : State.DELETED));
  }

  private <T> CompletionStage<T> call(Supplier<CompletionStage<T>> call) {
    return new Repetition<>(context, call)
        .result()
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    new ProtocolException(
                        ErrorCodes.UNAVAILABLE, "the coordinator does not answer")));
  }
}
