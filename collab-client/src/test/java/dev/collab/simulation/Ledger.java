package dev.collab.simulation;

import dev.collab.coordinator.LogEntry;
import dev.collab.coordinator.LogHead;
import dev.collab.coordinator.Logs;
import dev.collab.coordinator.ReadResult;
import dev.collab.document.ChainHash;
import dev.collab.document.CommittedOperation;
import dev.collab.document.DocumentId;
import dev.collab.document.OperationId;
import dev.collab.document.Payload;
import dev.collab.operation.OperationTypes;
import dev.collab.protocol.StorageCodec;
import dev.collab.text.TextComponent;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.value.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The truth about one document: follows what stands in its log and checks each entry, by means of
 * its own and slowly. It shares nothing with the engines but the codec of entries.
 */
final class Ledger {

  private static final StorageCodec CODEC = new StorageCodec(OperationTypes.of(TextType.TEXT));

  private final DocumentId id;
  private final String key;
  private final Logs logs;
  private final List<Optional<String>> texts = new ArrayList<>(List.of(Optional.empty()));
  private final NavigableMap<Long, Edit> edits = new TreeMap<>();
  private final Set<OperationId> ids = new HashSet<>();
  private final Set<Integer> inserted = new HashSet<>();
  private final Set<Integer> deleted = new HashSet<>();
  private final Set<Integer> vanished = new HashSet<>();
  private ChainHash hash = ChainHash.START;

  /** An edit and the public id of who made it. */
  record Edit(String source, TextOperation operation) {}

  Ledger(DocumentId id, Logs logs) {
    this.id = id;
    this.key = "document/" + id.collection() + "/" + id.id();
    this.logs = logs;
  }

  DocumentId id() {
    return id;
  }

  String key() {
    return key;
  }

  long revision() {
    return texts.size() - 1;
  }

  Optional<String> text() {
    return texts.get(texts.size() - 1);
  }

  /** Returns the text at a revision, empty if there was no document. */
  Optional<String> textAt(long revision) {
    return texts.get((int) revision);
  }

  /** Returns the edits from a revision on. */
  Collection<Edit> editsSince(long revision) {
    return edits.tailMap(revision, true).values();
  }

  ChainHash hash() {
    return hash;
  }

  /** Returns the characters that entries have inserted. */
  Set<Integer> inserted() {
    return inserted;
  }

  /** Returns the characters that edits have deleted. */
  Set<Integer> deleted() {
    return deleted;
  }

  /** Returns the characters that went away with a whole document. */
  Set<Integer> vanished() {
    return vanished;
  }

  /** Takes in what was appended since. */
  void follow() {
    Object result = logs.read(key, revision(), Integer.MAX_VALUE).toCompletableFuture().join();
    if (result instanceof ReadResult.Entries page) {
      page.entries().forEach(this::takeIn);
      LogHead head = page.head();
      Violation.unless(
          head.revision() == revision() && ChainHash.of(head.hash().toByteArray()).equals(hash),
          () -> "the head is " + head + ", the entries end at " + revision() + " with " + hash);
    } else {
      Violation.unless(
          result instanceof ReadResult.Missing && revision() == 0, () -> "a read gave " + result);
    }
  }

  private void takeIn(LogEntry stored) {
    byte[] encoded = stored.payload().toByteArray();
    CommittedOperation entry = CODEC.decode(encoded);
    Violation.unless(
        entry.baseRevision() == revision() && stored.revision() == revision() + 1,
        () -> "an entry at " + entry.baseRevision() + " behind revision " + revision());
    hash = hash.next(0, stored.revision(), encoded);
    Violation.unless(
        hash.equals(ChainHash.of(stored.hash().toByteArray())),
        () -> "the chain hash is broken at revision " + stored.revision());
    Violation.unless(
        ids.add(entry.id()), () -> entry.id() + " stands in the log twice, at " + revision());
    texts.add(after(entry));
  }

  private Optional<String> after(CommittedOperation entry) {
    Payload payload = entry.payload();
    Optional<String> before = text();
    return switch (payload.kind()) {
      case CREATE -> {
        Violation.unless(before.isEmpty(), () -> "a document was created twice");
        yield Optional.of(created(((JsonString) ((Payload.Create) payload).data()).value()));
      }
      case DELETE -> {
        before.ifPresent(text -> text.codePoints().forEach(vanished::add));
        yield Optional.empty();
      }
      case EDIT -> {
        Violation.unless(before.isPresent(), () -> "no document was edited");
        TextOperation edit = (TextOperation) ((Payload.Edit<?>) payload).operation();
        edits.put(revision(), new Edit(entry.id().client().value(), edit));
        yield Optional.of(edited(before.orElseThrow(), edit));
      }
      case NONE -> before;
    };
  }

  private String created(String content) {
    content.codePoints().forEach(this::insert);
    return content;
  }

  private void insert(int marker) {
    Violation.unless(
        marker < Character.MIN_SURROGATE || marker > Character.MAX_SURROGATE,
        () -> "half a surrogate pair was committed at " + revision());
    Violation.unless(
        inserted.add(marker),
        () -> Character.toString(marker) + " was inserted twice, at " + revision());
  }

  private String edited(String before, TextOperation edit) {
    StringBuilder after = new StringBuilder();
    int position = 0;
    for (TextComponent component : edit.components()) {
      if (component instanceof TextComponent.Insert insert) {
        insert.text().codePoints().forEach(this::insert);
        after.append(insert.text());
      } else {
        String part = before.substring(position, position + component.length());
        position += component.length();
        if (component.kind() == TextComponent.Kind.RETAIN) {
          after.append(part);
        } else {
          part.codePoints().forEach(deleted::add);
        }
      }
    }
    return after.append(before, position, before.length()).toString();
  }
}
