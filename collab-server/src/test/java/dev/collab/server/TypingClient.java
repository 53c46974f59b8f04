package dev.collab.server;

import dev.collab.document.ClientId;
import dev.collab.document.DocumentId;
import dev.collab.document.OperationId;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.protocol.Change;
import dev.collab.protocol.ClientMessage;
import dev.collab.protocol.Dialect;
import dev.collab.protocol.DocumentRequest;
import dev.collab.protocol.ErrorReply;
import dev.collab.protocol.HandshakeReply;
import dev.collab.protocol.HandshakeRequest;
import dev.collab.protocol.JsonCodec;
import dev.collab.protocol.ServerMessage;
import dev.collab.protocol.SubmitRequest;
import dev.collab.protocol.WireLimits;
import dev.collab.sync.Replica;
import dev.collab.sync.Update;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import dev.collab.transport.CloseReason;
import dev.collab.transport.Connection;
import dev.collab.transport.ConnectionListener;
import dev.collab.transport.Transport;
import dev.collab.value.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A simple client with one document: types a word whenever it may send, drops its connection now
 * and then, and comes back. Its lock makes it serial.
 */
final class TypingClient {

  static final DocumentId ID = new DocumentId("c", "d");

  private static final JsonCodec CODEC = new JsonCodec(WireLimits.DEFAULT, Dialect.EXTENDED);
  private static final ClientId SELF = new ClientId("self");

  private final Transport transport;
  private final String secret;
  private final int edits;
  private final Random random;
  private final List<String> sent = new ArrayList<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private final CompletableFuture<Void> caughtUp = new CompletableFuture<>();
  private @Nullable Connection connection;
  private @Nullable Replica<Text, TextOperation> replica;
  private long sequence;
  private long target = Long.MAX_VALUE;

  TypingClient(Transport transport, int number, int edits) {
    this.transport = transport;
    this.secret = String.valueOf((char) ('a' + number)).repeat(22);
    this.edits = edits;
    this.random = new Random(number);
  }

  /** Completes when everything typed is acknowledged. */
  CompletableFuture<Void> done() {
    return done;
  }

  synchronized List<String> sent() {
    return List.copyOf(sent);
  }

  synchronized String text() {
    return replica().state().toString();
  }

  /** Completes when a revision is reached. */
  synchronized CompletableFuture<Void> catchUp(long revision) {
    target = revision;
    check();
    return caughtUp;
  }

  void connect() {
    transport
        .connect(new Events())
        .whenComplete(
            (opened, failure) -> {
              if (failure != null) {
                fail(failure);
              } else {
                opened(opened);
              }
            });
  }

  private synchronized void opened(Connection opened) {
    connection = opened;
    say(HandshakeRequest.returning(secret, true));
  }

  /** What one connection brings; an old connection's late frames are ignored. */
  private final class Events implements ConnectionListener {

    private boolean over;

    @Override
    public void onFrame(String frame) {
      synchronized (TypingClient.this) {
        if (!over) {
          try {
            CODEC.decodeServerFrame(frame).forEach(TypingClient.this::handle);
          } catch (RuntimeException | Error e) {
            fail(e);
          }
        }
      }
    }

    @Override
    public void onOversizedFrame(int limit) {
      fail(new AssertionError("a frame is too long"));
    }

    @Override
    public void onClosed(CloseReason reason) {
      synchronized (TypingClient.this) {
        over = true;
        connection = null;
      }
      connect();
    }
  }

  private void handle(ServerMessage message) {
    if (message instanceof HandshakeReply) {
      handshaken();
    } else if (message instanceof ServerMessage.State state) {
      if (state.state().type().isEmpty()) {
        submit(++sequence, state.state().version(), create());
      } else if (replica == null) {
        replica =
            Replica.of(
                TextType.TEXT,
                state.state().version(),
                TextType.TEXT.create(state.state().data()),
                1 << 20);
        type();
      }
    } else if (message instanceof ServerMessage.Committed committed) {
      committed(committed);
    } else if (message instanceof ErrorReply error) {
      if (error.error().code().equals("ERR_UNAVAILABLE")) {
        cut(); // to come back and ask again
        return;
      }
      if (!error.error().code().equals("ERR_DOC_ALREADY_CREATED")) {
        throw new AssertionError(error.error().code() + ": " + error.error().message());
      }
      if (replica == null) {
        say(DocumentRequest.of(ClientMessage.Kind.SUBSCRIBE, ID.collection(), ID.id()));
      }
    }
    check();
  }

  private static Change create() {
    return new Change.Create(TextType.TEXT.uri(), JsonValue.NULL);
  }

  private void handshaken() {
    if (replica == null) {
      say(DocumentRequest.of(ClientMessage.Kind.SUBSCRIBE, ID.collection(), ID.id()));
      return;
    }
    replica().outstanding().ifPresent(this::submit);
    say(
        DocumentRequest.since(
            ClientMessage.Kind.SUBSCRIBE, ID.collection(), ID.id(), replica().revision()));
    type();
  }

  private void committed(ServerMessage.Committed entry) {
    if (replica == null) {
      say(DocumentRequest.of(ClientMessage.Kind.SUBSCRIBE, ID.collection(), ID.id()));
      return;
    }
    boolean own = entry.source().equals(secret);
    OperationId id = new OperationId(own ? SELF : new ClientId("other"), entry.sequence());
    Update<Text, TextOperation> update =
        entry.change() instanceof Change.Edit edit
            ? replica()
                .receive(id, entry.version(), TextType.TEXT.decodeOperation(edit.operation()))
            : replica().acknowledge(id, entry.version());
    if (update instanceof Update.Changed<Text, TextOperation> changed) {
      replica = changed.next();
    } else if (update instanceof Update.Acknowledged<Text, TextOperation> acknowledged) {
      replica = acknowledged.next();
      type();
    } else if (update instanceof Update.Gap<Text, TextOperation> gap) {
      throw new AssertionError("entries behind " + gap.from() + " are missing before " + entry);
    }
  }

  private void type() {
    if (replica().outstanding().isPresent() || sent.size() == edits) {
      return;
    }
    String word = "<" + secret.charAt(0) + sent.size() + ">";
    sent.add(word);
    Text shown = replica().state();
    int length = Math.toIntExact(shown.length());
    replica =
        replica()
            .edit(TextOperation.insert(wordBoundary(shown, random.nextInt(length + 1)), word))
            .send(new OperationId(SELF, ++sequence));
    replica().outstanding().ifPresent(this::submit);
    if (random.nextInt(25) == 0) {
      cut();
    }
  }

  private void cut() {
    Connection open = connection;
    if (open != null) {
      open.close(CloseReason.GOING_AWAY);
    }
  }

  /** Words are not torn, so that each can be found. */
  private static int wordBoundary(Text text, int position) {
    int boundary = text.toString().lastIndexOf('<', position);
    return Math.max(0, boundary);
  }

  private void submit(Submission submission) {
    TextOperation operation = (TextOperation) ((Proposal.Edit) submission.proposal()).operation();
    submit(
        submission.id().sequence(),
        submission.baseRevision(),
        new Change.Edit(TextType.TEXT.encodeOperation(operation)));
  }

  private void submit(long number, long base, Change change) {
    say(
        SubmitRequest.builder(ID.collection(), ID.id(), number, change)
            .version(base)
            .source(secret)
            .build());
  }

  private void check() {
    if (replica == null) {
      return;
    }
    if (sent.size() == edits && replica().outstanding().isEmpty()) {
      done.complete(null);
    }
    if (replica().revision() >= target) {
      caughtUp.complete(null);
    }
  }

  private void say(ClientMessage message) {
    Connection open = connection;
    if (open != null) {
      open.send(CODEC.encode(message));
    }
  }

  private void fail(Throwable failure) {
    done.completeExceptionally(failure);
    caughtUp.completeExceptionally(failure);
  }

  private Replica<Text, TextOperation> replica() {
    if (replica == null) {
      throw new IllegalStateException("the document was not read yet");
    }
    return replica;
  }
}
