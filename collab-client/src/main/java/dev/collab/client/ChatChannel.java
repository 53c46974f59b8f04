package dev.collab.client;

import dev.collab.chat.ChatChange;
import dev.collab.chat.ChatChanges;
import dev.collab.chat.ChatEvent;
import dev.collab.chat.ChatMember;
import dev.collab.chat.ChatPage;
import dev.collab.chat.ChatUpdate;
import dev.collab.chat.ChatView;
import dev.collab.chat.ChatWire;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ChatHistoryRequest;
import dev.collab.protocol.ChatNotice;
import dev.collab.protocol.ErrorCodes;
import dev.collab.protocol.Permission;
import dev.collab.protocol.WireError;
import dev.collab.value.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one chat room in step with the server: decides what its messages mean.
 *
 * <ol>
 *   <li>The view takes in one entry after the other. When one is missing, or an answer does not say
 *       what it has done, the room is subscribed to again from the version that is here.
 *   <li>What is asked for here is sent independently of that, in order, one at a time.
 * </ol>
 *
 * <p>Confined: callers must serialise calls.
 */
final class ChatChannel implements ChatReader.Owner, ChatSubmitter.Owner {

  private static final ChatChanges NOTHING = new ChatChanges(List.of(), 1);

  private final String room;
  private final Author author;
  private final ChatAudience audience;
  private final ChatSubmitter submitter;
  private final ChatReader reader;
  private final ChatPages pages;
  private final OwnTyping ownTyping;
  private final OthersTyping othersTyping;
  private final ReadMark mark;
  private final Runnable whenClosed;
  private final List<CompletableFuture<Void>> closing = new ArrayList<>();
  private @Nullable ChatView view;

  /** How often messages were forgotten; a page that was asked for before is not taken in. */
  private long forgotten;

  private ChatStatus status = ChatStatus.LOADING;
  private Permission permission = Permission.WRITE;

  ChatChannel(
      String room,
      Settings settings,
      Author author,
      LongSupplier numbers,
      ChatAudience audience,
      Runnable whenClosed) {
    this.room = room;
    this.author = author;
    this.audience = audience;
    this.whenClosed = whenClosed;
    this.submitter = new ChatSubmitter(room, settings, author, this);
    this.reader = new ChatReader(room, settings, this);
    this.pages = new ChatPages(settings, numbers);
    this.ownTyping = new OwnTyping(room, settings);
    this.othersTyping = new OthersTyping(settings.confinement(), this::look);
    this.mark = new ReadMark(room, settings);
  }

  String room() {
    return room;
  }

  // The connection.

  /** Uses a new connection: first what is outstanding is sent, then the room is subscribed to. */
  void connected(Session opened) {
    if (opened.isExtended()) {
      submitter.start(opened);
      reader.start(opened);
      pages.start(opened);
      ownTyping.start(opened);
      mark.start(opened);
    } else {
      ServerException error =
          new ServerException(
              new WireError(ErrorCodes.ACTION_NOT_SUPPORTED, "the server has no chat"));
      submitter.rejectAll(error);
      refused(error);
    }
    settle();
  }

  void distrust() {
    reader.distrust();
  }

  void disconnected() {
    submitter.stop();
    reader.stop();
    pages.stop();
    ownTyping.stop();
    mark.stop();
    othersTyping.clear();
    look();
  }

  /** Returns the number of the oldest message that waits for an answer; the greatest if none. */
  long oldestUnanswered() {
    long oldest = Long.MAX_VALUE;
    for (long number :
        new long[] {submitter.unanswered(), reader.unanswered(), pages.unanswered()}) {
      oldest = number == 0 ? oldest : Math.min(oldest, number);
    }
    return oldest;
  }

  // What the application does.

  void submit(ChatEvent event, ChatSubmitter.Waiter waiter) {
    requireOpen();
    boolean writes = event.kind() == ChatEvent.Kind.POST || event.kind() == ChatEvent.Kind.EDIT;
    if (writes && permission.compareTo(Permission.WRITE) < 0) {
      throw new ClientException(
          ClientException.CHAT_READ_ONLY, "the user may not post in the room");
    }
    if (writes) {
      ownTyping.stopped();
    }
    submitter.add(event, waiter);
    look();
  }

  private void requireOpen() {
    if (status == ChatStatus.CLOSED || !closing.isEmpty()) {
      throw closed();
    }
  }

  private static ClientException closed() {
    return new ClientException(ClientException.CHAT_CLOSED, "the room was closed");
  }

  void typed() {
    ownTyping.typed();
  }

  void stoppedTyping() {
    ownTyping.stopped();
  }

  void markRead(long id) {
    mark.mark(id);
    look();
  }

  /** Adds older messages to the view. */
  void loadOlder(int limit, CompletableFuture<Boolean> done) {
    requireOpen();
    if (view == null || !view.hasOlder()) {
      audience.complete(done, false);
      return;
    }
    long before = view.oldestKnown();
    long asked = forgotten;
    pages.ask(
        number -> ChatHistoryRequest.before(room, number, before).withLimit(limit),
        page -> {
          if (asked == forgotten) {
            older(before, page);
          }
          audience.complete(done, view != null && view.hasOlder());
        },
        error -> audience.fail(done, error));
  }

  private void older(long before, ChatPage page) {
    if (view != null) {
      show(view.older(before, page));
    }
  }

  /** Forgets all but the newest messages. */
  void keepNewest(int limit) {
    if (view != null) {
      forgotten++; // with what was heard of messages on pages that are under way
      show(view.newest(limit));
    }
  }

  private void show(ChatView next) {
    if (!next.equals(view)) {
      view = next;
      audience.history(next);
      look();
    }
  }

  /** Asks for a page, which is not added to the view. */
  void page(LongFunction<ChatHistoryRequest> request, CompletableFuture<ChatPage> done) {
    requireOpen();
    pages.ask(request, page -> audience.complete(done, page), error -> audience.fail(done, error));
  }

  /** Closes the room as soon as everything is answered. */
  void close(CompletableFuture<Void> done) {
    if (status == ChatStatus.CLOSED) {
      audience.complete(done);
    } else {
      closing.add(done);
      settle();
    }
  }

  /** Closes the room now. */
  void abandon() {
    if (status == ChatStatus.CLOSED) {
      return;
    }
    boolean unanswered = !submitter.outbox().unanswered().isEmpty();
    ownTyping.stopped();
    reader.giveUp();
    status = ChatStatus.CLOSED;
    disconnected();
    submitter.close(closed());
    pages.close(closed());
    audience.unavailable(closed());
    List<CompletableFuture<Void>> waiting = List.copyOf(closing);
    closing.clear();
    for (CompletableFuture<Void> done : waiting) {
      if (unanswered) {
        audience.fail(done, closed());
      } else {
        audience.complete(done);
      }
    }
    whenClosed.run();
  }

  /** Shows how all is now, and does what can be done next. */
  private void settle() {
    look();
    if (!closing.isEmpty() && submitter.outbox().unanswered().isEmpty()) {
      abandon();
    }
  }

  private void look() {
    Optional<ChatView> known = Optional.ofNullable(view);
    if (reader.isRefused()) {
      submitter.seen(Long.MAX_VALUE); // the view will not show it
    } else {
      known.map(ChatView::version).ifPresent(submitter::seen);
    }
    author
        .user()
        .flatMap(user -> known.flatMap(room -> room.member(user.id())))
        .map(ChatMember::read)
        .ifPresent(mark::shown);
    audience.look(
        new ChatState(
            status,
            permission,
            known,
            submitter.outbox().pending(),
            othersTyping.users(),
            mark.read()));
  }

  // What the server says.

  void received(ChatNotice notice) {
    switch (notice.kind()) {
      case CHAT_STATE -> reader.onState((ChatNotice.State) notice);
      case CHAT_DONE -> ((ChatNotice.Done) notice).version().ifPresent(reader::onSubscribed);
      case CHAT_ACKNOWLEDGED -> acknowledged((ChatNotice.Acknowledged) notice);
      case CHAT_EVENT -> {
        ChatNotice.Event event = (ChatNotice.Event) notice;
        changes(event.event()).ifPresent(changes -> receive(event.version(), changes));
      }
      case CHAT_PAGE -> pages.onPage((ChatNotice.Page) notice);
      case CHAT_TYPING -> othersTyping.told((ChatNotice.Typing) notice);
      case CHAT_ACCESS -> access(((ChatNotice.Access) notice).permission());
      default -> {} // an answer that says no more than that the request has come
    }
    settle();
  }

  private void acknowledged(ChatNotice.Acknowledged notice) {
    if (!submitter.isOutstanding(notice.sequence())) {
      return;
    }
    ChatChanges told = changes(notice.event()).orElse(NOTHING);
    if (told.changes().isEmpty()) {
      reader.catchUp(); // the server no longer knows what it did
    } else {
      receive(notice.version(), told);
    }
    submitter.committed(notice.version(), told);
  }

  private Optional<ChatChanges> changes(JsonObject event) {
    try {
      return Optional.of(ChatWire.readChanges(event));
    } catch (RuntimeException e) {
      audience.failed(ChatReader.unreadable(e));
      reader.startOver();
      return Optional.empty();
    }
  }

  private void receive(long version, ChatChanges changes) {
    if (view == null) {
      return; // the state is on its way
    }
    ChatUpdate update = view.receive(version, changes);
    if (update instanceof ChatUpdate.Changed changed) {
      ChatView next = changed.view();
      view = next;
      audience.changed(changes, next);
      for (ChatChange change : changes.changes()) {
        if (change instanceof ChatChange.Posted posted) {
          othersTyping.stopped(posted.message().author().id());
        }
      }
    } else if (update instanceof ChatUpdate.Gap) {
      reader.catchUp();
    }
  }

  private void access(Permission next) {
    permission = next;
    if (next == Permission.NONE) {
      reader.onWithdrawn();
    } else {
      reader.onAllowed();
    }
  }

  /** A request failed. */
  void failed(String action, long number, WireError error) {
    switch (action) {
      case "cp" -> {
        if (submitter.isOutstanding(number)) {
          submitter.failed(error);
        }
      }
      case "cs" -> reader.onFailed(error);
      case "ch" -> pages.onFailed(number, error);
      case "cr" -> mark.failed(error);
      default -> {} // whether the user types is told again anyway
    }
    settle();
  }

  // What reader and submitter found.

  @Override
  public Optional<ChatView> view() {
    return Optional.ofNullable(view);
  }

  @Override
  public void read(ChatView state) {
    view = state;
    status = ChatStatus.LIVE;
    audience.loaded(state);
  }

  @Override
  public void refused(CollabException error) {
    othersTyping.clear();
    audience.failed(error);
    audience.unavailable(error);
  }

  @Override
  public void failedForNow(CollabException error) {
    audience.failed(error);
  }

  @Override
  public void rejected(ChatEvent event, CollabException error) {
    audience.rejected(event, error);
    look();
  }

  @Override
  public void committed() {
    look();
  }

  @Override
  public void proceeded() {
    settle();
  }
}
