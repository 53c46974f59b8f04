package dev.collab.undo;

import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import dev.collab.text.TextType;
import java.time.Duration;
import java.time.Instant;

/** What one author sees of a text, and the undo manager of that author. */
final class Page {

  private Instant now = Instant.EPOCH;
  final UndoManager<Text, TextOperation> undo;
  private Text shown;

  Page(String content) {
    this(content, UndoManager.DEFAULT_DEPTH);
  }

  Page(String content, int depth) {
    shown = Text.of(content);
    undo = new UndoManager<>(TextType.TEXT, () -> now, depth, UndoManager.DEFAULT_PAUSE);
  }

  String text() {
    return shown.toString();
  }

  Text shown() {
    return shown;
  }

  void pause(Duration length) {
    now = now.plus(length);
  }

  /** An edit of the author that begins a step. */
  Page edit(TextOperation operation) {
    pause(UndoManager.DEFAULT_PAUSE);
    return editOn(operation);
  }

  /** An edit of the author, without a pause. */
  Page editOn(TextOperation operation) {
    Text before = shown;
    shown = operation.applyTo(before);
    undo.edited(operation, before);
    return this;
  }

  Page other(TextOperation change) {
    shown = change.applyTo(shown);
    undo.changed(change);
    return this;
  }

  /** What was submitted was refused; {@code change} takes it back on the screen. */
  Page refused(TextOperation change) {
    Text before = shown;
    shown = change.applyTo(before);
    undo.takenBack(change, before);
    return this;
  }

  Page undo() {
    undo.undo(this::editOn);
    return this;
  }

  Page redo() {
    undo.redo(this::editOn);
    return this;
  }

  Page undoAll() {
    while (undo.canUndo()) {
      undo.undo(this::editOn);
    }
    return this;
  }

  Page redoAll() {
    while (undo.canRedo()) {
      undo.redo(this::editOn);
    }
    return this;
  }
}
