package dev.collab.presence;

/**
 * How lately somebody did something.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public enum Status {
  /** Did something a short while ago. */
  ACTIVE,
  /** Is connected and has done nothing for some time. */
  IDLE,
  /** Said so, or is gone for the time being. */
  AWAY
}
