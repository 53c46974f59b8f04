package dev.collab.server.runtime;

import dev.collab.document.DocumentId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The keys of documents, chat rooms and presence channels, and that of the control log. Names are
 * encoded, so that no two of a kind share a key.
 */
public final class LogKeys {

  private static final String DOCUMENTS = "document/";
  private static final String ROOMS = "chat/";
  private static final String PRESENCE = "presence/";
  private static final String CONTROL = "control";

  private LogKeys() {}

  public static String of(DocumentId id) {
    return DOCUMENTS + encode(id.collection()) + "/" + encode(id.id());
  }

  /** Returns the key of the control log. */
  public static String control() {
    return CONTROL;
  }

  /**
   * Returns how the keys of documents begin.
   *
   * @param collection whose documents, or empty for those of all collections
   * @param idPrefix how their ids begin
   */
  public static String documents(Optional<String> collection, String idPrefix) {
    return collection
        .map(name -> DOCUMENTS + encode(name) + "/" + encode(idPrefix))
        .orElse(DOCUMENTS);
  }

  /** Returns the document whose key this is, if it is one. */
  public static Optional<DocumentId> document(String key) {
    String[] names = key.substring(Math.min(key.length(), DOCUMENTS.length())).split("/", -1);
    if (!key.startsWith(DOCUMENTS) || names.length != 2) {
      return Optional.empty();
    }
    try {
      DocumentId id = new DocumentId(decode(names[0]), decode(names[1]));
      return of(id).equals(key) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String decode(String name) {
    return URLDecoder.decode(name, StandardCharsets.UTF_8);
  }

  /** Returns the key of a chat room. */
  public static String room(String name) {
    return ROOMS + encode(name);
  }

  /** Returns the key and topic of a presence channel. */
  public static String presence(String channel) {
    return PRESENCE + encode(channel);
  }

  private static String encode(String name) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new IllegalArgumentException("a name is not well-formed UTF-16");
    }
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
