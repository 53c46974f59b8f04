/**
 * Joins a CodeMirror 6 editor to a shared text.
 *
 * Both count positions in UTF-16 code units, and the editor is told that only "\n" ends a line.
 * Otherwise it would turn "\r\n" into one character and all positions behind it would be wrong.
 */
import { Compartment, EditorState, Transaction } from '@codemirror/state';
import { EditorView, ViewPlugin } from '@codemirror/view';
import { diff } from './text-shape.js';
import { fromChanges, toChanges } from './text-operation.js';

/** How long changes of others wait for the end of an input method's composition. */
const COMPOSITION_MILLIS = 2000;
/** How long after a composition the editor may still read the composed text from the page. */
const SETTLING_MILLIS = 50;

/**
 * Returns the extension that keeps an editor equal to a shared text. The editor is read-only
 * unless the text can be edited.
 *
 * @param {import('./shared-text.js').SharedText} text
 * @param {(error: Error) => void} onError  called when an edit could not be taken over; the
 *     editor then shows the shared text again
 */
export function shared(text, onError) {
  const access = new Compartment();
  return [
    EditorState.lineSeparator.of('\n'),
    EditorView.clipboardInputFilter.of((pasted) => pasted.replace(/\r\n?/g, '\n')),
    access.of(accessFor(text)),
    ViewPlugin.define(readBeforeScroll),
    ViewPlugin.define((view) => new Binding(view, text, access, onError)),
  ];
}

const accessFor = (text) => EditorState.readOnly.of(!text.isEditable);

/** Marks transactions that bring the editor what the shared text contains already. */
const fromSharedText = [Transaction.remote.of(true), Transaction.addToHistory.of(false)];

class Binding {
  #view;
  #text;
  #access;
  #onError;
  #removals;
  #holdTimer = null;
  #isEditable;

  constructor(view, text, access, onError) {
    this.#view = view;
    this.#text = text;
    this.#access = access;
    this.#onError = onError;
    this.#isEditable = text.isEditable;
    this.#removals = [
      text.on('load', () => this.#show()),
      text.on('change', ({ operation }) => this.#dispatch({ changes: toChanges(operation) })),
      text.on('status', () => this.#updateAccess()),
    ];
    this.#listen('compositionstart', () => this.#hold());
    this.#listen('compositionend', () => this.#resumeIn(SETTLING_MILLIS));
    if (text.phase === 'ready') queueMicrotask(() => this.#show());
  }

  /** Takes over what the person at this editor did. Called by CodeMirror. */
  update({ transactions }) {
    for (const transaction of transactions) {
      if (!transaction.docChanged || transaction.annotation(Transaction.remote)) continue;
      try {
        this.#text.edit(operationOf(transaction.changes));
      } catch (error) {
        queueMicrotask(() => this.#show());
        this.#onError(error);
        return;
      }
    }
  }

  destroy() {
    clearTimeout(this.#holdTimer);
    this.#text.resume();
    this.#removals.forEach((remove) => remove());
  }

  /** Makes the editor show the shared text, with as small a change as can be. */
  #show() {
    const { state } = this.#view;
    this.#dispatch({ changes: toChanges(diff(state.sliceDoc(), this.#text.text)) });
  }

  #dispatch(specification) {
    this.#view.dispatch({ ...specification, annotations: fromSharedText });
  }

  #updateAccess() {
    const { isEditable } = this.#text;
    if (isEditable === this.#isEditable) return;
    this.#isEditable = isEditable;
    this.#dispatch({ effects: this.#access.reconfigure(accessFor(this.#text)) });
  }

  /** A change in the line being composed would end the composition, so others wait a little. */
  #hold() {
    this.#text.hold();
    this.#resumeIn(COMPOSITION_MILLIS);
  }

  #resumeIn(millis) {
    clearTimeout(this.#holdTimer);
    this.#holdTimer = setTimeout(() => this.#text.resume(), millis);
  }

  #listen(type, listener) {
    const { contentDOM } = this.#view;
    contentDOM.addEventListener(type, listener);
    this.#removals.push(() => contentDOM.removeEventListener(type, listener));
  }
}

/**
 * Has the editor read a character that was just typed together with the cursor behind it.
 *
 * If the page scrolls between the two, CodeMirror before 6.43.15 reads the character alone, and
 * what is typed next comes before it. An event of the selection makes it read both.
 */
function readBeforeScroll({ scrollDOM }) {
  const read = () => scrollDOM.ownerDocument.dispatchEvent(new Event('selectionchange'));
  scrollDOM.addEventListener('scroll', read, { capture: true });
  return { destroy: () => scrollDOM.removeEventListener('scroll', read, { capture: true }) };
}

/** @returns {import('./text-operation.js').TextOperation} the same changes as one operation */
function operationOf(changeSet) {
  const changes = [];
  changeSet.iterChanges((from, to, _fromNew, _toNew, inserted) => {
    changes.push({ from, to, insert: inserted.toString() });
  });
  return fromChanges(changes);
}
