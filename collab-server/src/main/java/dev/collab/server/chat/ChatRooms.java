package dev.collab.server.chat;

import dev.collab.chat.ChatAct;
import dev.collab.chat.ChatOperation;
import dev.collab.chat.ChatType;
import dev.collab.document.CommittedOperation;
import dev.collab.document.DocumentRules;
import dev.collab.document.Payload;
import dev.collab.document.Proposal;
import dev.collab.document.Submission;
import dev.collab.operation.OperationTypes;
import dev.collab.protocol.StorageCodec;
import dev.collab.server.log.HostListener;
import dev.collab.server.log.LogHost;
import dev.collab.server.log.LogHosts;
import dev.collab.server.log.ServedLog;
import dev.collab.server.runtime.LogKeys;
import dev.collab.server.runtime.ServerAuthor;
import dev.collab.server.runtime.ServerContext;
import dev.collab.value.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * The rooms that somebody of this server uses, and what the server itself does in them.
 *
 * <p>Thread-safe.
 */
public final class ChatRooms {

  private final LogHosts<String, RoomAudience> hosts;
  private final ServerAuthor author;

  /**
   * Creates the empty set.
   *
   * @param context what the parts of the server share
   */
  public ChatRooms(ServerContext context) {
    OperationTypes types = OperationTypes.of(ChatType.CHAT);
    DocumentRules rules =
        new DocumentRules(types, new StorageCodec(types), Integer.MAX_VALUE, Integer.MAX_VALUE);
    this.author = new ServerAuthor(context.random());
    this.hosts =
        new LogHosts<>(
            context,
            room ->
                new ServedLog<>(
                    LogKeys.room(room),
                    rules,
                    new RoomAudience(room, context, this),
                    new HostListener() {},
                    ChatRooms::asksForErasure));
  }

  private static boolean asksForErasure(CommittedOperation entry) {
    return entry.payload() instanceof Payload.Edit<?> edit
        && edit.operation() instanceof ChatOperation operation
        && operation.asksForErasure();
  }

  LogHost<RoomAudience> host(String room) {
    return hosts.host(room);
  }

  Optional<LogHost<RoomAudience>> existing(String room) {
    return hosts.existing(room);
  }

  /** Returns how many rooms are served or being loaded. */
  public int size() {
    return hosts.size();
  }

  /** Returns the submission that creates a room; refused if it exists. */
  Submission creation() {
    return submission(new Proposal.Create(ChatType.URI, JsonValue.NULL));
  }

  /** Returns the submission of what the server gathered from several users. */
  Submission gathered(List<ChatAct> acts) {
    return submission(
        new Proposal.EncodedEdit(ChatType.CHAT.encodeOperation(ChatOperation.of(acts))));
  }

  private Submission submission(Proposal proposal) {
    return author.submission(Submission.HEAD, proposal);
  }

  /** Stops serving rooms. */
  public void close() {
    hosts.close();
  }
}
