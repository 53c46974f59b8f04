package dev.collab.server.permission;

import dev.collab.document.DocumentId;
import dev.collab.protocol.PresenceBase;
import dev.collab.protocol.PresenceUpdate;
import dev.collab.server.access.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a channel of presences may belong to: the name of a document's channel is no other form. */
public final class Places {

  /** A name with more dots than that is the channel of a document to those only who say so. */
  private static final int MOST = 8;

  private Places() {}

  /** Returns the place of presences that may belong to a document. */
  public static Resource of(String channel, Optional<PresenceBase> base) {
    return base.<Resource>map(place -> document(place.collection(), place.document()))
        .orElseGet(() -> new Resource.Channel(channel));
  }

  /** Returns where a presence is shown. */
  public static Resource of(PresenceUpdate update) {
    return of(update.channel(), update.base());
  }

  /** Returns the channel on which presences of a place are shown, if there is one. */
  public static Optional<String> channel(Resource place) {
    return switch (place.kind()) {
      case DOCUMENT -> {
        DocumentId id = ((Resource.Document) place).id();
        yield Optional.of(PresenceBase.channel(id.collection(), id.id()));
      }
      case CHANNEL -> Optional.of(((Resource.Channel) place).name());
      case ROOM -> Optional.empty();
    };
  }

  /** Returns all that presences on a channel may belong to. */
  public static List<Resource> on(String channel) {
    List<Resource> places = new ArrayList<>();
    places.add(new Resource.Channel(channel));
    int dot = channel.indexOf('.');
    while (dot >= 0 && places.size() <= MOST) {
      places.add(document(channel.substring(0, dot), channel.substring(dot + 1)));
      dot = channel.indexOf('.', dot + 1);
    }
    return places;
  }

  private static Resource document(String collection, String document) {
    return new Resource.Document(new DocumentId(collection, document));
  }
}
