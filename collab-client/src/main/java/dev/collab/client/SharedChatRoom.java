package dev.collab.client;

import static java.util.Objects.requireNonNull;

import dev.collab.chat.ChatChange;
import dev.collab.chat.ChatChanges;
import dev.collab.chat.ChatContent;
import dev.collab.chat.ChatEvent;
import dev.collab.chat.ChatMessage;
import dev.collab.chat.ChatPage;
import dev.collab.chat.ChatRetention;
import dev.collab.chat.ChatView;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ChatHistoryRequest;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * A chat room: members, and messages in one order for everybody, with ids and times given by the
 * server.
 *
 * <p>What is asked for here (a message, a change of one, to join or to leave) waits in order while
 * there is no connection, is sent again by itself if a connection breaks, and happens at most once.
 * The stage of each completes when it stands in the room's log. It fails with the server's code if
 * it was refused, with {@link ClientException#CHAT_UNDECIDED} if nobody can tell whether it has
 * happened, with {@link ClientException#CHAT_CLOSED} if the room is closed before it is answered,
 * and with {@link ClientException#QUEUE_FULL} if 1,000 of them wait. Listeners are told of the
 * first two with what the user wrote, so that no text is lost.
 *
 * <p>{@link #state} may be read on any thread and is the newest that is known. Listeners and the
 * actions behind stages run on the client's executor.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class SharedChatRoom {

  private final String name;
  private final Confinement confinement;
  private final ChatAudience audience;
  private final ChatChannel channel;

  SharedChatRoom(String name, Confinement confinement, ChatAudience audience, ChatChannel channel) {
    this.name = name;
    this.confinement = confinement;
    this.audience = audience;
    this.channel = channel;
  }

  /**
   * Returns the room's name.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns what is known of the room, with what was asked for here.
   *
   * @return all of it, as it was at one moment
   */
  public ChatState state() {
    return audience.state();
  }

  /**
   * Returns members and messages as the server has them.
   *
   * @return what is known
   * @throws IllegalStateException if nothing is: the room is loading
   */
  public ChatView view() {
    return state().view().orElseThrow(() -> new IllegalStateException("the room is loading"));
  }

  /**
   * Returns a stage that completes when the room is here for the first time.
   *
   * @return completes with what is known; fails with the server's code if the room is not to be
   *     read, or with {@link ClientException#CHAT_CLOSED}. Even if it fails, the room appears as
   *     soon as the server allows it, as listeners are told
   */
  public CompletionStage<ChatView> ready() {
    return audience.ready();
  }

  /**
   * Posts a message, which makes the user a member. Until it is in the view it is among what is
   * {@link ChatState#pending}.
   *
   * @param text well-formed UTF-16, of a length that the server limits
   * @return completes with the message as it was committed; fails as said above, with {@link
   *     ClientException#CHAT_READ_ONLY} if the user may not post, or with {@link
   *     ClientException#CHAT_FORGOTTEN}
   * @throws IllegalArgumentException if {@code text} has a lone surrogate
   */
  public CompletionStage<ChatMessage> post(String text) {
    return post(ChatContent.of(text), OptionalLong.empty());
  }

  /**
   * Posts a message that may carry data or answer another one.
   *
   * @param content what it says
   * @param replyTo the id of the message that it answers, or empty
   * @return completes and fails as {@link #post(String)} does
   * @throws IllegalArgumentException if {@code replyTo} is outside 1..2^53 − 1
   */
  public CompletionStage<ChatMessage> post(ChatContent content, OptionalLong replyTo) {
    return submit(new ChatEvent.Post(content, replyTo), this::posted);
  }

  private void posted(CompletableFuture<ChatMessage> done, ChatChanges changes) {
    for (ChatChange change : changes.changes()) {
      if (change instanceof ChatChange.Posted posted) {
        audience.complete(done, posted.message());
        return;
      }
    }
    audience.fail(
        done,
        new ClientException(
            ClientException.CHAT_FORGOTTEN, "the message was posted, but its id is not known"));
  }

  /**
   * Changes a message of the user's own.
   *
   * @param id the message
   * @param content what it says from now on
   * @return completes when it is changed; fails as said above
   * @throws IllegalArgumentException if {@code id} is outside 1..2^53 − 1
   */
  public CompletionStage<Void> edit(long id, ChatContent content) {
    return submit(new ChatEvent.Edit(id, content));
  }

  /**
   * Deletes a message of the user's own, or with permission to manage any. Its author and time
   * stay.
   *
   * @param id the message
   * @return completes when it is deleted; fails as said above
   * @throws IllegalArgumentException if {@code id} is outside 1..2^53 − 1
   */
  public CompletionStage<Void> delete(long id) {
    return submit(new ChatEvent.Delete(id));
  }

  /**
   * Erases a message for good, with permission to manage. Nothing of it remains.
   *
   * @param id the message
   * @return completes when it is erased; fails as said above
   * @throws IllegalArgumentException if {@code id} is outside 1..2^53 − 1
   */
  public CompletionStage<Void> erase(long id) {
    return submit(new ChatEvent.Erase(id));
  }

  /**
   * Makes the user a member, or tells the members another name or colour.
   *
   * @return completes when it is done; fails as said above
   */
  public CompletionStage<Void> join() {
    return submit(new ChatEvent.Join());
  }

  /**
   * Ends the user's membership and forgets what the user has read. The room stays open here.
   *
   * @return completes when it is done; fails as said above
   */
  public CompletionStage<Void> leave() {
    return submit(new ChatEvent.Leave());
  }

  /**
   * Ends somebody's membership, with permission to manage.
   *
   * @param user the id of the user
   * @return completes when it is done; fails as said above
   * @throws IllegalArgumentException if {@code user} is not the id of a user
   */
  public CompletionStage<Void> remove(String user) {
    return submit(new ChatEvent.Remove(user));
  }

  /**
   * Sets how many messages stay, and for how long, with permission to manage.
   *
   * @param retention what stays
   * @return completes when it is done; fails as said above
   */
  public CompletionStage<Void> retain(ChatRetention retention) {
    return submit(new ChatEvent.Retain(retention));
  }

  private CompletionStage<Void> submit(ChatEvent event) {
    return submit(event, (done, changes) -> audience.complete(done));
  }

  private <T> CompletionStage<T> submit(
      ChatEvent event, BiConsumer<CompletableFuture<T>, ChatChanges> committed) {
    return confinement.call(
        done ->
            channel.submit(
                event,
                new ChatSubmitter.Waiter() {
                  @Override
                  public void committed(ChatChanges changes) {
                    committed.accept(done, changes);
                  }

                  @Override
                  public void failed(CollabException error) {
                    audience.fail(done, error);
                  }
                }));
  }

  /**
   * Says that the user has just written something that is not posted yet; to be called with every
   * key. The others are told, and it ends by itself within six seconds behind the last call, or
   * with the post.
   */
  public void typed() {
    confinement.offer(channel::typed);
  }

  /** Says that the user writes no longer. */
  public void stopTyping() {
    confinement.offer(channel::stoppedTyping);
  }

  /**
   * Says up to where the user has read the room, which members see of each other. Marks go forward
   * only and are gathered for a while.
   *
   * @param id the message, 1..2^53 − 1
   * @throws IllegalArgumentException if {@code id} is outside that range
   */
  public void markRead(long id) {
    ChatEvent.Read checked = new ChatEvent.Read(id);
    confinement.offer(() -> channel.markRead(checked.id()));
  }

  /**
   * Adds older messages to the view.
   *
   * @param limit how many are wanted, from 1 to the server's limit (200 by default)
   * @return completes with whether the room has still older ones, when these are in the view; fails
   *     with the server's code if it refuses, with {@link ClientException#CHAT_CLOSED}, or with
   *     {@link ClientException#QUEUE_FULL} if 64 pages are under way
   * @throws IllegalArgumentException if {@code limit} is below 1
   */
  public CompletionStage<Boolean> loadOlder(int limit) {
    checkLimit(limit);
    return confinement.call(done -> channel.loadOlder(limit, done));
  }

  /**
   * Takes all but the newest messages out of the view. They can be asked for again.
   *
   * @param limit how many stay, at least 1
   * @throws IllegalArgumentException if {@code limit} is below 1
   */
  public void keepNewest(int limit) {
    checkLimit(limit);
    confinement.offer(() -> channel.keepNewest(limit));
  }

  private static void checkLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit " + limit + " is below 1");
    }
  }

  /**
   * Asks for the newest messages, beside the view.
   *
   * @param limit how many are wanted, from 1 to the server's limit
   * @return completes with the messages and whether there are older ones; fails as {@link
   *     #loadOlder} does
   * @throws IllegalArgumentException if {@code limit} is below 1
   */
  public CompletionStage<ChatPage> newest(int limit) {
    return page(number -> ChatHistoryRequest.newest(name, number), limit);
  }

  /**
   * Asks for messages before one, beside the view.
   *
   * @param id the message, which need not be there, 0..2^53 − 1
   * @param limit how many are wanted, from 1 to the server's limit
   * @return completes with the messages right before it and whether there are still older ones;
   *     fails as {@link #loadOlder} does
   * @throws IllegalArgumentException if {@code limit} is below 1
   */
  public CompletionStage<ChatPage> before(long id, int limit) {
    return page(number -> ChatHistoryRequest.before(name, number, id), limit);
  }

  /**
   * Asks for messages behind one, beside the view.
   *
   * @param id the message, which need not be there, 0..2^53 − 1
   * @param limit how many are wanted, from 1 to the server's limit
   * @return completes with the messages right behind it and whether there are still newer ones;
   *     fails as {@link #loadOlder} does
   * @throws IllegalArgumentException if {@code limit} is below 1
   */
  public CompletionStage<ChatPage> after(long id, int limit) {
    return page(number -> ChatHistoryRequest.after(name, number, id), limit);
  }

  private CompletionStage<ChatPage> page(LongFunction<ChatHistoryRequest> request, int limit) {
    checkLimit(limit);
    return confinement.call(
        done -> channel.page(number -> request.apply(number).withLimit(limit), done));
  }

  /**
   * Closes the room here: it takes no more, and ends when everything that was asked for is
   * answered. The user remains a member.
   *
   * @return completes when it is closed; fails with {@link ClientException#CHAT_CLOSED} if the
   *     client is closed before everything is answered
   */
  public CompletionStage<Void> close() {
    return confinement.call(channel::close);
  }

  /**
   * Closes the room here now.
   *
   * @return completes with what is not answered; some of it may have happened. It stays readable in
   *     {@link #state}
   */
  public CompletionStage<List<PendingEvent>> abandon() {
    Consumer<CompletableFuture<List<PendingEvent>>> abandon =
        done -> {
          channel.abandon();
          audience.complete(done, state().pending());
        };
    return confinement.call(abandon);
  }

  /**
   * Adds a listener. It hears what happens from now on; to start from a state without a gap, add it
   * and read the state within one task of {@link CollabClient#execute}.
   *
   * @param listener the listener
   */
  public void addListener(ChatListener listener) {
    audience.add(requireNonNull(listener, "listener"));
  }

  /**
   * Removes a listener, if it was added.
   *
   * @param listener the listener
   */
  public void removeListener(ChatListener listener) {
    audience.remove(requireNonNull(listener, "listener"));
  }
}
