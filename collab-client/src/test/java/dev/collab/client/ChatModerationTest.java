package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.chat.ChatContent;
import dev.collab.chat.ChatMessage;
import dev.collab.chat.ChatRetention;
import dev.collab.coordinator.Bytes;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.coordinator.ReadResult;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.Permission;
import dev.collab.server.CollabServer;
import dev.collab.server.access.AccessPolicy;
import dev.collab.tck.VirtualTime;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.PeerInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A moderator of the real server acts on what others wrote. */
class ChatModerationTest {

  private final VirtualTime time = new VirtualTime();
  private final InMemoryCoordinator coordinator =
      InMemoryCoordinator.builder().executor(time).clock(time).build();
  private final Map<String, Permission> permissions =
      new HashMap<>(Map.of("moderator", Permission.MANAGE));
  private final CollabServer server =
      CollabServer.builder(coordinator, time, time)
          .type(TextType.TEXT)
          .clock(time)
          .random(new SplittableRandom(1))
          .access(
              AccessPolicy.of(
                  (caller, resource) ->
                      permissions.getOrDefault(caller.principal(), Permission.WRITE)))
          .build();
  private long members;
  private final Member ann = new Member("ann");
  private final Member bob = new Member("bob");
  private final Member moderator = new Member("moderator");

  /** A user with one open room. */
  private final class Member {

    private final Network network;
    private final CollabClient client;
    private final SharedChatRoom room;
    private final ChatJournal journal;

    Member(String name) {
      network =
          new Network(
              InMemoryTransport.builder(server)
                  .executor(time)
                  .client(PeerInfo.of(name, Map.of()))
                  .build());
      client =
          CollabClient.builder(network)
              .executor(time)
              .scheduler(time)
              .random(new SplittableRandom(++members))
              .user(name)
              .build();
      room = client.chat("team");
      journal = ChatJournal.of(room);
      client.connect();
      settle();
    }

    List<String> sees() {
      assertThat(journal.texts()).isEqualTo(ChatJournal.texts(room.view()));
      return journal.texts();
    }
  }

  private void settle() {
    time.pass(Duration.ofSeconds(5));
  }

  private <T> T await(CompletionStage<T> stage) {
    settle();
    return stage.toCompletableFuture().join();
  }

  private String code(CompletionStage<?> stage) {
    try {
      await(stage);
      return "";
    } catch (CompletionException e) {
      return ((CollabException) e.getCause()).code();
    }
  }

  /** Everything that is in the logs and snapshots, as text. */
  private String stored() {
    var logs = coordinator.logs();
    StringBuilder stored = new StringBuilder();
    for (String key : await(logs.keys("", "", 1_000))) {
      await(logs.loadSnapshot(key)).ifPresent(found -> stored.append(text(found.payload())));
      long base = await(logs.trim(key, 0));
      if (await(logs.read(key, base, 1_000)) instanceof ReadResult.Entries page) {
        page.entries().forEach(entry -> stored.append(text(entry.payload())));
      }
    }
    return stored.toString();
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
  }

  @Test
  void erase_leavesNothingOfAMessage_withAnybodyAndInTheLog() {
    ChatMessage secret = await(ann.room.post("the password is swordfish"));
    await(bob.room.post("oh no"));
    assertThat(stored()).contains("swordfish");
    await(moderator.room.erase(secret.id()));
    for (Member member : List.of(ann, bob, moderator, new Member("late"))) {
      assertThat(member.sees()).containsExactly("oh no");
    }
    assertThat(await(moderator.room.newest(10)).messages()).hasSize(1);
    assertThat(stored()).contains("oh no").doesNotContain("swordfish");
    assertThat(code(ann.room.edit(secret.id(), ChatContent.of("again"))))
        .isEqualTo(ErrorCodes.CHAT_MESSAGE_NOT_FOUND);
    await(moderator.room.erase(secret.id())); // makes sure of it once more
    assertThat(moderator.sees()).containsExactly("oh no");
  }

  @Test
  void erase_whileOthersAreAway_isGoneWhenTheyReturn() {
    ChatMessage secret = await(ann.room.post("swordfish"));
    await(ann.room.post("hello"));
    ann.client.disconnect();
    bob.network.cut();
    await(moderator.room.erase(secret.id()));
    assertThat(ann.sees()).as("what was here stays until she is told").contains("swordfish");
    ann.client.connect();
    settle();
    for (Member member : List.of(ann, bob, moderator)) {
      assertThat(member.sees()).containsExactly("hello");
    }
  }

  @Test
  void erase_askedForWithoutConnection_happensOnReturnAndOnce() {
    ChatMessage secret = await(ann.room.post("swordfish"));
    moderator.client.disconnect();
    CompletionStage<Void> erased = moderator.room.erase(secret.id());
    settle();
    assertThat(bob.sees()).containsExactly("swordfish");
    moderator.client.connect();
    await(erased);
    assertThat(bob.sees()).isEmpty();
    assertThat(stored()).doesNotContain("swordfish");
  }

  @Test
  void moderation_byWhoMayNot_isRefusedAndChangesNothing() {
    ChatMessage message = await(ann.room.post("mine"));
    await(bob.room.join());
    assertThat(code(ann.room.erase(message.id()))).isEqualTo(ErrorCodes.FORBIDDEN);
    assertThat(code(bob.room.erase(message.id()))).isEqualTo(ErrorCodes.FORBIDDEN);
    assertThat(code(bob.room.delete(message.id()))).isNotEmpty();
    assertThat(code(ann.room.remove(user(bob)))).isEqualTo(ErrorCodes.FORBIDDEN);
    assertThat(code(bob.room.retain(ChatRetention.ofMessages(1)))).isEqualTo(ErrorCodes.FORBIDDEN);
    for (Member member : List.of(ann, bob, moderator)) {
      assertThat(member.sees()).containsExactly("mine");
    }
  }

  @Test
  void moderator_whoIsNoLongerOne_mayNotErase_andANewOneMayOnTheSameConnection() {
    ChatMessage message = await(ann.room.post("rude"));
    permissions.put("moderator", Permission.WRITE);
    permissions.put("bob", Permission.MANAGE);
    server.access().permissionsChanged("moderator");
    server.access().permissionsChanged("bob");
    settle();
    assertThat(code(moderator.room.erase(message.id()))).isEqualTo(ErrorCodes.FORBIDDEN);
    assertThat(ann.sees()).containsExactly("rude");
    await(bob.room.erase(message.id()));
    assertThat(ann.sees()).isEmpty();
  }

  @Test
  void deleteAndRemoveAndRetain_ofAModerator_areSeenByAll() {
    ChatMessage rude = await(ann.room.post("rude"));
    await(bob.room.post("kind"));
    await(bob.room.post("kinder"));
    await(moderator.room.delete(rude.id()));
    assertThat(bob.room.view().message(rude.id()).orElseThrow().isDeleted()).isTrue();
    await(moderator.room.remove(user(ann)));
    for (Member member : List.of(ann, bob, moderator)) {
      assertThat(member.room.view().members())
          .extracting(each -> each.user().name())
          .doesNotContain("ann");
    }
    await(moderator.room.retain(ChatRetention.ofMessages(1)));
    for (Member member : List.of(ann, bob, moderator)) {
      assertThat(member.sees()).containsExactly("kinder");
    }
  }

  private static String user(Member member) {
    return member.client.user().orElseThrow().id();
  }
}
