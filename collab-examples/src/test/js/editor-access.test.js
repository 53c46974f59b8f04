/** Whether the editor lets people type, by what the server says that they may do. */
import assert from 'node:assert/strict';
import { register } from 'node:module';
import test from 'node:test';
import { Stage } from './stage.js';

const TEXT = 'http://sharejs.org/types/textv1';

/** As much of CodeMirror as the binding uses; the real one runs in the tests with a browser. */
const CODEMIRROR = `
  export class Compartment {
    of(extension) { return extension; }
    reconfigure(extension) { return extension; }
  }
  export const EditorState = {
    lineSeparator: { of: () => [] },
    readOnly: { of: (isReadOnly) => ({ isReadOnly }) },
  };
  const annotation = { of: () => [] };
  export const Transaction = { remote: annotation, addToHistory: annotation };
  export const EditorView = { clipboardInputFilter: { of: () => [] } };
  export const ViewPlugin = { define: (create) => ({ create }) };
`;

const hooks = `
  export const resolve = (specifier, context, next) =>
    specifier.startsWith('@codemirror/')
      ? { url: ${JSON.stringify(`data:text/javascript,${encodeURIComponent(CODEMIRROR)}`)}, shortCircuit: true }
      : next(specifier, context);
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
const { shared } = await import('../../main/resources/web/editor-binding.js');

/** An editor of a text; `isReadOnly` is how it was configured last. */
function edited(stage, text) {
  const editor = { content: '', isReadOnly: null };
  const extensions = shared(text, (error) => {
    throw error;
  });
  const listeners = { addEventListener() {}, removeEventListener() {} };
  const view = {
    contentDOM: listeners,
    scrollDOM: listeners,
    state: { sliceDoc: () => editor.content },
    dispatch({ changes, effects }) {
      if (changes) editor.content = text.text;
      if (effects) editor.isReadOnly = effects.isReadOnly;
    },
  };
  for (const extension of extensions) {
    if ('isReadOnly' in extension) editor.isReadOnly = extension.isReadOnly;
    extension.create?.(view);
  }
  return editor;
}

function opened() {
  const stage = new Stage();
  const text = stage.open('d');
  stage.accept({ collab: 1, limits: { operation: 1000, document: 1000, frame: 4000 } });
  const editor = edited(stage, text);
  return { stage, text, editor };
}

const access = (permission) => ({ a: 'access', c: 'c', d: 'd', permission });
const state = { a: 's', c: 'c', d: 'd', data: { v: 1, data: 'abc', type: TEXT } };

test('editor_beforeTheTextIsThere_isReadOnly', () => {
  assert.equal(opened().editor.isReadOnly, true);
});

test('editor_ofAReader_isReadOnlyAndFollowsTheOthers', () => {
  const { stage, editor } = opened();
  stage.receive(access('read'), state);
  assert.deepEqual(editor, { content: 'abc', isReadOnly: true });
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 1, src: 'o', seq: 1, op: ['x'] });
  assert.deepEqual(editor, { content: 'xabc', isReadOnly: true });
});

test('editor_whenAccessChanges_isWritableFromWriteOnAndReadOnlyBelow', () => {
  const { stage, editor } = opened();
  stage.receive(access('read'), state);
  const seen = ['comment', 'write', 'manage', 'read', 'write', 'none'].map((permission) => {
    stage.receive(access(permission));
    return [permission, editor.isReadOnly];
  });
  assert.deepEqual(seen, [
    ['comment', true],
    ['write', false],
    ['manage', false],
    ['read', true],
    ['write', false],
    ['none', true],
  ]);
});
