package dev.collab.protocol;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a server sends about a channel of presences.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface PresenceNotice extends ServerMessage
    permits PresenceNotice.Done, PresenceState, PresenceNotice.Wanted {

  /**
   * Returns the channel.
   *
   * @return its name
   */
  String channel();

  /**
   * The answer to a {@link PresenceRequest}.
   *
   * @param request PRESENCE_SUBSCRIBE or PRESENCE_UNSUBSCRIBE
   * @param channel the channel
   * @param sequence the client's number for the request
   * @param presences who is there, for a subscription in the extended dialect; in the base they
   *     come as messages of their own
   */
  record Done(
      ClientMessage.Kind request, String channel, long sequence, List<PresenceState> presences)
      implements PresenceNotice {

    /**
     * Checks the request's kind and copies the presences.
     *
     * @param request PRESENCE_SUBSCRIBE or PRESENCE_UNSUBSCRIBE
     * @param channel the channel
     * @param sequence the client's number for the request
     * @param presences who is there
     * @throws IllegalArgumentException if {@code request} is another, if there are presences and it
     *     is PRESENCE_UNSUBSCRIBE, or if {@code sequence} is outside 0..2^53 − 1
     */
    public Done {
      requireNonNull(channel, "channel");
      presences = List.copyOf(presences);
      Members.checkInteger("sequence", sequence);
      if (request != ClientMessage.Kind.PRESENCE_SUBSCRIBE
          && (request != ClientMessage.Kind.PRESENCE_UNSUBSCRIBE || !presences.isEmpty())) {
        throw new IllegalArgumentException("no presences answer " + request);
      }
    }

    static Done read(ClientMessage.Kind request, Members members, Dialect dialect) {
      List<PresenceState> presences =
          dialect == Dialect.EXTENDED
                  && request == ClientMessage.Kind.PRESENCE_SUBSCRIBE
                  && members.has("presences")
              ? members.objects("presences").stream()
                  .map(object -> new Members(object, members.limits()))
                  .map(presence -> PresenceState.read(presence, dialect))
                  .toList()
              : List.of();
      return new Done(request, members.string("ch"), members.integer("seq"), presences);
    }

    void append(StringBuilder out, Dialect dialect) {
      JsonWriter.appendString(out.append("{\"a\":"), request.action());
      JsonWriter.appendString(out.append(",\"ch\":"), channel);
      out.append(",\"seq\":").append(sequence);
      if (dialect == Dialect.EXTENDED && request == ClientMessage.Kind.PRESENCE_SUBSCRIBE) {
        out.append(",\"presences\":[");
        for (int i = 0; i < presences.size(); i++) {
          presences.get(i).appendMembers(out.append(i == 0 ? "{" : ",{"), dialect);
        }
        out.append(']');
      }
      out.append('}');
    }

    @Override
    public Kind kind() {
      return Kind.PRESENCE_DONE;
    }
  }

  /**
   * The wish that the client sends all its presences on the channel once more, to show that they
   * still are.
   *
   * @param channel the channel
   */
  record Wanted(String channel) implements PresenceNotice {

    /**
     * Checks for null.
     *
     * @param channel the channel
     */
    public Wanted {
      requireNonNull(channel, "channel");
    }

    void append(StringBuilder out) {
      JsonWriter.appendString(out.append("{\"a\":\"pr\",\"ch\":"), channel);
      out.append('}');
    }

    @Override
    public Kind kind() {
      return Kind.PRESENCE_WANTED;
    }
  }
}
