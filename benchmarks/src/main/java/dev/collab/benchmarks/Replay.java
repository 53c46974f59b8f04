package dev.collab.benchmarks;

import dev.collab.text.Text;
import dev.collab.text.TextBuffer;
import dev.collab.text.TextOperation;

/** The ways to type a recorded session again, edit by edit. */
final class Replay {

  private Replay() {}

  /** Makes an operation of every edit and applies it to a buffer. */
  static TextBuffer operationsOnBuffer(Trace trace) {
    TextBuffer buffer = TextBuffer.of(Text.of(trace.start()));
    for (Trace.Edit edit : trace.edits()) {
      TextOperation.replace(edit.position(), edit.deleted(), edit.inserted()).applyTo(buffer);
    }
    return buffer;
  }

  /** Edits a buffer directly. */
  static TextBuffer editsOnBuffer(Trace trace) {
    TextBuffer buffer = TextBuffer.of(Text.of(trace.start()));
    for (Trace.Edit edit : trace.edits()) {
      buffer.replace(edit.position(), edit.position() + edit.deleted(), edit.inserted());
    }
    return buffer;
  }

  /**
   * Makes an operation of every edit and applies it to an immutable text, as the authority does.
   */
  static Text operationsOnText(Trace trace) {
    Text text = Text.of(trace.start());
    for (Trace.Edit edit : trace.edits()) {
      text = TextOperation.replace(edit.position(), edit.deleted(), edit.inserted()).applyTo(text);
    }
    return text;
  }

  /** Edits a string builder: the baseline. */
  static StringBuilder editsOnStringBuilder(Trace trace) {
    StringBuilder builder = new StringBuilder(trace.start());
    for (Trace.Edit edit : trace.edits()) {
      int from = edit.position();
      if (edit.deleted() == 0) {
        builder.insert(from, edit.inserted());
      } else if (edit.inserted().isEmpty()) {
        builder.delete(from, from + edit.deleted());
      } else {
        builder.replace(from, from + edit.deleted(), edit.inserted());
      }
    }
    return builder;
  }
}
