package dev.collab.examples.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.client.ClientException;
import dev.collab.client.ClientListener;
import dev.collab.client.CollabClient;
import dev.collab.client.ServerException;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.DocumentId;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.Permission;
import dev.collab.server.CollabServer;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.Scheduler;
import dev.collab.value.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassroomTest {

  private static final DocumentId LESSON = new DocumentId("lessons", "today");

  private final ScheduledExecutorService pool = Executors.newScheduledThreadPool(2);
  private final CollabServer server =
      new Rules()
          .guard(CollabServer.builder(InMemoryCoordinator.create(), pool, Scheduler.on(pool)))
          .type(TextType.TEXT)
          .build();
  private final CompletableFuture<String> error = new CompletableFuture<>();

  @AfterEach
  void close() {
    server.close();
    pool.shutdown();
  }

  private CollabClient client(String token) {
    CollabClient client =
        CollabClient.builder(InMemoryTransport.to(server))
            .tokens(() -> CompletableFuture.completedStage(token))
            .listener(
                new ClientListener() {
                  @Override
                  public void onError(CollabException told) {
                    error.complete(told.code());
                  }
                })
            .build();
    client.connect();
    return client;
  }

  @Test
  void teach_letsThePupilWriteAndSendsItAway() {
    assertThat(Classroom.teach()).isEqualTo("1 + 1 = 2, " + ClientException.KICKED);
  }

  @Test
  void client_withAnUnknownToken_isNotLetIn() {
    try (CollabClient stranger = client("guessed")) {
      assertThat(error.join()).isEqualTo(ErrorCodes.UNAUTHENTICATED);
      assertThat(stranger.user()).isEmpty();
    }
  }

  @Test
  void pupil_mayCommentAndNotWrite() {
    server
        .documents()
        .create(LESSON, TextType.TEXT, JsonValue.of("abc"))
        .toCompletableFuture()
        .join();
    try (CollabClient pupil = client("p-91c0")) {
      var board = pupil.open(LESSON, TextType.TEXT);
      assertThat(board.ready().toCompletableFuture().join()).hasToString("abc");
      assertThat(board.permission()).isEqualTo(Permission.COMMENT);
      assertThatThrownBy(
              () -> board.update(text -> TextOperation.insert(0, "x")).toCompletableFuture().join())
          .hasCauseInstanceOf(ClientException.class);
    }
  }

  @Test
  void teacher_writesAndCannotDelete() {
    try (CollabClient teacher = client("t-7f3a")) {
      var board = teacher.openOrCreate(LESSON, TextType.TEXT, JsonValue.of("abc"));
      assertThat(board.ready().toCompletableFuture().join()).hasToString("abc");
      assertThatThrownBy(() -> board.delete().toCompletableFuture().join())
          .cause()
          .isInstanceOfSatisfying(
              ServerException.class,
              refused -> {
                assertThat(refused.code()).isEqualTo(ErrorCodes.FORBIDDEN);
                assertThat(refused).hasMessageContaining("lessons are kept");
              });
      assertThat(board.state()).hasToString("abc");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Rules", "Classroom"})
  void readme_showsTheCodeThatIsCompiled(String program) throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/dev/collab/examples/access/" + program + ".java"));
    String code =
        source
            .substring(
                source.indexOf("// begin\n") + "// begin\n".length(), source.indexOf("// end\n"))
            .stripTrailing()
            .stripIndent()
            .strip();
    assertThat(Files.readString(Path.of("..", "README.md"))).contains(code);
  }
}
