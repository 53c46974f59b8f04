package dev.collab.text;

import static java.util.Objects.requireNonNull;

/**
 * One step of a {@link TextOperation}: it keeps, adds or removes a run of UTF-16 code units. An
 * operation stores its components packed; these are views of them.
 *
 * <p>Immutable.
 *
 * @since 0.1
 */
public sealed interface TextComponent {

  /**
   * Returns which of the three kinds this is.
   *
   * @return the kind
   */
  Kind kind();

  /**
   * Returns how many units are kept, added or removed.
   *
   * @return the length in UTF-16 code units, at least 1
   */
  int length();

  /** The three kinds of component. */
  enum Kind {
    /** {@link Retain}. */
    RETAIN,
    /** {@link Insert}. */
    INSERT,
    /** {@link Delete}. */
    DELETE
  }

  /**
   * Keeps what stands in the text.
   *
   * @param length how many units; at least 1
   */
  record Retain(int length) implements TextComponent {

    /**
     * Checks the length.
     *
     * @param length how many units
     * @throws IllegalArgumentException if {@code length} is below 1
     */
    public Retain {
      requirePositive(length);
    }

    @Override
    public Kind kind() {
      return Kind.RETAIN;
    }
  }

  /**
   * Adds to the text.
   *
   * @param text what is added; not empty
   */
  record Insert(String text) implements TextComponent {

    /**
     * Checks the text.
     *
     * @param text what is added
     * @throws IllegalArgumentException if {@code text} is empty
     */
    public Insert {
      requirePositive(requireNonNull(text, "text").length());
    }

    @Override
    public Kind kind() {
      return Kind.INSERT;
    }

    @Override
    public int length() {
      return text.length();
    }
  }

  /**
   * Removes what stands in the text.
   *
   * @param length how many units; at least 1
   */
  record Delete(int length) implements TextComponent {

    /**
     * Checks the length.
     *
     * @param length how many units
     * @throws IllegalArgumentException if {@code length} is below 1
     */
    public Delete {
      requirePositive(length);
    }

    @Override
    public Kind kind() {
      return Kind.DELETE;
    }
  }

  private static void requirePositive(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("length " + length + " is below 1");
    }
  }
}
