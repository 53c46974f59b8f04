package dev.collab.protocol;

import dev.collab.value.JsonValue;
import dev.collab.value.JsonValue.JsonString;
import java.util.Locale;

/**
 * What a user may do with a document or chat room, as the wire has it. Each permission includes
 * those before it.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public enum Permission {
  /** Nothing. */
  NONE,
  /** Read. */
  READ,
  /** Show presence, and mark or comment where the application lets them. */
  COMMENT,
  /** Edit; post. */
  WRITE,
  /** Act on what others wrote. */
  MANAGE;

  /**
   * Returns the name on the wire.
   *
   * @return the name in lower case
   */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Permission read(JsonValue value) {
    for (Permission permission : values()) {
      if (value instanceof JsonString string && string.value().equals(permission.text())) {
        return permission;
      }
    }
    throw Members.badlyFormed("member permission is unknown");
  }
}
