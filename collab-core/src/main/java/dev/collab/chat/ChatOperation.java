package dev.collab.chat;

import dev.collab.operation.Operation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one entry of a room's log does: acts, in order. It is one act for what a client asks for,
 * and several for the read marks that the server has gathered.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public final class ChatOperation implements Operation {

  /** The operation without acts. */
  public static final ChatOperation NOOP = new ChatOperation(List.of());

  /** What an act weighs beside its content. */
  static final int ACT_WEIGHT = 16;

  private final List<ChatAct> acts;

  private ChatOperation(List<ChatAct> acts) {
    this.acts = acts;
  }

  /**
   * Returns the operation of these acts.
   *
   * @param acts what happens, in order; copied
   * @return the operation
   */
  public static ChatOperation of(List<ChatAct> acts) {
    return acts.isEmpty() ? NOOP : new ChatOperation(List.copyOf(acts));
  }

  /**
   * Returns the operation of one act.
   *
   * @param act what happens
   * @return the operation
   */
  public static ChatOperation of(ChatAct act) {
    return of(List.of(act));
  }

  /**
   * Returns what happens.
   *
   * @return the acts in order; unmodifiable
   */
  public List<ChatAct> acts() {
    return acts;
  }

  /**
   * Tells whether something of what was said before has to vanish from the log, too. When such an
   * operation is committed, the server saves a snapshot of the room at or behind it and then trims
   * the log, and the {@linkplain dev.collab.document.Document#trimmedTo history at hand}, up to it:
   * the entries before are the only other place that holds the content. Doing so twice is harmless.
   *
   * @return whether one of the acts is an {@link ChatEvent.Erase}
   */
  public boolean asksForErasure() {
    return acts.stream().anyMatch(act -> act.event().kind() == ChatEvent.Kind.ERASE);
  }

  ChatOperation then(ChatOperation second) {
    List<ChatAct> both = new ArrayList<>(acts);
    both.addAll(second.acts);
    return of(both);
  }

  @Override
  public boolean isNoop() {
    return acts.isEmpty();
  }

  @Override
  public int weight() {
    long sum = 0;
    for (ChatAct act : acts) {
      sum += ACT_WEIGHT + contentWeight(act.event());
    }
    return (int) Math.min(sum, Integer.MAX_VALUE);
  }

  private static long contentWeight(ChatEvent event) {
    return switch (event.kind()) {
      case POST -> ((ChatEvent.Post) event).content().weight();
      case EDIT -> ((ChatEvent.Edit) event).content().weight();
      case DELETE, ERASE, JOIN, LEAVE, REMOVE, RETAIN, READ -> 0;
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChatOperation that && acts.equals(that.acts);
  }

  @Override
  public int hashCode() {
    return acts.hashCode();
  }

  /** Returns the kinds of acts: what people say belongs into no log. */
  @Override
  public String toString() {
    return acts.stream().map(act -> act.event().kind()).toList().toString();
  }
}
