package dev.collab.text;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Small scopes: every document and every operation up to a size. */
final class TextScope {

  static final String ASTRAL = "😀";

  private TextScope() {}

  /** An operation in the form under test and in those of both oracles. */
  record Case(SlottedOperation slots, NaiveOperation naive, TextOperation operation, String form) {

    static Case of(SlottedOperation slots) {
      NaiveOperation naive = NaiveOperation.of(slots);
      return new Case(slots, naive, slots.toOperation(), naive.toString());
    }

    void checkUnchanged() {
      TextOperation fresh = slots.toOperation();
      check(
          form.equals(TextScope.form(operation))
              && operation.equals(fresh)
              && operation.hashCode() == fresh.hashCode(),
          () -> form + " was changed to " + TextScope.form(operation));
    }
  }

  /** Every operation on {@code length} units with any deletions and at most two insertions. */
  static List<Case> operations(int length, String first, String second) {
    return SlottedOperation.all(length, List.of(first, second)).stream().map(Case::of).toList();
  }

  /** One document of {@code length} plain units, and each with a surrogate pair somewhere. */
  static List<String> documents(int length) {
    String plain = "klmn".substring(0, length);
    List<String> result = new ArrayList<>(List.of(plain));
    for (int i = 0; i + 2 <= length; i++) {
      result.add(plain.substring(0, i) + ASTRAL + plain.substring(i + 2));
    }
    return result;
  }

  /** The operation's form as the oracle writes it; fails if the form is not canonical. */
  static String form(TextOperation operation) {
    StringBuilder result = new StringBuilder();
    TextComponent previous = null;
    for (TextComponent component : operation.components()) {
      TextComponent before = previous;
      check(
          before == null || before.getClass() != component.getClass(),
          () -> "two of a kind in " + operation.components());
      int length;
      if (component instanceof TextComponent.Insert insert) {
        length = insert.text().length();
        result.append('\'').append(insert.text()).append('\'');
      } else if (component instanceof TextComponent.Delete delete) {
        length = delete.length();
        result.append(-length);
      } else {
        length = ((TextComponent.Retain) component).length();
        result.append(length);
      }
      check(length > 0, () -> "an empty component in " + operation.components());
      result.append(' ');
      previous = component;
    }
    check(
        !(previous instanceof TextComponent.Retain),
        () -> "a retain at the end of " + operation.components());
    check(
        operation.isNoop() == (previous == null),
        () -> "isNoop() is wrong for " + operation.components());
    return result.toString();
  }

  /** Adds up the cases that {@code checks} counts, on two threads. */
  static <T> long sum(List<T> cases, ToLongFunction<T> checks) {
    ForkJoinPool pool = new ForkJoinPool(2);
    try {
      return pool.submit(() -> cases.parallelStream().mapToLong(checks).sum()).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    } finally {
      pool.shutdown();
    }
  }

  /** A cheap assertion, for millions of cases. */
  static void check(boolean holds, Supplier<String> otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise.get());
    }
  }

  static void checkEqual(Object actual, Object expected, Supplier<String> where) {
    check(
        actual.equals(expected),
        () -> where.get() + ": got <" + actual + "> instead of <" + expected + ">");
  }

  /** Whether the operation inserts half a pair or parts the halves of one in the document. */
  static boolean cutsAPair(TextOperation operation, String document) {
    int position = 0;
    for (TextComponent component : operation.components()) {
      if (component instanceof TextComponent.Insert insert) {
        if (!isWellFormed(insert.text())) {
          return true;
        }
      } else if (component instanceof TextComponent.Delete delete) {
        position += delete.length();
      } else {
        position += ((TextComponent.Retain) component).length();
      }
      if (position > 0
          && position < document.length()
          && Character.isHighSurrogate(document.charAt(position - 1))
          && Character.isLowSurrogate(document.charAt(position))) {
        return true;
      }
    }
    return false;
  }

  static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isHighSurrogate(text.charAt(i))
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
