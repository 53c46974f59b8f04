package dev.collab.text;

import dev.collab.operation.Side;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * The oracle: the published rules of the {@code text} type, read literally. An operation is a list
 * of steps for one code unit each, so nothing is ever split, merged or counted; trailing keeps are
 * dropped. Slow and obvious on purpose; it shares nothing with the production code.
 */
record NaiveOperation(List<Step> steps) {

  enum Kind {
    KEEP,
    DELETE,
    INSERT
  }

  record Step(Kind kind, char unit) {
    static final Step KEEP = new Step(Kind.KEEP, '\0');
    static final Step DELETE = new Step(Kind.DELETE, '\0');

    static Step insert(char unit) {
      return new Step(Kind.INSERT, unit);
    }
  }

  NaiveOperation {
    List<Step> trimmed = new ArrayList<>(steps);
    while (!trimmed.isEmpty() && last(trimmed).kind == Kind.KEEP) {
      trimmed.remove(trimmed.size() - 1);
    }
    steps = List.copyOf(trimmed);
  }

  static NaiveOperation of(SlottedOperation operation) {
    List<Step> steps = new ArrayList<>();
    for (int slot = 0; slot <= operation.length(); slot++) {
      addInsert(operation.inserts().get(slot), steps);
      if (slot < operation.length()) {
        steps.add(operation.deletes().get(slot) ? Step.DELETE : Step.KEEP);
      }
    }
    return new NaiveOperation(steps);
  }

  /** What {@code operation} says, unit by unit. */
  static NaiveOperation of(TextOperation operation) {
    List<Step> steps = new ArrayList<>();
    for (TextComponent component : operation.components()) {
      if (component instanceof TextComponent.Retain retain) {
        steps.addAll(Collections.nCopies(retain.length(), Step.KEEP));
      } else if (component instanceof TextComponent.Delete delete) {
        steps.addAll(Collections.nCopies(delete.length(), Step.DELETE));
      } else if (component instanceof TextComponent.Insert insert) {
        addInsert(insert.text(), steps);
      }
    }
    return new NaiveOperation(steps);
  }

  String applyTo(String text) {
    StringBuilder result = new StringBuilder();
    int position = 0;
    for (Step step : steps) {
      if (step.kind == Kind.INSERT) {
        result.append(step.unit);
      } else {
        if (position == text.length()) {
          throw new IllegalArgumentException("past the end");
        }
        if (step.kind == Kind.KEEP) {
          result.append(text.charAt(position));
        }
        position++;
      }
    }
    return result.append(text, position, text.length()).toString();
  }

  NaiveOperation transform(NaiveOperation other, Side side) {
    Reader rest = new Reader(steps);
    List<Step> result = new ArrayList<>();
    for (Step step : other.steps) {
      switch (step.kind) {
        case KEEP -> {
          rest.moveAll(Kind.INSERT, result);
          result.add(rest.next());
        }
        case INSERT -> {
          if (side == Side.LEFT) {
            rest.moveAll(Kind.INSERT, result);
          }
          result.add(Step.KEEP);
        }
        case DELETE -> {
          rest.moveAll(Kind.INSERT, result);
          rest.next();
        }
      }
    }
    rest.moveRest(result);
    return new NaiveOperation(result);
  }

  NaiveOperation compose(NaiveOperation second) {
    Reader rest = new Reader(steps);
    List<Step> result = new ArrayList<>();
    for (Step step : second.steps) {
      switch (step.kind) {
        case KEEP -> {
          rest.moveAll(Kind.DELETE, result);
          result.add(rest.next());
        }
        case INSERT -> result.add(step);
        case DELETE -> {
          rest.moveAll(Kind.DELETE, result);
          if (rest.next().kind == Kind.KEEP) {
            result.add(Step.DELETE);
          }
        }
      }
    }
    rest.moveRest(result);
    return new NaiveOperation(result);
  }

  NaiveOperation invert(String before) {
    List<Step> result = new ArrayList<>();
    int position = 0;
    for (Step step : steps) {
      switch (step.kind) {
        case KEEP -> {
          result.add(Step.KEEP);
          position++;
        }
        case INSERT -> result.add(Step.DELETE);
        case DELETE -> result.add(Step.insert(before.charAt(position++)));
      }
    }
    return new NaiveOperation(result);
  }

  /** The components in order: {@code 3} keeps, {@code -2} deletes, {@code 'ab'} inserts. */
  @Override
  public String toString() {
    StringBuilder result = new StringBuilder();
    for (int from = 0, to; from < steps.size(); from = to) {
      Kind kind = steps.get(from).kind;
      to = from;
      StringBuilder inserted = new StringBuilder();
      while (to < steps.size() && steps.get(to).kind == kind) {
        inserted.append(steps.get(to++).unit);
      }
      switch (kind) {
        case KEEP -> result.append(to - from);
        case DELETE -> result.append(from - to);
        case INSERT -> result.append('\'').append(inserted).append('\'');
      }
      result.append(' ');
    }
    return result.toString();
  }

  private static void addInsert(String text, List<Step> steps) {
    text.chars().forEach(unit -> steps.add(Step.insert((char) unit)));
  }

  private static Step last(List<Step> steps) {
    return steps.get(steps.size() - 1);
  }

  /** The steps of an operation that are still to be read; behind its end everything is kept. */
  private static final class Reader {
    private final Deque<Step> steps;

    Reader(List<Step> steps) {
      this.steps = new ArrayDeque<>(steps);
    }

    Step next() {
      return steps.isEmpty() ? Step.KEEP : steps.remove();
    }

    void moveAll(Kind kind, List<Step> target) {
      while (!steps.isEmpty() && steps.peek().kind == kind) {
        target.add(steps.remove());
      }
    }

    void moveRest(List<Step> target) {
      target.addAll(steps);
    }
  }
}
