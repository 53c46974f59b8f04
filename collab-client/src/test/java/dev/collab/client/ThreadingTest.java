package dev.collab.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.collab.chat.ChatChanges;
import dev.collab.chat.ChatMessage;
import dev.collab.chat.ChatView;
import dev.collab.coordinator.InMemoryCoordinator;
import dev.collab.document.DocumentId;
import dev.collab.operation.InvalidOperationException;
import dev.collab.server.CollabServer;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.transport.InMemoryTransport;
import dev.collab.transport.Scheduler;
import dev.collab.value.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client on real threads. */
@Timeout(60)
class ThreadingTest {

  private static final DocumentId ID = new DocumentId("notes", "threads");

  private final ScheduledExecutorService pool = new ScheduledThreadPoolExecutor(3);
  private final Scheduler scheduler = Scheduler.on(pool);
  private final CollabServer server =
      CollabServer.builder(InMemoryCoordinator.builder().executor(pool).build(), pool, scheduler)
          .type(TextType.TEXT)
          .build();
  private final InMemoryTransport transport =
      InMemoryTransport.builder(server).executor(pool).build();
  private final List<CollabClient> clients = new ArrayList<>();

  @AfterEach
  void stop() {
    clients.forEach(CollabClient::close);
    server.close();
    pool.shutdownNow();
  }

  private CollabClient connect(CollabClient.Builder builder) {
    CollabClient client = builder.build();
    clients.add(client);
    client.connect();
    return client;
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static SharedDocument<Text, TextOperation> open(CollabClient client) {
    return client.openOrCreate(ID, TextType.TEXT, JsonValue.NULL);
  }

  @Test
  void update_fromManyThreadsOfSeveralClients_converges() throws InterruptedException {
    List<SharedDocument<Text, TextOperation>> documents = new ArrayList<>();
    documents.add(open(connect(CollabClient.builder(transport))));
    documents.add(open(connect(CollabClient.builder(transport).executor(pool))));
    documents.add(
        open(connect(CollabClient.builder(transport).executor(pool).scheduler(scheduler))));
    documents.forEach(document -> await(document.ready()));
    CountDownLatch finished = new CountDownLatch(6);
    for (int i = 0; i < 6; i++) {
      SharedDocument<Text, TextOperation> document = documents.get(i % 3);
      Thread thread =
          new Thread(
              () -> {
                for (int edit = 0; edit < 100; edit++) {
                  await(document.update(text -> TextOperation.insert(text.length(), "x")));
                }
                finished.countDown();
              });
      thread.start();
    }
    assertThat(finished.await(50, TimeUnit.SECONDS)).isTrue();
    documents.forEach(document -> await(document.whenSaved()));
    documents.forEach(document -> await(document.sync()));
    for (SharedDocument<Text, TextOperation> document : documents) {
      assertThat(document.state().length()).isEqualTo(600);
      assertThat(document.revision()).isEqualTo(documents.get(0).revision());
    }
  }

  @Test
  void update_withAnEditThatDoesNotFit_failsAndChangesNothing() {
    SharedDocument<Text, TextOperation> document = open(connect(CollabClient.builder(transport)));
    await(document.ready());
    assertThatThrownBy(() -> await(document.update(text -> TextOperation.delete(0, 1))))
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(InvalidOperationException.class);
    assertThat(document.hasUnsavedChanges()).isFalse();
  }

  @Test
  void edit_outsideTheClientsOwnThread_throws() {
    CollabClient client = connect(CollabClient.builder(transport));
    SharedDocument<Text, TextOperation> document = open(client);
    await(document.ready());
    assertThatThrownBy(() -> document.edit(TextOperation.insert(0, "x")))
        .isInstanceOf(IllegalStateException.class);
    CompletableFuture<String> seen = new CompletableFuture<>();
    client.execute(
        () -> {
          document.edit(TextOperation.insert(0, "x"));
          seen.complete(document.state().toString());
        });
    assertThat(await(seen)).isEqualTo("x");
  }

  @Test
  void listeners_areCalledOnTheClientsThread() throws InterruptedException {
    SharedDocument<Text, TextOperation> document = open(connect(CollabClient.builder(transport)));
    await(document.ready());
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    document.addListener(
        new DocumentListener<>() {
          @Override
          public void onChange(TextOperation change, Origin origin, Text state) {
            threads.add(Thread.currentThread().getName());
          }
        });
    await(document.update(text -> TextOperation.insert(0, "x")));
    assertThat(threads.poll(30, TimeUnit.SECONDS)).isEqualTo("collab-client");
  }

  @Test
  void post_fromManyThreadsOfSeveralClients_isThereOnce() throws InterruptedException {
    List<SharedChatRoom> rooms = new ArrayList<>();
    rooms.add(connect(CollabClient.builder(transport)).chat("team"));
    rooms.add(connect(CollabClient.builder(transport).executor(pool)).chat("team"));
    rooms.add(
        connect(CollabClient.builder(transport).executor(pool).scheduler(scheduler)).chat("team"));
    CountDownLatch finished = new CountDownLatch(6);
    for (int i = 0; i < 6; i++) {
      int number = i;
      SharedChatRoom room = rooms.get(i % 3);
      Thread thread =
          new Thread(
              () -> {
                for (int post = 0; post < 8; post++) {
                  await(room.post(number + ":" + post));
                }
                finished.countDown();
              });
      thread.start();
    }
    assertThat(finished.await(50, TimeUnit.SECONDS)).isTrue();
    List<ChatMessage> all = await(rooms.get(0).newest(100)).messages();
    assertThat(all).extracting(ChatMessage::text).doesNotHaveDuplicates().hasSize(48);
    for (SharedChatRoom room : rooms) {
      CompletableFuture<Void> seen = new CompletableFuture<>();
      room.addListener(
          new ChatListener() {
            @Override
            public void onChange(ChatChanges changes, ChatView view) {
              if (view.last() >= 49) {
                seen.complete(null);
              }
            }
          });
      if (rooms.get(0) == room) {
        await(room.post("the end"));
      }
      if (room.view().last() < 49) {
        await(seen);
      }
      assertThat(room.view().messages()).startsWith(all.toArray(ChatMessage[]::new));
    }
  }

  @Test
  void chatListeners_areCalledOnTheClientsThread() throws InterruptedException {
    SharedChatRoom room = connect(CollabClient.builder(transport)).chat("team");
    await(room.ready());
    BlockingQueue<String> threads = new LinkedBlockingQueue<>();
    room.addListener(
        new ChatListener() {
          @Override
          public void onPending(List<PendingEvent> pending) {
            threads.add(Thread.currentThread().getName());
          }
        });
    await(room.post("x"));
    assertThat(threads.poll(30, TimeUnit.SECONDS)).isEqualTo("collab-client");
  }

  @Test
  void close_endsTheThreadAndFailsWhatComesLater() throws InterruptedException {
    CollabClient client = connect(CollabClient.builder(transport));
    SharedDocument<Text, TextOperation> document = open(client);
    await(document.ready());
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    client.execute(() -> thread.complete(Thread.currentThread()));
    client.close();
    await(thread).join(30_000);
    assertThat(await(thread).isAlive()).isFalse();
    assertThatThrownBy(() -> await(document.update(text -> TextOperation.insert(0, "x"))))
        .hasCauseInstanceOf(ClientException.class);
    assertThatThrownBy(() -> open(client)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void edit_byAListener_isToldAfterWhatCausedIt() {
    Script script = new Script();
    SharedDocument<Text, TextOperation> document = script.openAt1("");
    List<String> first = new ArrayList<>();
    List<String> second = new ArrayList<>();
    document.addListener(
        new DocumentListener<>() {
          @Override
          public void onChange(TextOperation change, Origin origin, Text state) {
            first.add(state.toString());
            if (state.length() < 3) {
              document.edit(TextOperation.insert(state.length(), "+"));
              assertThat(document.state().length()).isEqualTo(state.length() + 1);
            }
          }
        });
    document.addListener(
        new DocumentListener<>() {
          @Override
          public void onChange(TextOperation change, Origin origin, Text state) {
            second.add(state.toString());
          }
        });
    Script.insert(document, 0, "x");
    assertThat(first).containsExactly("x", "x+", "x++");
    assertThat(second).containsExactly("x", "x+", "x++");
  }

  @Test
  void listenerThatThrows_harmsNobody() {
    Script script = new Script();
    SharedDocument<Text, TextOperation> document = script.openAt1("");
    document.addListener(
        new DocumentListener<>() {
          @Override
          public void onChange(TextOperation change, Origin origin, Text state) {
            throw new IllegalStateException("a listener's own fault");
          }
        });
    Journal journal = Journal.of(document);
    Script.insert(document, 0, "x");
    assertThat(journal.take()).containsExactly("LOCAL x", "unsaved");
    document.removeListener(journal);
    Script.insert(document, 0, "y");
    assertThat(journal.take()).isEmpty();
  }
}
