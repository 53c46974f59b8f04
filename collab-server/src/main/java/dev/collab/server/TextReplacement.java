package dev.collab.server;

import dev.collab.document.CommittedOperation;
import dev.collab.document.Content;
import dev.collab.document.Document;
import dev.collab.document.DocumentId;
import dev.collab.document.Payload;
import dev.collab.document.Proposal;
import dev.collab.operation.Diffable;
import dev.collab.operation.InvalidOperationException;
import dev.collab.operation.Operation;
import dev.collab.operation.OperationType;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.ProtocolException;
import dev.collab.server.document.DocumentAudience;
import dev.collab.server.document.ServerEdits;
import dev.collab.server.log.LogHosts;
import dev.collab.server.runtime.ServerContext;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonString;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Makes an edit out of a whole text and the revision that its author had: what differs from the
 * text of that revision, which is found from the present one by the stored inverses.
 *
 * <p>Thread-safe.
 */
final class TextReplacement {

  private final ServerContext context;
  private final LogHosts<DocumentId, DocumentAudience> hosts;
  private final ServerEdits edits;

  TextReplacement(
      ServerContext context, LogHosts<DocumentId, DocumentAudience> hosts, ServerEdits edits) {
    this.context = context;
    this.hosts = hosts;
    this.edits = edits;
  }

  /** Does what {@link Documents#replaceText} says. */
  CompletionStage<ReplacedText> replace(DocumentId id, long baseRevision, String text) {
    CompletableFuture<Document> found = new CompletableFuture<>();
    hosts
        .host(id)
        .look(
            Long.MAX_VALUE,
            found::complete,
            error ->
                found.completeExceptionally(new ProtocolException(error.code(), error.message())));
    CompletableFuture<ReplacedText> result = new CompletableFuture<>();
    CompletionStage<Document> document = found;
    document
        // comparing takes its time, and others go on editing meanwhile
        .thenComposeAsync(present -> submit(id, present, baseRevision, text), context.pool())
        .thenApply(TextReplacement::replaced)
        .whenComplete(
            (replaced, failure) -> {
              if (failure == null) {
                result.complete(replaced);
              } else {
                result.completeExceptionally(cause(failure));
              }
            });
    return result.minimalCompletionStage();
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException wrapped && wrapped.getCause() != null
        ? wrapped.getCause()
        : failure;
  }

  private CompletionStage<Document> submit(
      DocumentId id, Document document, long baseRevision, String text) {
    checkKept(document, baseRevision);
    List<CommittedOperation> since = document.since(baseRevision);
    since.forEach(TextReplacement::checkSameLife);
    Operation change = change(content(document), since, text, document.rules().maxDocumentSize());
    return change.isNoop()
        ? CompletableFuture.completedFuture(document)
        : edits.commit(id, baseRevision, new Proposal.Edit(change));
  }

  private static void checkKept(Document document, long revision) {
    if (revision > document.revision()) {
      throw new ProtocolException(
          ErrorCodes.VERSION_FROM_FUTURE,
          "revision " + revision + " is above the document's revision " + document.revision());
    }
    if (revision < document.base()) {
      throw new ProtocolException(
          ErrorCodes.OPERATIONS_NOT_FOUND, "entries behind revision " + revision + " are gone");
    }
  }

  private static <S, O extends Operation> Operation change(
      Content<S, O> content, List<CommittedOperation> since, String text, long limit) {
    OperationType<S, O> type = content.type();
    textOf(content);
    S before = content.state();
    for (int i = since.size() - 1; i >= 0; i--) {
      if (since.get(i).payload() instanceof Payload.Edit<?> edit) {
        before = type.apply(before, type.operationClass().cast(edit.inverse()));
      }
    }
    if (text.length() > limit && text.length() > type.size(before)) {
      throw new ProtocolException(
          ErrorCodes.DOCUMENT_TOO_LARGE,
          "a text of " + text.length() + " units is above the limit " + limit);
    }
    return diffable(type).diff(before, type.create(JsonValue.of(text)));
  }

  @SuppressWarnings("unchecked") // a type is diffable in its own states and operations
  private static <S, O extends Operation> Diffable<S, O> diffable(OperationType<S, O> type) {
    if (type instanceof Diffable<?, ?> diffable) {
      return (Diffable<S, O>) diffable;
    }
    throw notText(type);
  }

  private static void checkSameLife(CommittedOperation entry) {
    switch (entry.payload().kind()) {
      case DELETE ->
          throw new ProtocolException(
              ErrorCodes.DOCUMENT_WAS_DELETED, "the document was deleted at " + entry.revision());
      case CREATE ->
          throw new ProtocolException(
              ErrorCodes.DOCUMENT_ALREADY_CREATED,
              "the document was created at " + entry.revision());
      case EDIT, NONE -> {}
    }
  }

  private static Content<?, ?> content(Document document) {
    return document
        .content()
        .orElseThrow(
            () ->
                new ProtocolException(
                    ErrorCodes.DOCUMENT_DOES_NOT_EXIST, "the document does not exist"));
  }

  private static String textOf(Content<?, ?> content) {
    if (content.encodedState() instanceof JsonString text) {
      return text.value();
    }
    throw notText(content.type());
  }

  private static InvalidOperationException notText(OperationType<?, ?> type) {
    return InvalidOperationException.notApplied(
        "documents of type " + type.name() + " are not replaced as texts");
  }

  private static ReplacedText replaced(Document document) {
    return new ReplacedText(document.revision(), textOf(content(document)));
  }
}
