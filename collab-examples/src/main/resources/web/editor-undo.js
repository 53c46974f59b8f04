/**
 * Undo and redo in a CodeMirror 6 editor of what was typed in it, by the keys that it is used to
 * and by the browser's menu. In place of CodeMirror's own history, which does not know what the
 * server refused.
 */
import { EditorView, keymap } from '@codemirror/view';
import { toChanges } from './text-operation.js';

/**
 * Returns the extension, for an editor that `shared` joins to the same text.
 *
 * @param {import('./shared-text.js').SharedText} text
 */
export function undoing(text) {
  const history = text.openUndo();
  const take = (action) => (view) => {
    if (text.isEditable) history[action]((operation) => edit(view, operation, action));
    return true;
  };
  const undo = take('undo');
  const redo = take('redo');
  return [
    keymap.of([
      { key: 'Mod-z', run: undo, preventDefault: true },
      { key: 'Mod-y', mac: 'Mod-Shift-z', run: redo, preventDefault: true },
      { linux: 'Ctrl-Shift-z', run: redo, preventDefault: true },
    ]),
    EditorView.domEventHandlers({
      beforeinput({ inputType }, view) {
        const command = { historyUndo: undo, historyRedo: redo }[inputType];
        return command !== undefined && command(view);
      },
    }),
  ];
}

/** Makes the edit as if it were typed, and shows where it was. */
function edit(view, operation, userEvent) {
  const ranges = toChanges(operation);
  const changes = view.state.changes(ranges);
  const anchor = changes.mapPos(ranges.at(-1).to, 1);
  view.dispatch({ changes, selection: { anchor }, scrollIntoView: true, userEvent });
}
