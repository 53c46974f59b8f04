/** Undo and redo. The vectors are those of the Java implementation's tests. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { apply } from '../../main/resources/web/text-operation.js';
import { UndoManager } from '../../main/resources/web/undo-manager.js';
import { opened } from './stage.js';

class Page {
  now = 0;
  undo = new UndoManager({ now: () => this.now });

  constructor(text) {
    this.text = text;
  }

  editOn(operation) {
    const before = this.text;
    this.text = apply(before, operation);
    this.undo.edited(operation, before);
  }

  act(name, operation) {
    const edit = (asked) => this.editOn(asked);
    if (name === 'edit') this.now += 500;
    if (name === 'edit' || name === 'join') this.editOn(operation);
    if (name === 'other') {
      this.text = apply(this.text, operation);
      this.undo.changed(operation);
    }
    if (name === 'undo') this.undo.undo(edit);
    if (name === 'redo') this.undo.redo(edit);
    if (name === 'submit') this.undo.submitted(true);
    if (name === 'acknowledge') this.undo.acknowledged();
    if (name === 'refuse') {
      const before = this.text;
      this.text = apply(before, operation);
      this.undo.takenBack(operation, before);
    }
  }
}

test('histories_ofTheVectors_areUndoneAsInJava', () => {
  const file = new URL(
    '../../../../collab-core/src/test/resources/golden/undo/histories.jsonl',
    import.meta.url,
  );
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n');
  assert.ok(rows.length >= 300);
  for (const row of rows) {
    const [base, acts] = JSON.parse(row);
    const page = new Page(base);
    for (const [name, operation, text] of acts) {
      page.act(name, operation);
      assert.equal(page.text, text, row);
    }
  }
});

/** A text whose every edit is a step. */
function undoable(content) {
  const { stage, text } = opened(content);
  const undo = text.openUndo({ pause: 0 });
  const acknowledge = (v) => {
    const { src, seq } = stage.takeSent().at(-1);
    stage.receive({ a: 'op', c: 'c', d: 'd', v, src, seq });
  };
  const refuse = () => stage.receive({ ...stage.takeSent().at(-1), error: { message: 'no' } });
  return { stage, text, undo, acknowledge, refuse };
}

test('undo_besideOthers_isAnEditLikeAnyOther', () => {
  const { stage, text, undo, acknowledge } = undoable('abc');
  text.edit([1, { d: 1 }]);
  acknowledge(1);
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 2, src: 'other', seq: 1, op: [1, 'X'] });
  assert.ok(undo.undo());
  assert.equal(text.text, 'abXc');
  assert.deepEqual(stage.takeSent().at(-1).op, [1, 'b']);
  assert.ok(undo.redo());
  assert.equal(text.text, 'aXc');
});

test('refusedEdit_isNotThereToBeUndone', () => {
  const { text, undo, acknowledge, refuse } = undoable('abc');
  text.edit([{ d: 1 }]);
  undo.group(() => {
    text.edit([{ d: 1 }]);
    text.edit([1, 'd']);
  });
  acknowledge(1);
  text.edit([2, 'e']);
  refuse();
  assert.equal(text.text, 'bce');
  undo.undo();
  assert.equal(text.text, 'bc');
  undo.undo();
  assert.equal(text.text, 'abc');
  assert.ok(!undo.canUndo);
});

test('refusedEdit_undoneAlready_comesBackOnce', () => {
  const { text, undo, refuse } = undoable('abc');
  text.edit([{ d: 2 }]);
  undo.undo();
  refuse();
  assert.equal(text.text, 'abc');
  assert.ok(!text.hasUnsavedChanges);
  assert.ok(!undo.canUndo);
});

test('refusedUndo_canBeDoneAgain', () => {
  const { text, undo, acknowledge, refuse } = undoable('abc');
  text.edit([{ d: 2 }]);
  acknowledge(1);
  undo.undo();
  refuse();
  assert.equal(text.text, 'c');
  assert.ok(!undo.canRedo);
  undo.undo();
  assert.equal(text.text, 'abc');
});

test('undo_acrossAReconnect_movesOverWhatCameMeanwhile', () => {
  const { stage, text, undo } = undoable('abc');
  text.edit([3, 'def']);
  const { src, seq } = stage.takeSent().at(-1);
  stage.lose();
  stage.accept();
  stage.receive(
    { a: 'op', c: 'c', d: 'd', v: 1, src: 'other', seq: 1, op: ['r', 3, 's'] },
    { a: 'op', c: 'c', d: 'd', v: 2, src, seq },
    { a: 's', c: 'c', d: 'd' },
  );
  assert.equal(text.text, 'rabcdefs');
  undo.undo();
  assert.equal(text.text, 'rabcs');
  undo.redo();
  assert.equal(text.text, 'rabcdefs');
});

test('deletedDocument_isForgotten', () => {
  const { stage, text, undo, acknowledge } = undoable('abc');
  let changes = 0;
  undo.on('change', () => changes++);
  text.edit(['x']);
  acknowledge(1);
  stage.receive({ a: 'op', c: 'c', d: 'd', v: 2, src: 'other', seq: 1, del: true });
  assert.ok(!undo.canUndo && !undo.undo());
  assert.equal(changes, 2);
});

test('undo_ofAReadOnlyText_changesNothing', () => {
  const { stage, text, undo, acknowledge } = undoable('abc');
  text.edit(['x']);
  acknowledge(1);
  stage.receive({ a: 'access', c: 'c', d: 'd', permission: 'read' });
  assert.throws(() => undo.undo(), /read-only/);
  assert.ok(undo.canUndo && !undo.canRedo);
});
