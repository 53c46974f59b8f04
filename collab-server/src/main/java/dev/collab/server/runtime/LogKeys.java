package dev.collab.server.runtime;

import dev.collab.document.DocumentId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The keys of documents' logs. Names are encoded, so that no two documents share a key. */
public final class LogKeys {

  private static final String DOCUMENTS = "document/";

  private LogKeys() {}

  public static String of(DocumentId id) {
    return DOCUMENTS + encode(id.collection()) + "/" + encode(id.id());
  }

  private static String encode(String name) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new IllegalArgumentException("a document's name is not well-formed UTF-16");
    }
    return URLEncoder.encode(name, StandardCharsets.UTF_8);
  }
}
