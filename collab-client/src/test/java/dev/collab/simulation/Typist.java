package dev.collab.simulation;

import dev.collab.client.DocumentListener;
import dev.collab.client.DocumentStatus;
import dev.collab.client.Origin;
import dev.collab.client.Rejection;
import dev.collab.client.SharedDocument;
import dev.collab.operation.CollabException;
import dev.collab.protocol.ErrorCodes;
import dev.collab.text.Text;
import dev.collab.text.TextComponent;
import dev.collab.text.TextOperation;
import dev.collab.value.JsonValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One person at one document: types, and keeps account of what became of it. */
final class Typist implements DocumentListener<Text, TextOperation> {

  /** What may fail for a while without anything being wrong. */
  static final Set<String> PASSING = Set.of(ErrorCodes.UNAVAILABLE, ErrorCodes.VERSION_FROM_FUTURE);

  private final String name;
  private final SharedDocument<Text, TextOperation> document;
  private final Ledger ledger;
  private final World world;
  private final List<Integer> typed = new ArrayList<>();
  private final List<Integer> unsaved = new ArrayList<>();
  private final Set<Integer> removed = new HashSet<>();
  private final Set<Integer> returned = new HashSet<>();
  private final Set<Integer> restored = new HashSet<>();
  private Text shown = Text.empty();
  private boolean rebased;
  private boolean deleting;

  Typist(String name, SharedDocument<Text, TextOperation> document, Ledger ledger, World world) {
    this.name = name;
    this.document = document;
    this.ledger = ledger;
    this.world = world;
    document.addListener(this);
  }

  SharedDocument<Text, TextOperation> document() {
    return document;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Returns the characters typed here. */
  List<Integer> typed() {
    return typed;
  }

  /** Returns the characters deleted here. */
  Set<Integer> removed() {
    return removed;
  }

  /** Returns the characters of edits that were handed back to the application. */
  Set<Integer> returned() {
    return returned;
  }

  /** Returns the characters whose deletion was taken back. */
  Set<Integer> restored() {
    return restored;
  }

  /** Tells whether own deletions were carried over to another state, or given up. */
  boolean isRebased() {
    return rebased;
  }

  /** Tells whether everything is saved and everything is here. */
  boolean isQuiet() {
    return !document.hasUnsavedChanges() && document.revision() == ledger.revision();
  }

  boolean canType() {
    return document.status() == DocumentStatus.LIVE && !deleting;
  }

  /** Makes an edit. */
  void type(TextOperation edit) {
    world.trace().add(name, "types", edit);
    String before = document.state().toString();
    note(before, edit.applyTo(before)); // before, because it may be saved within the call
    document.edit(edit);
  }

  /** Notes which characters come and which go. */
  private void note(String before, String after) {
    int start = 0;
    int shorter = Math.min(before.length(), after.length());
    while (start < shorter && before.charAt(start) == after.charAt(start)) {
      start++;
    }
    if (start > 0 && Character.isHighSurrogate(before.charAt(start - 1))) {
      start--;
    }
    Set<Integer> gone = new HashSet<>();
    before.substring(start).codePoints().forEach(gone::add);
    after
        .substring(start)
        .codePoints()
        .forEach(
            marker -> {
              if (!gone.remove(marker)) {
                typed.add(marker);
                unsaved.add(marker);
              }
            });
    removed.addAll(gone);
  }

  /** Deletes the document; nothing is typed until that has come to an end. */
  void delete() {
    world.trace().add(name, "deletes the document");
    deleting = true;
    var unused = document.delete().whenComplete((done, failure) -> deleting = false);
  }

  /** Creates the document, unless it exists. */
  void create(String content) {
    world.trace().add(name, "creates the document");
    var unused = document.create(JsonValue.of(content));
  }

  /** Leaves for good, whatever is unsaved. */
  void leave() {
    handBack(document.pendingEdits());
    rebased = true;
    document.removeListener(this);
  }

  private void handBack(List<TextOperation> edits) {
    for (TextOperation edit : edits) {
      returned.addAll(markers(edit));
    }
  }

  private static List<Integer> markers(TextOperation edit) {
    List<Integer> markers = new ArrayList<>();
    for (TextComponent component : edit.components()) {
      if (component instanceof TextComponent.Insert insert) {
        insert.text().codePoints().forEach(markers::add);
      }
    }
    return markers;
  }

  /** Checks what must hold at any time: what is shown here and synchronized is the truth. */
  void check() {
    if (document.status() != DocumentStatus.LIVE) {
      return;
    }
    Violation.unless(
        document.state().equals(shown),
        () -> name + " shows " + shown + ", the state is " + document.state());
    long revision = document.revision();
    Violation.unless(
        revision <= ledger.revision(),
        () -> name + " is at " + revision + ", the log at " + ledger.revision());
    if (!document.hasUnsavedChanges()) {
      String state = shown.toString();
      Violation.unless(
          ledger.textAt(revision).filter(state::equals).isPresent(),
          () -> name + " is at " + revision + " with " + state + ": " + ledger.textAt(revision));
    }
  }

  @Override
  public void onLoaded(Text state) {
    world.trace().add(name, "loads", state);
    shown = state;
  }

  @Override
  public void onChange(TextOperation change, Origin origin, Text state) {
    shown = change.applyTo(shown);
    world.trace().add(name, origin, change, state);
    Violation.unless(
        shown.equals(state), () -> name + ": a change leads to " + shown + ", not to " + state);
  }

  @Override
  public void onUnsavedChanges(boolean isUnsaved) {
    world.trace().add(name, isUnsaved ? "unsaved" : "saved");
    if (isUnsaved) {
      return;
    }
    ledger.follow();
    for (int marker : unsaved) {
      Violation.unless(
          isAccounted(marker),
          () -> name + " was told " + Character.toString(marker) + " is saved, and it is not");
    }
    unsaved.clear();
  }

  /** Tells whether a character typed here is in the log, or this typist knows why not. */
  boolean isAccounted(int marker) {
    return ledger.inserted().contains(marker)
        || removed.contains(marker)
        || returned.contains(marker);
  }

  @Override
  public void onRejected(Rejection<TextOperation> rejection) {
    world.trace().add(name, "rejected", rejection);
    returned.addAll(markers(rejection.operation()));
    restored.addAll(markers(rejection.undone()));
    Violation.unless(
        Set.of(ErrorCodes.DOCUMENT_TOO_LARGE).contains(rejection.code()),
        () -> name + ": rejected with " + rejection.code() + ", " + rejection.message());
  }

  @Override
  public void onDeleted(List<TextOperation> pending) {
    world.trace().add(name, "deleted", pending);
    handBack(pending);
  }

  @Override
  public void onResynced(List<TextOperation> abandoned) {
    world.trace().add(name, "resynced", abandoned);
    rebased = true;
    handBack(abandoned);
  }

  @Override
  public void onStatus(DocumentStatus status) {
    world.trace().add(name, status);
  }

  @Override
  public void onError(CollabException error) {
    world.trace().add(name, "error", error);
    Violation.unless(PASSING.contains(error.code()), () -> name + ": " + error);
  }

  @Override
  public String toString() {
    return name;
  }
}
