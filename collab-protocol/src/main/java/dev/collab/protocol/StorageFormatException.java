package dev.collab.protocol;

import dev.collab.operation.CollabException;

/**
 * What was stored has a version that this library does not read. Nothing is wrong with the data;
 * the document stays unavailable to this version of the library, and nothing is changed.
 *
 * @since 0.1
 */
public final class StorageFormatException extends CollabException {

  private static final long serialVersionUID = 1L;

  /** The code for a version newer than the library: update the library. */
  public static final String NEWER = "ERR_STORAGE_FORMAT_NEWER";

  /** The code for a version that is no longer read: migrate with an earlier library. */
  public static final String OBSOLETE = "ERR_STORAGE_FORMAT_OBSOLETE";

  private StorageFormatException(String code, String message) {
    super(code, message);
  }

  /** Returns the error of a version outside the range that is read. */
  static StorageFormatException of(long found, long oldest, long newest) {
    return new StorageFormatException(
        found > newest ? NEWER : OBSOLETE,
        "storage format is " + found + ", readable are " + oldest + ".." + newest);
  }
}
