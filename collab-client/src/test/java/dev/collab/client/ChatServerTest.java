package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collab.chat.ChatContent;
import dev.collab.chat.ChatMember;
import dev.collab.chat.ChatMessage;
import dev.collab.chat.ChatPage;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.operation.CollabException;
import dev.collab.presence.User;
import dev.collab.server.CollabServer;
import dev.collab.tck.VirtualTime;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of the real server who talk to each other, in one thread and virtual time. */
class ChatServerTest {

  private final VirtualTime time = new VirtualTime();
  private final CollabServer server =
      CollabServer.builder(
              InMemoryCoordinator.builder().executor(time).clock(time).build(), time, time)
          .type(TextType.TEXT)
          .clock(time)
          .random(new SplittableRandom(1))
          .build();
  private final List<Member> members = new ArrayList<>();

  /** A user with one open room. */
  private final class Member {

    private final String name = "user" + members.size();
    private final Network network =
        new Network(InMemoryTransport.builder(server).executor(time).build());
    private final CollabClient client =
        CollabClient.builder(network)
            .executor(time)
            .scheduler(time)
            .random(new SplittableRandom(members.size()))
            .user(name)
            .build();
    private final SharedChatRoom room = client.chat("team");
    private final ChatJournal journal = ChatJournal.of(room);

    Member() {
      members.add(this);
      client.connect();
      settle();
    }

    List<String> sees() {
      return journal.texts();
    }

    List<String> typing() {
      return room.state().typing().stream().map(User::name).toList();
    }
  }

  private void settle() {
    time.pass(Duration.ofSeconds(3));
  }

  private <T> T await(CompletionStage<T> stage) {
    settle();
    return stage.toCompletableFuture().getNow(null);
  }

  private String code(CompletionStage<?> stage) {
    settle();
    AtomicReference<String> code = new AtomicReference<>("none");
    var unused =
        stage.whenComplete(
            (value, failure) -> {
              if (failure instanceof CollabException known) {
                code.set(known.code());
              }
            });
    return code.get();
  }

  @Test
  void post_isSeenByAllWithIdAuthorAndTimeOfTheServer() {
    Member ann = new Member();
    Member bob = new Member();
    ChatMessage hello = await(ann.room.post("hello"));
    assertThat(hello.id()).isEqualTo(1);
    assertThat(hello.author().name()).isEqualTo("user0");
    assertThat(hello.postedAt()).isBetween(time.instant().minusSeconds(4), time.instant());
    ChatMessage answer =
        await(
            bob.room.post(
                ChatContent.of("hi").withData(JsonValue.object("mood", JsonValue.of("fine"))),
                OptionalLong.of(1)));
    assertThat(answer.replyTo()).hasValue(1);
    assertThat(ann.room.view().messages()).containsExactly(hello, answer);
    assertThat(bob.room.view()).isEqualTo(ann.room.view());
    assertThat(ann.room.state().pending()).isEmpty();
    assertThat(new Member().sees()).containsExactly("hello", "hi");
  }

  @Test
  void post_makesAMember_joinAndLeaveToo() {
    Member ann = new Member();
    Member bob = new Member();
    await(ann.room.post("hello"));
    await(bob.room.join());
    assertThat(ann.room.view().members())
        .extracting(member -> member.user().name())
        .containsExactlyInAnyOrder("user0", "user1");
    await(bob.room.leave());
    assertThat(ann.room.view().members())
        .extracting(member -> member.user().name())
        .containsExactly("user0");
  }

  @Test
  void editAndDelete_areForTheAuthorAlone() {
    Member ann = new Member();
    Member bob = new Member();
    await(ann.room.post("helo"));
    assertThat(code(bob.room.edit(1, ChatContent.of("mine")))).isEqualTo("ERR_CHAT_NOT_AUTHOR");
    assertThat(code(bob.room.delete(1))).isEqualTo("ERR_CHAT_NOT_AUTHOR");
    await(ann.room.edit(1, ChatContent.of("hello")));
    assertThat(bob.sees()).containsExactly("hello");
    assertThat(bob.room.view().message(1).orElseThrow().editedAt()).isPresent();
    await(ann.room.delete(1));
    assertThat(bob.room.view().message(1).orElseThrow().isDeleted()).isTrue();
    assertThat(code(ann.room.edit(1, ChatContent.of("again"))))
        .isEqualTo("ERR_CHAT_MESSAGE_NOT_FOUND");
    assertThat(code(ann.room.delete(9))).isEqualTo("ERR_CHAT_MESSAGE_NOT_FOUND");
    assertThat(bob.journal.take()).contains("rejected EDIT ERR_CHAT_NOT_AUTHOR");
  }

  @Test
  void post_madeOffline_goesOutOnReturn() {
    Member ann = new Member();
    Member bob = new Member();
    ann.client.disconnect();
    CompletionStage<ChatMessage> first = ann.room.post("one");
    CompletionStage<ChatMessage> second = ann.room.post("two");
    settle();
    assertThat(ann.room.state().pendingPosts())
        .extracting(post -> post.content().text())
        .containsExactly("one", "two");
    await(bob.room.post("meanwhile"));
    ann.client.connect();
    assertThat(await(first).id()).isEqualTo(2);
    assertThat(await(second).id()).isEqualTo(3);
    assertThat(ann.sees()).containsExactly("meanwhile", "one", "two");
    assertThat(ann.room.view()).isEqualTo(bob.room.view());
  }

  @Test
  void post_whenTheConnectionIsCutBehindIt_isCommittedOnce() {
    Member ann = new Member();
    Member bob = new Member();
    CompletionStage<ChatMessage> posted = ann.room.post("once");
    for (int i = 0; i < 4; i++) {
      time.runDue();
      ann.network.cut();
      time.pass(Duration.ofMillis(200));
    }
    assertThat(await(posted).text()).isEqualTo("once");
    assertThat(bob.sees()).containsExactly("once");
    assertThat(ann.sees()).containsExactly("once");
  }

  @Test
  void posts_fasterThanTheRate_arriveAllInOrder() {
    Member ann = new Member();
    Member bob = new Member();
    List<String> posted = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      posted.add("m" + i);
      ann.room.post("m" + i);
    }
    time.pass(Duration.ofSeconds(30));
    assertThat(bob.sees().subList(bob.sees().size() - 50, bob.sees().size()))
        .isEqualTo(posted.subList(10, 60));
    assertThat(ann.sees()).isEqualTo(posted);
    assertThat(ann.journal.take()).doesNotContain("error ERR_RATE_EXCEEDED");
  }

  @Test
  void loadOlder_bringsAllPageByPage() {
    Member ann = new Member();
    for (int i = 1; i <= 120; i++) {
      ann.room.post("m" + i);
    }
    time.pass(Duration.ofMinutes(1));
    Member bob = new Member();
    assertThat(bob.sees()).hasSize(50);
    assertThat(bob.room.view().hasOlder()).isTrue();
    assertThat(await(bob.room.loadOlder(30))).isTrue();
    assertThat(bob.sees()).hasSize(80);
    assertThat(await(bob.room.loadOlder(100))).isFalse();
    assertThat(bob.sees()).isEqualTo(ann.sees()).hasSize(120);
    assertThat(await(bob.room.loadOlder(100))).isFalse();
    bob.room.keepNewest(10);
    settle();
    assertThat(bob.sees()).hasSize(10);
    assertThat(await(bob.room.loadOlder(5))).isTrue();
    assertThat(bob.sees()).hasSize(15);
  }

  @Test
  void pages_goInBothDirectionsBesideTheView() {
    Member ann = new Member();
    for (int i = 1; i <= 30; i++) {
      ann.room.post("m" + i);
    }
    time.pass(Duration.ofSeconds(10));
    ChatPage newest = await(ann.room.newest(5));
    assertThat(newest.messages())
        .extracting(ChatMessage::id)
        .containsExactly(26L, 27L, 28L, 29L, 30L);
    assertThat(newest.more()).isTrue();
    ChatPage before = await(ann.room.before(4, 5));
    assertThat(before.messages()).extracting(ChatMessage::id).containsExactly(1L, 2L, 3L);
    assertThat(before.more()).isFalse();
    ChatPage after = await(ann.room.after(4, 2));
    assertThat(after.messages()).extracting(ChatMessage::id).containsExactly(5L, 6L);
    assertThat(after.more()).isTrue();
    assertThat(await(ann.room.after(28, 5)).more()).isFalse();
    assertThat(code(ann.room.newest(100_000))).isEqualTo("ERR_BATCH_TOO_LARGE");
  }

  @Test
  void typing_isSeenByOthersAndEndsByItself() {
    Member ann = new Member();
    Member bob = new Member();
    ann.room.typed();
    time.pass(Duration.ofSeconds(1));
    assertThat(bob.typing()).containsExactly("user0");
    assertThat(ann.typing()).isEmpty();
    time.pass(Duration.ofSeconds(6));
    assertThat(bob.typing()).isEmpty();
    ann.room.typed();
    time.pass(Duration.ofSeconds(1));
    ann.room.stopTyping();
    time.runDue();
    assertThat(bob.typing()).isEmpty();
  }

  @Test
  void typing_forAMinute_isSeenAllTheTime() {
    Member ann = new Member();
    Member bob = new Member();
    for (int second = 0; second < 60; second++) {
      ann.room.typed();
      time.pass(Duration.ofSeconds(1));
      assertThat(bob.typing()).as("second %d", second).containsExactly("user0");
    }
    await(ann.room.post("done"));
    assertThat(bob.typing()).isEmpty();
  }

  @Test
  void markRead_isSeenByMembersAndGoesForwardOnly() {
    Member ann = new Member();
    Member bob = new Member();
    await(ann.room.post("one"));
    await(ann.room.post("two"));
    await(bob.room.join());
    bob.room.markRead(2);
    bob.room.markRead(1);
    time.runDue();
    assertThat(bob.room.state().read()).isEqualTo(2);
    time.pass(Duration.ofSeconds(5));
    assertThat(reads(ann)).containsEntry("user1", 2L);
    bob.room.markRead(1);
    time.pass(Duration.ofSeconds(5));
    assertThat(reads(ann)).containsEntry("user1", 2L);
  }

  @Test
  void markRead_madeOffline_isToldOnReturn() {
    Member ann = new Member();
    Member bob = new Member();
    await(ann.room.post("one"));
    await(bob.room.join());
    bob.client.disconnect();
    bob.room.markRead(1);
    settle();
    bob.client.connect();
    time.pass(Duration.ofSeconds(5));
    assertThat(reads(ann)).containsEntry("user1", 1L);
  }

  private static Map<String, Long> reads(Member member) {
    Map<String, Long> reads = new LinkedHashMap<>();
    for (ChatMember each : member.room.view().members()) {
      reads.put(each.user().name(), each.read());
    }
    return reads;
  }

  @Test
  void refusals_carryTheCodeOfTheServerAndTheText() {
    Member ann = new Member();
    assertThat(code(ann.room.post("x".repeat(5000)))).isEqualTo("ERR_CHAT_TEXT_TOO_LONG");
    assertThat(code(ann.room.post(""))).isEqualTo("ERR_CHAT_BADLY_FORMED");
    assertThat(code(ann.room.erase(1))).isEqualTo("ERR_FORBIDDEN");
    assertThat(ann.journal.rejectedTexts()).containsExactly("x".repeat(5000), "");
    assertThat(await(ann.room.post("fine")).id()).isEqualTo(1);
    assertThat(
            code(
                ann.room.post(
                    ChatContent.of("").withData(new JsonObject(Map.of())), OptionalLong.of(77))))
        .isEqualTo("ERR_CHAT_MESSAGE_NOT_FOUND");
  }

  @Test
  void rooms_manyOverOneConnection_areApart() {
    Member ann = new Member();
    Member bob = new Member();
    List<SharedChatRoom> anns = new ArrayList<>();
    List<SharedChatRoom> bobs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      anns.add(ann.client.chat("room" + i));
      bobs.add(bob.client.chat("room" + i));
    }
    for (int i = 0; i < 20; i++) {
      anns.get(i).post("in " + i);
    }
    time.pass(Duration.ofSeconds(10));
    for (int i = 0; i < 20; i++) {
      assertThat(ChatJournal.texts(bobs.get(i).view())).containsExactly("in " + i);
    }
    assertThat(bob.sees()).isEmpty();
  }

  @Test
  void close_andOpenAgain_goesOnWhereTheRoomIs() {
    Member ann = new Member();
    Member bob = new Member();
    await(ann.room.post("one"));
    ann.room.close();
    SharedChatRoom again = null;
    settle();
    assertThat(ann.room.state().status()).isEqualTo(ChatStatus.CLOSED);
    await(bob.room.post("two"));
    assertThat(ann.sees()).containsExactly("one");
    again = ann.client.chat("team");
    settle();
    assertThat(await(again.post("three")).id()).isEqualTo(3);
    assertThat(ChatJournal.texts(again.view())).containsExactly("one", "two", "three");
    assertThat(code(ann.room.post("four"))).isEqualTo(ClientException.CHAT_CLOSED);
  }

  /** Whatever happened: all see the same, and every text once. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void chatters_withCutConnections_seeTheSameAndNothingTwice(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5; i++) {
      new Member();
    }
    List<List<String>> posted = new ArrayList<>();
    members.forEach(member -> posted.add(new ArrayList<>()));
    for (int step = 0; step < 400; step++) {
      int index = random.nextInt(5);
      Member member = members.get(index);
      long last = member.room.state().view().map(view -> view.last()).orElse(0L);
      switch (random.nextInt(12)) {
        case 0, 1, 2 -> {
          String text = index + ":" + step;
          posted.get(index).add(text);
          member.room.post(text);
        }
        case 3 -> member.room.typed();
        case 4 -> {
          if (last > 0) {
            member.room.markRead(1 + random.nextLong(last));
          }
        }
        case 5 -> member.room.loadOlder(1 + random.nextInt(20));
        case 6 -> member.room.keepNewest(1 + random.nextInt(60));
        case 7 -> {
          if (random.nextInt(3) == 0) {
            member.network.cut();
          }
        }
        case 8 -> {
          if (random.nextBoolean()) {
            member.client.disconnect();
          } else {
            member.client.connect();
          }
        }
        default -> time.pass(Duration.ofMillis(random.nextInt(500)));
      }
    }
    members.forEach(member -> member.client.connect());
    time.pass(Duration.ofMinutes(2));
    for (Member member : members) {
      member.room.loadOlder(200);
    }
    settle();
    Member late = new Member();
    late.room.loadOlder(200);
    settle();
    List<String> all = late.sees();
    assertThat(new HashSet<>(all)).hasSize(all.size());
    for (int i = 0; i < 5; i++) {
      Member member = members.get(i);
      String author = i + ":";
      assertThat(member.room.view()).as("seed %d", seed).isEqualTo(late.room.view());
      assertThat(member.journal.followed()).contains(member.room.view());
      assertThat(member.room.state().pending()).isEmpty();
      assertThat(member.journal.rejectedTexts()).isEmpty();
      assertThat(all.stream().filter(text -> text.startsWith(author)).toList())
          .isEqualTo(posted.get(i));
    }
  }
}
