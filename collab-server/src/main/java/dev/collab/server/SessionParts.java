package dev.collab.server;

import dev.collab.document.DocumentId;
import dev.collab.protocol.ClientMessage;
import dev.collab.server.chat.ChatRooms;
import dev.collab.server.chat.ChatSession;
import dev.collab.server.document.DocumentAudience;
import dev.collab.server.document.DocumentSession;
import dev.collab.server.log.LogHosts;
import dev.collab.server.permission.AccessGate;
import dev.collab.server.permission.Permissions;
import dev.collab.server.presence.PresenceChannels;
import dev.collab.server.presence.PresenceSession;
import dev.collab.server.runtime.ServerContext;
import dev.collab.server.session.Feature;
import dev.collab.server.session.Parts;
import dev.collab.server.session.Session;
import dev.collab.server.session.Subscriptions;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes what the sessions of one server consist of.
 *
 * @param context what the parts of the server share
 * @param documents where the documents' hosts are found
 * @param channels the channels of presences
 * @param rooms the chat rooms
 */
record SessionParts(
    ServerContext context,
    LogHosts<DocumentId, DocumentAudience> documents,
    PresenceChannels channels,
    ChatRooms rooms)
    implements Function<Session, Parts> {

  @Override
  public Parts apply(Session session) {
    Subscriptions subscriptions = new Subscriptions(context.limits().maxSubscriptions());
    Permissions permissions = new Permissions(session, context.policy(), context.scheduler());
    Map<ClientMessage.Kind, Feature> features = new EnumMap<>(ClientMessage.Kind.class);
    Feature editing =
        new DocumentSession(
            session, context.limits(), permissions, subscriptions, context.conflicts(), documents);
    DocumentSession.KINDS.forEach(kind -> features.put(kind, editing));
    Feature presence = new PresenceSession(session, context, permissions, subscriptions, channels);
    PresenceSession.KINDS.forEach(kind -> features.put(kind, presence));
    Feature chat = new ChatSession(session, context, permissions, subscriptions, rooms);
    ChatSession.KINDS.forEach(kind -> features.put(kind, chat));
    return new Parts(features, new AccessGate(session, permissions, context.interceptors()));
  }
}
