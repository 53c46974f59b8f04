package dev.collab.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The laws every operation type must keep, for types to inherit: a subclass names its type and says
 * how to generate states and operations. Edge cases are left to the generators: jqwik's own are
 * products of products here, and take longer than the properties.
 *
 * @param <S> the state
 * @param <O> the operation
 */
public abstract class OperationTypeLaws<S, O extends Operation> {

  /** Two operations that were made on the same state. */
  protected record Concurrent<S, O>(S state, O left, O right) {}

  /** Operations that were made one after the other, the first on {@code state}. */
  protected record Consecutive<S, O>(S state, List<O> operations) {}

  /** An operation and a history that were made on the same state. */
  protected record Diverged<S, O>(S state, O operation, List<O> history) {}

  protected abstract OperationType<S, O> type();

  /** Generates states, the default one and very small ones among them. */
  protected abstract Arbitrary<S> states();

  /** Generates operations that fit a state and lead to a valid one. */
  protected abstract Arbitrary<O> operationsOn(S state);

  @Provide
  final Arbitrary<Concurrent<S, O>> concurrent() {
    return states()
        .flatMap(
            state ->
                Combinators.combine(operationsOn(state), operationsOn(state))
                    .as((left, right) -> new Concurrent<>(state, left, right)))
        .withoutEdgeCases();
  }

  @Provide
  final Arbitrary<Consecutive<S, O>> three() {
    return states()
        .flatMap(state -> histories(state, 3).map(list -> new Consecutive<>(state, list)))
        .withoutEdgeCases();
  }

  @Provide
  final Arbitrary<Diverged<S, O>> diverged() {
    return states()
        .flatMap(
            state ->
                Combinators.combine(
                        operationsOn(state),
                        Arbitraries.integers().between(0, 6).flatMap(n -> histories(state, n)))
                    .as((operation, history) -> new Diverged<>(state, operation, history)))
        .withoutEdgeCases();
  }

  @Provide
  final Arbitrary<List<S>> statePairs() {
    return states().list().ofSize(2).withoutEdgeCases();
  }

  @Property
  void create_encodedState_isTheState(@ForAll("concurrent") Concurrent<S, O> given) {
    S after = type().apply(given.state, given.left);
    for (S state : List.of(given.state, after)) {
      S decoded = type().create(type().encodeState(state));
      assertThat(decoded).isEqualTo(state).hasSameHashCodeAs(state);
      assertThat(type().checksum(decoded)).isEqualTo(type().checksum(state));
      assertThat(type().size(decoded)).isEqualTo(type().size(state)).isNotNegative();
    }
  }

  @Property
  void decode_encodedOperation_isTheOperation(@ForAll("concurrent") Concurrent<S, O> given) {
    for (O operation : List.of(given.left, type().transform(given.left, given.right, Side.RIGHT))) {
      O decoded = type().decodeOperation(type().encodeOperation(operation));
      assertThat(decoded).isEqualTo(operation).hasSameHashCodeAs(operation);
      assertThat(decoded.weight()).isEqualTo(operation.weight()).isNotNegative();
      assertThat(type().operationClass()).isEqualTo(operation.getClass());
    }
  }

  @Property
  void noop_anywhere_isNeutral(@ForAll("concurrent") Concurrent<S, O> given) {
    O noop = type().noop();
    assertThat(noop.isNoop()).isTrue();
    assertThat(type().apply(given.state, noop)).isEqualTo(given.state);
    assertThat(type().compose(noop, given.left)).isEqualTo(given.left);
    assertThat(type().compose(given.left, noop)).isEqualTo(given.left);
    assertThat(type().invert(noop, given.state)).isEqualTo(noop);
    for (Side side : Side.values()) {
      assertThat(type().transform(given.left, noop, side)).isEqualTo(given.left);
      assertThat(type().transform(noop, given.left, side)).isEqualTo(noop);
    }
  }

  @Property
  void isNoop_operation_changesNothing(@ForAll("concurrent") Concurrent<S, O> given) {
    assertThat(given.left.isNoop()).isEqualTo(given.left.equals(type().noop()));
  }

  @Property
  void compose_twoOperations_hasTheEffectOfBoth(@ForAll("three") Consecutive<S, O> given) {
    O first = given.operations.get(0);
    O second = given.operations.get(1);
    assertThat(type().apply(given.state, type().compose(first, second)))
        .isEqualTo(type().apply(type().apply(given.state, first), second));
  }

  @Property
  void compose_threeOperations_isAssociative(@ForAll("three") Consecutive<S, O> given) {
    O first = given.operations.get(0);
    O second = given.operations.get(1);
    O third = given.operations.get(2);
    assertThat(type().compose(type().compose(first, second), third))
        .isEqualTo(type().compose(first, type().compose(second, third)));
  }

  @Property
  void transform_concurrentOperations_converge(@ForAll("concurrent") Concurrent<S, O> given) {
    O left = type().transform(given.left, given.right, Side.LEFT);
    O right = type().transform(given.right, given.left, Side.RIGHT);
    S rightFirst = type().apply(type().apply(given.state, given.right), left);
    S leftFirst = type().apply(type().apply(given.state, given.left), right);
    assertThat(rightFirst).isEqualTo(leftFirst).hasSameHashCodeAs(leftFirst);
    assertThat(type().checksum(rightFirst)).isEqualTo(type().checksum(leftFirst));
    assertThat(type().transformPair(given.left, given.right))
        .isEqualTo(new TransformPair<>(left, right));
  }

  @Property
  void transformPast_history_isStepByStep(@ForAll("diverged") Diverged<S, O> given) {
    for (Side side : Side.values()) {
      O expected = given.operation;
      for (O over : given.history) {
        expected = type().transform(expected, over, side);
      }
      assertThat(type().transformPast(given.operation, given.history, side)).isEqualTo(expected);
    }
  }

  @Property
  void transformPast_history_converges(@ForAll("diverged") Diverged<S, O> given) {
    S state = type().apply(given.state, given.operation);
    O operation = given.operation;
    S server = given.state;
    for (O committed : given.history) {
      TransformPair<O> pair = type().transformPair(operation, committed);
      operation = pair.left();
      state = type().apply(state, pair.right());
      server = type().apply(server, committed);
    }
    O past = type().transformPast(given.operation, given.history, Side.LEFT);
    assertThat(type().apply(server, past)).isEqualTo(state);
  }

  @Property
  void invert_operation_restoresTheState(@ForAll("concurrent") Concurrent<S, O> given) {
    S after = type().apply(given.state, given.left);
    O inverse = type().invert(given.left, given.state);
    assertThat(type().apply(after, inverse)).isEqualTo(given.state);
    assertThat(type().apply(given.state, type().invert(inverse, after))).isEqualTo(after);
  }

  @Property
  void admit_validResult_hasTheSameEffect(@ForAll("concurrent") Concurrent<S, O> given) {
    O admitted = type().admit(given.state, given.left);
    assertThat(type().apply(given.state, admitted))
        .isEqualTo(type().apply(given.state, given.left));
    assertThat(type().admit(given.state, admitted)).isEqualTo(admitted);
  }

  @Property
  void diff_twoStates_leadsFromOneToTheOther(@ForAll("statePairs") List<S> given) {
    if (!(type() instanceof Diffable<?, ?>)) {
      return; // an optional capability
    }
    @SuppressWarnings("unchecked")
    Diffable<S, O> diffable = (Diffable<S, O>) type();
    O difference = diffable.diff(given.get(0), given.get(1));
    assertThat(type().apply(given.get(0), difference)).isEqualTo(given.get(1));
    assertThat(type().admit(given.get(0), difference)).isEqualTo(difference);
    assertThat(diffable.diff(given.get(0), given.get(0))).isEqualTo(type().noop());
  }

  @Property
  void merge_concurrentStates_keepsTheLaws(@ForAll("concurrent") Concurrent<S, O> given) {
    if (!(type() instanceof Mergeable<?, ?>)) {
      return; // an optional capability
    }
    @SuppressWarnings("unchecked")
    Mergeable<S, O> mergeable = (Mergeable<S, O>) type();
    S base = given.state;
    S ours = type().apply(base, given.left);
    S theirs = type().apply(base, given.right);
    for (var trivial :
        List.of(
            mergeable.merge(base, base, ours, Resolution.ours()),
            mergeable.merge(base, ours, base, Resolution.theirs()),
            mergeable.merge(base, ours, ours, Resolution.ours()))) {
      assertThat(trivial.state()).isEqualTo(ours);
      assertThat(trivial.isClean()).isTrue();
    }
    var merged = mergeable.merge(base, ours, theirs, Resolution.ours());
    assertThat(type().apply(ours, merged.fromOurs())).isEqualTo(merged.state());
    assertThat(type().apply(theirs, merged.fromTheirs())).isEqualTo(merged.state());
    assertThat(mergeable.merge(base, theirs, ours, Resolution.theirs()).state())
        .isEqualTo(merged.state());
  }

  @Property
  void split_heavyOperation_composesToTheWhole(@ForAll("concurrent") Concurrent<S, O> given) {
    if (!(type() instanceof Splittable<?>)) {
      return; // an optional capability
    }
    @SuppressWarnings("unchecked")
    Splittable<O> splittable = (Splittable<O>) type();
    for (int maxWeight : new int[] {64, 100}) {
      List<O> parts = splittable.split(given.left, maxWeight);
      assertThat(parts).allMatch(part -> part.weight() <= maxWeight);
      assertThat(parts.stream().reduce(type().noop(), type()::compose)).isEqualTo(given.left);
      if (given.left.weight() <= maxWeight) {
        assertThat(parts).containsExactly(given.left);
      }
    }
  }

  @Property
  void everyVerb_arguments_areUnchanged(@ForAll("concurrent") Concurrent<S, O> given) {
    var state = type().encodeState(given.state);
    var left = type().encodeOperation(given.left);
    var right = type().encodeOperation(given.right);
    S after = type().apply(given.state, given.left);
    type().apply(after, type().transform(given.right, given.left, Side.RIGHT));
    type().transformPast(given.right, List.of(given.left), Side.LEFT);
    type().compose(given.left, type().transform(given.right, given.left, Side.RIGHT));
    type().invert(given.left, given.state);
    type().admit(given.state, given.right);
    type().checksum(given.state);
    assertThat(type().encodeState(given.state)).isEqualTo(state);
    assertThat(type().encodeOperation(given.left)).isEqualTo(left);
    assertThat(type().encodeOperation(given.right)).isEqualTo(right);
  }

  private Arbitrary<List<O>> histories(S state, int length) {
    if (length == 0) {
      return Arbitraries.just(List.of());
    }
    return operationsOn(state)
        .flatMap(
            first ->
                histories(type().apply(state, first), length - 1)
                    .map(
                        rest -> {
                          List<O> all = new ArrayList<>(List.of(first));
                          all.addAll(rest);
                          return all;
                        }));
  }
}
