package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.DocumentId;
import dev.collab.operation.CollabException;
import dev.collab.presence.User;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.Permission;
import dev.collab.server.CollabServer;
import dev.collab.server.access.AccessPolicy;
import dev.collab.server.access.Authentication;
import dev.collab.server.access.Caller;
import dev.collab.server.access.Credentials;
import dev.collab.server.access.Resource;
import dev.collab.tck.VirtualTime;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.value.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Clients of the real server that may not do everything, or not for ever. */
class AccessTest {

  private static final DocumentId ID = new DocumentId("notes", "welcome");
  private static final Resource DOCUMENT = new Resource.Document(ID);

  private final VirtualTime time = new VirtualTime();
  private final Map<String, Permission> permissions = new HashMap<>();
  private final CollabServer server =
      CollabServer.builder(
              InMemoryCoordinator.builder().executor(time).clock(time).build(), time, time)
          .type(TextType.TEXT)
          .clock(time)
          .random(new SplittableRandom(1))
          .authenticator(
              credentials -> CompletableFuture.completedStage(authentication(credentials)))
          .access(AccessPolicy.of(this::permission))
          .build();
  private long members;
  private final Member teacher = new Member("teacher");

  AccessTest() {
    server.documents().create(ID, TextType.TEXT, JsonValue.of("start"));
    permissions.put("teacher", Permission.WRITE);
    teacher.client.connect();
    settle();
    assertThat(teacher.journal.take()).contains("loaded start");
  }

  /** A token names a principal, and perhaps how many seconds of the clock it lasts, and a role. */
  private static Authentication authentication(Credentials credentials) {
    String[] parts = credentials.token().orElse("").split(":", -1);
    Authentication.Accepted accepted =
        Authentication.accepted(parts[0], User.of(parts[0], parts[0]));
    if (parts.length == 3) {
      accepted = accepted.withAttributes(Map.of("role", parts[2]));
    }
    return parts.length == 1
        ? accepted
        : accepted.until(Instant.EPOCH.plusSeconds(Long.parseLong(parts[1])));
  }

  private Permission permission(Caller caller, Resource resource) {
    return caller.attribute("role").isPresent()
        ? Permission.valueOf(caller.attribute("role").orElseThrow())
        : permissions.getOrDefault(caller.principal(), Permission.READ);
  }

  /** A client with one open document, and what both tell. */
  private final class Member implements ClientListener {

    private final Deque<String> tokens = new ArrayDeque<>();
    private final List<String> events = new ArrayList<>();
    private final Network network =
        new Network(InMemoryTransport.builder(server).executor(time).build());
    private final CollabClient client;
    private final SharedDocument<Text, TextOperation> document;
    private final Journal journal;
    private final List<Permission> told = new ArrayList<>();
    private int asked;

    /** The last token is shown again and again. */
    Member(String... tokens) {
      this.tokens.addAll(List.of(tokens));
      client =
          CollabClient.builder(network)
              .executor(time)
              .scheduler(time)
              .random(new SplittableRandom(++members))
              .tokens(this::token)
              .listener(this)
              .build();
      document = client.open(ID, TextType.TEXT);
      journal = Journal.of(document);
      document.addListener(
          new DocumentListener<>() {
            @Override
            public void onPermission(Permission permission) {
              told.add(permission);
            }
          });
    }

    private CompletableFuture<String> token() {
      asked++;
      return CompletableFuture.completedFuture(
          tokens.size() > 1 ? tokens.remove() : tokens.element());
    }

    Member connect() {
      client.connect();
      settle();
      assertThat(journal.take()).contains("loaded start");
      events.clear();
      return this;
    }

    void insert(String text) {
      document.edit(TextOperation.insert(0, text));
    }

    @Override
    public void onStatus(ClientStatus status) {
      events.add(status.toString());
    }

    @Override
    public void onError(CollabException error) {
      events.add(error.code());
    }
  }

  private void settle() {
    time.pass(Duration.ofSeconds(10));
  }

  private void change(String principal, Permission permission) {
    permissions.put(principal, permission);
    server.access().permissionsChanged(principal);
  }

  private void assertText(String text, Member... members) {
    for (Member member : members) {
      assertThat(member.document.state()).hasToString(text);
      assertThat(member.journal.followed()).isEqualTo(text);
      assertThat(member.document.hasUnsavedChanges()).isFalse();
    }
  }

  @Test
  void edit_ofAReader_isRefusedBeforeItIsMadeAndTheReaderFollows() {
    Member pupil = new Member("pupil").connect();
    assertThat(pupil.document.permission()).isEqualTo(Permission.READ);
    assertThatThrownBy(() -> pupil.insert("x"))
        .isInstanceOfSatisfying(
            ClientException.class, e -> assertThat(e.code()).isEqualTo(ClientException.READ_ONLY));
    teacher.insert("re");
    settle();
    assertThat(pupil.journal.take()).containsExactly("REMOTE restart");
    assertText("restart", teacher, pupil);
  }

  @Test
  void reader_whoMayWriteFromNowOn_typesOnTheSameConnection() {
    Member pupil = new Member("pupil").connect();
    change("pupil", Permission.WRITE);
    settle();
    assertThat(pupil.told).containsExactly(Permission.READ, Permission.WRITE);
    pupil.insert("re");
    settle();
    assertText("restart", teacher, pupil);
    assertThat(pupil.events).isEmpty();
  }

  @Test
  void downgrade_whileAnEditIsOnItsWay_decidesItOrHandsItBack() {
    Set<String> outcomes = new TreeSet<>();
    for (int turns = 0; turns < 60; turns++) {
      outcomes.add(new AccessTest().downgrade(turns));
    }
    assertThat(outcomes).contains("committed", "handed back", "refused here");
  }

  /** Edits so many turns of the queue behind a downgrade, and tells what became of it. */
  private String downgrade(int turns) {
    permissions.put("pupil", Permission.WRITE);
    Member pupil = new Member("pupil").connect();
    List<String> refused = new ArrayList<>();
    change("pupil", Permission.READ);
    after(
        turns,
        () -> {
          try {
            pupil.insert("re");
          } catch (ClientException e) {
            refused.add(e.code());
          }
        });
    settle();
    assertThat(pupil.document.permission()).isEqualTo(Permission.READ);
    assertThat(pupil.events).as("the connection lasts").isEmpty();
    List<String> journal = pupil.journal.take();
    if (!refused.isEmpty()) {
      assertThat(refused).containsExactly(ClientException.READ_ONLY);
      assertThat(journal).isEmpty();
      assertText("start", teacher, pupil);
      return "refused here";
    }
    if (journal.contains("REJECTED start")) {
      assertThat(journal)
          .contains("rejected " + ErrorCodes.FORBIDDEN + " " + TextOperation.insert(0, "re"));
      assertText("start", teacher, pupil);
      return "handed back";
    }
    assertText("restart", teacher, pupil);
    return "committed";
  }

  private void after(int turns, Runnable task) {
    time.execute(turns == 0 ? task : () -> after(turns - 1, task));
  }

  @Test
  void edit_madeOffline_isHandedBackIfItMayNotBeMadeAnyMore() {
    permissions.put("pupil", Permission.WRITE);
    Member pupil = new Member("pupil").connect();
    pupil.client.disconnect();
    time.runDue();
    pupil.insert("lost ");
    change("pupil", Permission.READ);
    settle();
    pupil.journal.take();
    pupil.client.connect();
    settle();
    assertThat(pupil.journal.take())
        .containsExactly(
            "REJECTED start",
            "rejected " + ErrorCodes.FORBIDDEN + " " + TextOperation.insert(0, "lost "),
            "saved");
    assertText("start", teacher, pupil);
  }

  @Test
  void accessWithdrawn_keepsWhatIsKnownAndCatchesUpOverTheNextConnection() {
    Member pupil = new Member("pupil").connect();
    change("pupil", Permission.NONE);
    settle();
    teacher.insert("secret ");
    settle();
    assertThat(pupil.document.state()).hasToString("start");
    change("pupil", Permission.READ);
    pupil.network.cut();
    settle();
    assertText("secret start", teacher, pupil);
  }

  @Test
  void accessWithdrawnAndGivenAgain_isGoneOnWithOnTheSameConnection() {
    permissions.put("pupil", Permission.WRITE);
    Member pupil = new Member("pupil").connect();
    SharedChatRoom room = pupil.client.chat("lobby");
    var here = pupil.document.openPresence();
    var seen = teacher.document.openPresence();
    here.show(JsonValue.object("name", JsonValue.of("pupil")));
    seen.show(JsonValue.object("name", JsonValue.of("teacher")));
    settle();
    assertThat(here.others()).hasSize(1);
    assertThat(seen.others()).hasSize(1);
    change("pupil", Permission.NONE);
    settle();
    assertThat(here.others()).as("who is there is not for the pupil to see").isEmpty();
    assertThat(seen.others()).isEmpty();
    teacher.insert("secret ");
    var unused = teacher.client.chat("lobby").post("whispered");
    time.pass(Duration.ofMinutes(5));
    assertThat(pupil.document.state()).hasToString("start");
    assertThat(room.state().view().orElseThrow().messages()).isEmpty();
    permissions.put("pupil", Permission.WRITE);
    server.access().permissionsChanged("pupil");
    time.pass(Duration.ofSeconds(31));
    assertText("secret start", teacher, pupil);
    assertThat(room.state().view().orElseThrow().messages()).hasSize(1);
    assertThat(here.others()).hasSize(1);
    assertThat(seen.others()).hasSize(1);
    pupil.insert("no ");
    settle();
    assertText("no secret start", teacher, pupil);
    assertThat(pupil.events).as("the connection lasts").isEmpty();
    assertThat(pupil.told).containsExactly(Permission.NONE, Permission.WRITE);
  }

  @Test
  void presence_ofWhoMayNotShowItForAWhile_isShownAgain() {
    permissions.put("pupil", Permission.COMMENT);
    Member pupil = new Member("pupil").connect();
    var here = pupil.document.openPresence();
    var seen = teacher.document.openPresence();
    here.show(JsonValue.object("name", JsonValue.of("pupil")));
    seen.show(JsonValue.object("name", JsonValue.of("teacher")));
    settle();
    change("pupil", Permission.READ);
    settle();
    assertThat(seen.others()).isEmpty();
    assertThat(here.others()).hasSize(1);
    change("pupil", Permission.COMMENT);
    settle();
    assertThat(seen.others()).hasSize(1);
    assertThat(here.others()).hasSize(1);
    assertThat(pupil.events).isEmpty();
  }

  @Test
  void kick_isToldAndTheClientStaysAwayUntilItIsSentBack() {
    permissions.put("pupil", Permission.WRITE);
    Member pupil = new Member("pupil").connect();
    server.access().kick("pupil", "that is enough");
    time.pass(Duration.ofMinutes(10));
    assertThat(pupil.events).containsExactly(ClientException.KICKED, "DISCONNECTED");
    assertThat(pupil.asked).isEqualTo(1);
    pupil.insert("re");
    assertThat(pupil.document.pendingEdits()).hasSize(1);
    assertThat(teacher.client.status()).isEqualTo(ClientStatus.CONNECTED);
    pupil.client.connect();
    settle();
    assertText("restart", teacher, pupil);
  }

  @Test
  void token_thatRunsOutBeforeItIsRenewed_isFollowedByANewerOneOnANewConnection() {
    permissions.put("pupil", Permission.WRITE);
    Member pupil = new Member("pupil:60", "eve:600", "pupil:600").connect();
    time.pass(Duration.ofMinutes(1));
    settle();
    assertThat(pupil.events).contains("CONNECTING").endsWith("CONNECTED");
    pupil.insert("re");
    settle();
    assertText("restart", teacher, pupil);
  }

  @Test
  void token_thatIsRenewed_keepsTheConnection() {
    Member pupil = new Member("pupil:60", "pupil:120", "pupil:180").connect();
    time.pass(Duration.ofSeconds(150));
    assertThat(pupil.asked).isGreaterThanOrEqualTo(3);
    assertThat(pupil.events).isEmpty();
    assertThat(pupil.client.status()).isEqualTo(ClientStatus.CONNECTED);
  }

  @Test
  void token_renewedWithAnotherRole_changesWhatTheUserMayDo() {
    Member pupil = new Member("pupil:60:READ", "pupil:600:WRITE", "pupil:6000:READ").connect();
    time.pass(Duration.ofSeconds(60));
    assertThat(pupil.told).containsExactly(Permission.READ, Permission.WRITE);
    pupil.insert("re");
    settle();
    assertText("restart", teacher, pupil);
    time.pass(Duration.ofSeconds(600));
    assertThat(pupil.document.permission()).isEqualTo(Permission.READ);
    assertThat(pupil.events).isEmpty();
  }
}
