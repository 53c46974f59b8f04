package dev.collab.chat;

import static dev.collab.chat.Chats.ADA;
import static dev.collab.chat.Chats.BOB;
import static dev.collab.chat.Chats.EVE;
import static dev.collab.chat.Chats.act;
import static dev.collab.chat.Chats.edit;
import static dev.collab.chat.Chats.erase;
import static dev.collab.chat.Chats.ids;
import static dev.collab.chat.Chats.moderator;
import static dev.collab.chat.Chats.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.document.ClientId;
import dev.collab.document.CommittedOperation;
import dev.collab.document.Decision;
import dev.collab.document.Document;
import dev.collab.document.OperationId;
import dev.collab.document.Payload;
import dev.collab.document.Proposal;
import dev.collab.document.Refusal;
import dev.collab.document.Snapshot;
import dev.collab.document.Submission;
import dev.collab.value.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A room has what documents have. */
class ChatDocumentTest {

  private final RoomLog log = RoomLog.created();

  @Provide
  Arbitrary<List<Deeds.Deed>> deeds() {
    return Deeds.lists(40);
  }

  private static ChatOperation says(String text) {
    return ChatOperation.of(act(ADA, 1, post(text)));
  }

  @Example
  void submission_beforeTheRoomExists_isRefused() {
    Decision decision = new RoomLog().prepare("a", 1, says("hello"));

    assertThat(((Decision.Refused) decision).code()).isEqualTo(Refusal.DOES_NOT_EXIST);
  }

  @Example
  void submission_atHead_isAppendedWhateverCameBefore() {
    log.submit("a", 1, says("one"));
    log.submit("b", 1, says("two"));
    log.submit("a", 2, says("three"));

    assertThat(log.room().messages())
        .extracting(ChatMessage::text)
        .containsExactly("one", "two", "three");
    assertThat(ids(log.room().messages())).containsExactly(1L, 2L, 3L);
    assertThat(log.version()).isEqualTo(4);
  }

  @Example
  void submission_twice_isADuplicateOfTheSameEntry() {
    log.submit("a", 1, says("one"));
    log.submit("b", 1, says("two"));

    assertThat(log.submit("a", 1, says("one"))).isEqualTo(new Decision.Duplicate(1));
    assertThat(log.submit("a", 1, says("something else"))).isEqualTo(new Decision.Duplicate(1));
    assertThat(log.room().last()).isEqualTo(2);
  }

  @Example
  void submission_twiceInOneBatch_isADuplicate() {
    Decision.Accepted first = (Decision.Accepted) log.prepare("a", 1, says("one"));
    log.replace(first.next());

    assertThat(log.prepare("a", 1, says("one"))).isEqualTo(new Decision.Duplicate(1));
  }

  @Example
  void submission_refused_hasTheCodeOfTheType() {
    log.submit("a", 1, says("one"));

    Decision decision = log.submit("b", 1, ChatOperation.of(act(BOB, 2, edit(1, "two"))));

    assertThat(decision)
        .isEqualTo(new Decision.Refused("ERR_CHAT_NOT_AUTHOR", "message 1 is somebody else's"));
    assertThat(log.version()).isEqualTo(2);
  }

  @Example
  void submission_ofAnotherBase_isTakenAsItIs() {
    log.submit("a", 1, says("one"));
    Document document = log.document();
    Decision decision =
        document.prepare(
            Submission.of(new OperationId(new ClientId("b"), 1), 1, new Proposal.Edit(says("two"))),
            Chats.at(0));

    log.replace(((Decision.Accepted) decision).next());
    assertThat(ids(log.room().messages())).containsExactly(1L, 2L);
  }

  @Example
  void entry_keepsNoInverse() {
    log.submit("a", 1, says("one"));

    Payload.Edit<?> edit = (Payload.Edit<?>) log.since(1).get(0).payload();
    assertThat(edit.inverse()).isEqualTo(ChatOperation.NOOP);
  }

  @Example
  void room_isNeverTooLargeForADocument() {
    String text = "x".repeat(4_096);
    for (int i = 1; i <= 600; i++) {
      assertThat(log.submit("a", i, says(text))).isInstanceOf(Decision.Accepted.class);
    }
    assertThat(log.room().first()).isGreaterThan(1);
  }

  @Example
  void erasure_afterSnapshotAndTrim_leavesNothingBehind() {
    log.submit("a", 1, says("a secret"));
    log.submit("a", 2, ChatOperation.of(act(ADA, 2, edit(1, "the same secret"))));
    log.submit("m", 1, ChatOperation.of(moderator(EVE, 3, erase(1))));

    Snapshot snapshot = log.document().snapshot();
    Document trimmed = log.document().trimmedTo(snapshot.revision());

    byte[] stored = RoomLog.CODEC.encodeSnapshot(snapshot);
    assertThat(new String(stored, StandardCharsets.UTF_16BE)).doesNotContain("secret");
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("s\0e\0c\0r");
    assertThat(trimmed.since(trimmed.base())).isEmpty();
    Document restored =
        Document.restore(RoomLog.RULES, RoomLog.CODEC.decodeSnapshot(stored), List.of());
    log.replace(restored);
    assertThat(log.submit("a", 2, says("late copy"))).isEqualTo(new Decision.Duplicate(2));
    log.submit("a", 3, says("life goes on"));
    assertThat(ids(log.room().messages())).containsExactly(2L);
  }

  @Property(tries = 200)
  void restart_anywhere_givesTheSameRoom(
      @ForAll("deeds") List<Deeds.Deed> before, @ForAll("deeds") List<Deeds.Deed> after) {
    RoomLog room = RoomLog.created();
    room.run(before);
    Snapshot saved = room.document().snapshot();
    room.run(after);

    RoomLog other = new RoomLog();
    other.replace(
        Document.restore(
            RoomLog.RULES,
            RoomLog.CODEC.decodeSnapshot(RoomLog.CODEC.encodeSnapshot(saved)),
            List.of()));
    for (CommittedOperation entry : room.since(saved.revision())) {
      byte[] stored = RoomLog.CODEC.encode(entry);
      assertThat(RoomLog.CODEC.decode(stored)).isEqualTo(entry);
      other.replace(
          other
              .document()
              .commit(entry, stored, other.document().hash().next(7, entry.revision(), stored)));
    }

    assertThat(other.room()).isEqualTo(room.room());
    assertThat(other.document().hash()).isEqualTo(room.document().hash());
  }

  @Property(tries = 200)
  void submissions_eachSentTwice_areCommittedOnce(@ForAll("deeds") List<Deeds.Deed> deeds) {
    RoomLog once = RoomLog.created();
    RoomLog twice = RoomLog.created();
    long time = 0;
    for (int i = 0; i < deeds.size(); i++) {
      time = Math.max(0, time + deeds.get(i).delay());
      ChatOperation operation = ChatOperation.of(deeds.get(i).at(time));
      String client = "c" + i % 3;
      once.submit(client, i + 1, operation);
      Decision first = twice.submit(client, i + 1, operation);
      if (first instanceof Decision.Accepted) {
        assertThat(twice.submit(client, i + 1, operation))
            .isEqualTo(new Decision.Duplicate(twice.version() - 1));
      }
    }
    assertThat(twice.room()).isEqualTo(once.room());
    assertThat(twice.document().hash()).isEqualTo(once.document().hash());
  }

  @Example
  void room_createdWithARetention_hasIt() {
    RoomLog other = new RoomLog();
    ChatRoom start = ChatRoom.EMPTY.withRetention(ChatRetention.ofMessages(2));
    JsonValue data = ChatType.CHAT.encodeState(start);

    other.accept("server", 1, new Proposal.Create(ChatType.CHAT.name(), data));

    assertThat(other.room()).isEqualTo(start);
    assertThat(other.changesSince(0))
        .containsExactly(
            new ChatChanges(List.of(new ChatChange.Retained(ChatRetention.ofMessages(2))), 1));
  }
}
