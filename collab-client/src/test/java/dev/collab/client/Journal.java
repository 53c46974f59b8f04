package dev.collab.client;

import dev.collab.operation.CollabException;
import dev.collab.text.Text;
import dev.collab.text.TextOperation;
import java.util.ArrayList;
import java.util.List;

/** Writes down what a document's listener hears, one line per event. */
final class Journal implements DocumentListener<Text, TextOperation> {

  private final List<String> lines = new ArrayList<>();
  private Text state = Text.empty();

  static Journal of(SharedDocument<Text, TextOperation> document) {
    Journal journal = new Journal();
    if (document.status() == DocumentStatus.LIVE) {
      journal.state = document.state();
    }
    document.addListener(journal);
    return journal;
  }

  /** Returns the lines written since the last call. */
  List<String> take() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  /** Returns the state as a listener follows it: the loaded one with all changes. */
  String followed() {
    return state.toString();
  }

  @Override
  public void onLoaded(Text loaded) {
    state = loaded;
    lines.add("loaded " + loaded);
  }

  @Override
  public void onChange(TextOperation change, Origin origin, Text after) {
    String before = state.toString();
    try {
      state = change.applyTo(state);
    } catch (RuntimeException e) {
      throw new AssertionError("the change does not fit " + before, e);
    }
    if (!state.equals(after)) {
      throw new AssertionError("the change leads to " + state + ", not to " + after);
    }
    lines.add(origin + " " + after);
  }

  @Override
  public void onStatus(DocumentStatus status) {
    lines.add(status.toString());
  }

  @Override
  public void onUnsavedChanges(boolean unsaved) {
    lines.add(unsaved ? "unsaved" : "saved");
  }

  @Override
  public void onRejected(Rejection<TextOperation> rejection) {
    lines.add("rejected " + rejection.code() + " " + rejection.operation());
  }

  @Override
  public void onDeleted(List<TextOperation> pending) {
    lines.add("deleted " + pending);
  }

  @Override
  public void onResynced(List<TextOperation> abandoned) {
    lines.add("resynced " + abandoned);
  }

  @Override
  public void onError(CollabException error) {
    lines.add("error " + error.code());
  }
}
