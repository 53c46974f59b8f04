package dev.collab.benchmarks;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Rebuilds any state of a branched history, slowly and obviously: each unit has an identity, knows
 * who inserted it and who deleted it, and never leaves its place among the others. A state is the
 * units inserted by some transaction of a set and deleted by none of it. No two units were inserted
 * at one place by authors who did not know of each other, so there is one order only.
 */
final class History {

  private static final class Unit {

    private final char value;
    private final int insertedBy;
    private final BitSet deletedBy = new BitSet();
    private Unit next;

    Unit(char value, int insertedBy) {
      this.value = value;
      this.insertedBy = insertedBy;
    }

    boolean isIn(BitSet transactions) {
      return transactions.get(insertedBy) && !deletedBy.intersects(transactions);
    }
  }

  private final Unit head = new Unit('\0', 0);
  private final List<BitSet> versions = new ArrayList<>();

  private History() {}

  /** Applies a whole history and checks that it leads to the recorded text. */
  static History of(BranchedTrace trace) {
    History history = new History();
    BitSet all = new BitSet();
    for (BranchedTrace.Transaction transaction : trace.transactions()) {
      history.apply(transaction);
      all.set(history.versions.size() - 1);
    }
    if (!history.text(all).equals(trace.end())) {
      throw new IllegalStateException("the history leads to another text than recorded");
    }
    return history;
  }

  private void apply(BranchedTrace.Transaction transaction) {
    int index = versions.size();
    BitSet known = new BitSet();
    transaction.parents().forEach(parent -> known.or(versions.get(parent)));
    List<Unit> visible = units(known);
    for (Trace.Edit edit : transaction.edits()) {
      List<Unit> deleted = visible.subList(edit.position(), edit.position() + edit.deleted());
      deleted.forEach(unit -> unit.deletedBy.set(index));
      deleted.clear();
      Unit before = edit.position() == 0 ? head : visible.get(edit.position() - 1);
      List<Unit> inserted = new ArrayList<>();
      for (char value : edit.inserted().toCharArray()) {
        Unit unit = new Unit(value, index);
        unit.next = before.next;
        before.next = unit;
        inserted.add(unit);
        before = unit;
      }
      visible.addAll(edit.position(), inserted);
    }
    known.set(index);
    versions.add(known);
  }

  private List<Unit> units(BitSet transactions) {
    List<Unit> units = new ArrayList<>();
    for (Unit unit = head.next; unit != null; unit = unit.next) {
      if (unit.isIn(transactions)) {
        units.add(unit);
      }
    }
    return units;
  }

  /** Returns a transaction and all that it builds on. */
  BitSet version(int transaction) {
    return (BitSet) versions.get(transaction).clone();
  }

  /** Returns what two transactions both build on. */
  BitSet common(int one, int other) {
    BitSet common = version(one);
    common.and(versions.get(other));
    return common;
  }

  /** Returns how many transactions of a set no other one of it builds on. */
  int heads(BitSet transactions) {
    BitSet heads = (BitSet) transactions.clone();
    transactions.stream()
        .forEach(
            index -> {
              BitSet ancestors = version(index);
              ancestors.clear(index);
              heads.andNot(ancestors);
            });
    return heads.cardinality();
  }

  /** Returns the text with exactly these transactions applied. */
  String text(BitSet transactions) {
    StringBuilder text = new StringBuilder();
    units(transactions).forEach(unit -> text.append(unit.value));
    return text.toString();
  }
}
