package dev.collab.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.chat.ChatAct;
import dev.collab.chat.ChatContent;
import dev.collab.chat.ChatEvent;
import dev.collab.chat.ChatMessage;
import dev.collab.chat.ChatOperation;
import dev.collab.chat.ChatRetention;
import dev.collab.chat.ChatRoom;
import dev.collab.chat.ChatType;
import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Content;
import dev.collab.document.CorruptLogException;
import dev.collab.document.Decision;
import dev.collab.document.Document;
import dev.collab.document.DocumentRules;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Snapshot;
import dev.collab.document.Submission;
import dev.collab.operation.OperationTypes;
import dev.collab.presence.User;
import dev.collab.value.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms are stored as documents are. */
class ChatStorageTest {

  private static final User ADA = User.of("u1", "Ada").withColor("#c0ffee");
  private static final User BOB = User.of("u2", "Bob");

  private final OperationTypes types = OperationTypes.of(ChatType.CHAT);
  private final StorageCodec codec = new StorageCodec(types);
  private final DocumentRules rules = DocumentRules.of(types, codec);
  private final Instant now = Instant.ofEpochMilli(1_790_000_000_123L);
  private Document document = Document.empty(rules, 7);

  static Stream<String> goldenEntries() {
    return Golden.lines("storage/chat-entries-v1.jsonl").stream();
  }

  static Stream<String> goldenSnapshots() {
    return Golden.lines("storage/chat-snapshots-v1.jsonl").stream();
  }

  @ParameterizedTest
  @MethodSource("goldenEntries")
  void decode_goldenEntry_writesTheSameBytes(String stored) {
    assertThat(new String(codec.encode(codec.decode(stored.getBytes(UTF_8))), UTF_8))
        .isEqualTo(stored);
  }

  @ParameterizedTest
  @MethodSource("goldenSnapshots")
  void decodeSnapshot_golden_writesTheSameBytes(String stored) {
    assertThat(
            new String(codec.encodeSnapshot(codec.decodeSnapshot(stored.getBytes(UTF_8))), UTF_8))
        .isEqualTo(stored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':[{'by':{'id':'u','name':'U'},'t':0,'post':{'text':'x'},'more':1}],'inv':[]}",
        "{'op':[{'by':{'id':'u','name':'U'},'t':0}],'inv':[]}",
        "{'op':[],'inv':{}}",
        "{'op':{},'inv':[]}"
      })
  void decode_damagedEntry_isCorrupt(String part) {
    String stored =
        "{'format':1,'src':'x','seq':1,'v':1,'t':[0,0],'type':'urn:collab:type:chat-room',"
            + part.substring(1);

    assertThatThrownBy(() -> codec.decode(stored.replace('\'', '"').getBytes(UTF_8)))
        .isInstanceOf(CorruptLogException.class);
  }

  @Test
  void restore_snapshotAndRest_isTheSameRoomAndKnowsTheDuplicates() {
    accept("server", 1, new Proposal.Create(ChatType.URI, JsonValue.NULL));
    accept("a", 1, act(ADA, ChatEvent.Post.of("hello \u2028 \ud83d\ude00 \"quoted\"")));
    accept("b", 1, act(BOB, ChatEvent.Post.of("hi")));
    accept("a", 2, act(ADA, new ChatEvent.Edit(1, ChatContent.of("hello!"))));
    Snapshot saved = document.snapshot();
    accept("b", 2, act(BOB, new ChatEvent.Delete(2)));
    accept("a", 3, act(ADA, new ChatEvent.Leave()));
    accept("m", 1, act(BOB, new ChatEvent.Retain(ChatRetention.ofMessages(5))).asModerator());
    accept("server", 2, act(BOB, new ChatEvent.Read(2)));

    Document restored =
        Document.restore(
            rules,
            codec.decodeSnapshot(codec.encodeSnapshot(saved)),
            document.since(0).subList(0, 4));
    for (CommittedOperation entry : document.since(saved.revision())) {
      byte[] stored = codec.encode(entry);
      assertThat(codec.decode(stored)).isEqualTo(entry);
      restored =
          restored.commit(
              codec.decode(stored), stored, restored.hash().next(7, entry.revision(), stored));
    }

    assertThat(room(restored)).isEqualTo(room(document));
    assertThat(restored.hash()).isEqualTo(document.hash());
    assertThat(restored.content().map(Content::checksum))
        .isEqualTo(document.content().map(Content::checksum));
    document = restored;
    assertThat(submit("a", 1, act(ADA, ChatEvent.Post.of("hello"))))
        .isEqualTo(new Decision.Duplicate(1));
    accept("b", 3, act(BOB, ChatEvent.Post.of("and so on")));
    assertThat(room(document).messages()).extracting(ChatMessage::id).containsExactly(1L, 2L, 3L);
  }

  @Test
  void erase_snapshotBehindIt_doesNotHaveTheContent() {
    accept("server", 1, new Proposal.Create(ChatType.URI, JsonValue.NULL));
    accept("a", 1, act(ADA, ChatEvent.Post.of("a secret")));
    accept("m", 1, act(BOB, new ChatEvent.Erase(1)).asModerator());

    CommittedOperation entry = document.since(2).get(0);
    assertThat(new String(codec.encodeSnapshot(document.snapshot()), UTF_8))
        .doesNotContain("secret");
    assertThat(new String(codec.encode(entry), UTF_8)).doesNotContain("secret");
  }

  private static ChatAct act(User by, ChatEvent event) {
    return ChatAct.of(by, Instant.ofEpochMilli(1_790_000_000_000L), event);
  }

  private static ChatRoom room(Document document) {
    return document.content().flatMap(content -> content.as(ChatType.CHAT)).orElseThrow().state();
  }

  private void accept(String client, long sequence, ChatAct act) {
    accept(client, sequence, new Proposal.Edit(ChatOperation.of(List.of(act))));
  }

  private void accept(String client, long sequence, Proposal proposal) {
    Decision decision = document.prepare(submission(client, sequence, proposal), now);
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    document = ((Decision.Accepted) decision).next();
  }

  private Decision submit(String client, long sequence, ChatAct act) {
    Proposal proposal = new Proposal.Edit(ChatOperation.of(act));
    return document.prepare(submission(client, sequence, proposal), now);
  }

  private static Submission submission(String client, long sequence, Proposal proposal) {
    OperationId id = new OperationId(new ClientId(client), sequence);
    return Submission.of(id, Submission.HEAD, proposal);
  }
}
