package dev.collab.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Decision;
import dev.collab.document.Document;
import dev.collab.document.DocumentRules;
import dev.collab.document.EntryCodec;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.document.TestEntryCodec;
import dev.collab.operation.OperationTypes;
import dev.collab.value.JsonValue;
import java.util.List;

/** A room on the engine of documents; what is accepted is appended at once. */
final class RoomLog {

  static final OperationTypes TYPES = OperationTypes.of(ChatType.CHAT);
  static final EntryCodec CODEC = new TestEntryCodec(TYPES);
  static final DocumentRules RULES = DocumentRules.of(TYPES, CODEC);

  private Document document = Document.empty(RULES, 7);

  /** Returns a room that exists, at version 1. */
  static RoomLog created() {
    RoomLog log = new RoomLog();
    log.accept("server", 1, new Proposal.Create(ChatType.URI, JsonValue.NULL));
    return log;
  }

  Document document() {
    return document;
  }

  void replace(Document next) {
    document = next;
  }

  ChatRoom room() {
    return document
        .content()
        .flatMap(content -> content.as(ChatType.CHAT))
        .map(content -> content.state())
        .orElse(ChatRoom.EMPTY);
  }

  long version() {
    return document.revision();
  }

  Decision prepare(String client, long sequence, ChatOperation operation) {
    return prepare(client, sequence, new Proposal.Edit(operation));
  }

  Decision prepare(String client, long sequence, Proposal proposal) {
    OperationId id = new OperationId(new ClientId(client), sequence);
    return document.prepare(Submission.of(id, Submission.HEAD, proposal), Chats.at(0));
  }

  /** Commits an operation if it is accepted. */
  Decision submit(String client, long sequence, ChatOperation operation) {
    Decision decision = prepare(client, sequence, operation);
    if (decision instanceof Decision.Accepted accepted) {
      document = accepted.next();
    }
    return decision;
  }

  Decision.Accepted accept(String client, long sequence, Proposal proposal) {
    Decision decision = prepare(client, sequence, proposal);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    document = ((Decision.Accepted) decision).next();
    return (Decision.Accepted) decision;
  }

  void accept(String client, long sequence, ChatAct act) {
    accept(client, sequence, new Proposal.Edit(ChatOperation.of(act)));
  }

  /** Lets deeds be done, each by a client of its own; returns how many were admitted. */
  int run(List<Deeds.Deed> deeds) {
    int admitted = 0;
    long time = version() * 30;
    for (Deeds.Deed deed : deeds) {
      time = Math.max(0, time + deed.delay());
      Decision decision = submit("c" + version(), version() + 1, ChatOperation.of(deed.at(time)));
      admitted += decision instanceof Decision.Accepted ? 1 : 0;
    }
    return admitted;
  }

  List<CommittedOperation> since(long version) {
    return document.since(version);
  }

  /** Returns what clients with a version are told. */
  List<ChatChanges> changesSince(long version) {
    return ChatChanges.since(room(), since(version)).orElseThrow();
  }

  ChatView view(int limit) {
    return ChatView.of(version(), room(), ChatHistory.newest(room(), limit));
  }
}
