package dev.collab.server.access;

import static java.util.Objects.requireNonNull;

import dev.collab.protocol.ErrorCodes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What an {@link Interceptor} says about something that is about to happen. The set is closed.
 *
 * <p>Immutable.
 *
 * @param <T> what may be put in place of what was asked for
 * @since 0.1
 */
public sealed interface Verdict<T> {

  /** Which of the kinds a verdict is, for a {@code switch} that the compiler checks. */
  enum Kind {
    /** {@link Verdict.Allow}. */
    ALLOW,
    /** {@link Verdict.Refuse}. */
    REFUSE,
    /** {@link Verdict.Amend}. */
    AMEND
  }

  /**
   * Returns which kind it is.
   *
   * @return the kind
   */
  Kind kind();

  /**
   * Lets it happen.
   *
   * @param <T> what may be put in place of what was asked for
   * @return the verdict
   */
  static <T> Verdict<T> allow() {
    return new Allow<>();
  }

  /**
   * Does not let it happen: the client is told {@link ErrorCodes#FORBIDDEN}.
   *
   * @param <T> what may be put in place of what was asked for
   * @param message why, for people
   * @return the verdict
   */
  static <T> Verdict<T> refuse(String message) {
    return new Refuse<>(ErrorCodes.FORBIDDEN, message);
  }

  /**
   * Does not let it happen.
   *
   * @param <T> what may be put in place of what was asked for
   * @param code one of {@link ErrorCodes}, or a code of the application's own
   * @param message why, for people
   * @return the verdict
   */
  static <T> Verdict<T> refuse(String code, String message) {
    return new Refuse<>(code, message);
  }

  /**
   * Lets something else happen.
   *
   * @param <T> what may be put in place of what was asked for
   * @param value what happens; each method of {@link Interceptor} says what it means
   * @return the verdict
   */
  static <T> Verdict<T> amend(T value) {
    return new Amend<>(value);
  }

  /**
   * Returns this verdict as a stage that is complete.
   *
   * @return the stage
   */
  default CompletionStage<Verdict<T>> now() {
    return CompletableFuture.completedStage(this);
  }

  /**
   * It may happen.
   *
   * @param <T> what may be put in place of what was asked for
   */
  record Allow<T>() implements Verdict<T> {

    @Override
    public Kind kind() {
      return Kind.ALLOW;
    }
  }

  /**
   * It must not happen.
   *
   * @param <T> what may be put in place of what was asked for
   * @param code a stable code
   * @param message why, for people
   */
  record Refuse<T>(String code, String message) implements Verdict<T> {

    /**
     * Checks for null.
     *
     * @param code a stable code
     * @param message why, for people
     */
    public Refuse {
      requireNonNull(code, "code");
      requireNonNull(message, "message");
    }

    @Override
    public Kind kind() {
      return Kind.REFUSE;
    }
  }

  /**
   * Something else happens.
   *
   * @param <T> what may be put in place of what was asked for
   * @param value what happens
   */
  record Amend<T>(T value) implements Verdict<T> {

    /**
     * Checks for null.
     *
     * @param value what happens
     */
    public Amend {
      requireNonNull(value, "value");
    }

    @Override
    public Kind kind() {
      return Kind.AMEND;
    }
  }
}
