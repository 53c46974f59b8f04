/** The line that says whether everything is saved, and the facts below the text. */
import { byId } from './element.js';

const LABELS = {
  loading: 'Loading…',
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting…',
  offline: 'Offline',
  saving: 'Saving…',
  saved: 'All changes saved',
  reading: 'Read only',
  absent: 'Not created',
  deleted: 'Deleted',
  failed: 'Not available',
};

/** Saving is shown only when it takes longer than this. */
const SAVING_MILLIS = 400;

export class StateLine {
  #client;
  #text;
  #hasConnected = false;
  #savingTimer = null;

  /**
   * @param {object} client
   * @param {import('./shared-text.js').SharedText} text
   */
  constructor(client, text) {
    this.#client = client;
    this.#text = text;
  }

  /** Shows what is now. */
  show() {
    const { state: connection } = this.#client;
    const { phase, revision, unsavedEdits: count } = this.#text;
    this.#hasConnected ||= connection === 'connected';
    const state = this.#state(connection, phase);
    Object.assign(document.body.dataset, { state, revision, unsent: count });
    byId('revision').textContent = phase === 'loading' ? '–' : revision.toLocaleString('en');
    const edits = `${count.toLocaleString('en')} ${count === 1 ? 'edit' : 'edits'}`;
    byId('unsent').textContent = count > 0 && state !== 'saving' ? `${edits} not sent yet` : '';
    byId('online').checked = connection !== 'offline';
    this.#showLater(state);
  }

  #state(connection, phase) {
    if (connection === 'offline') return 'offline';
    if (connection !== 'connected') return this.#hasConnected ? 'reconnecting' : 'connecting';
    if (phase !== 'ready') return phase;
    if (this.#text.hasUnsavedChanges) return 'saving';
    return this.#text.isEditable ? 'saved' : 'reading';
  }

  #showLater(state) {
    if (state !== 'saving') {
      clearTimeout(this.#savingTimer);
      this.#savingTimer = null;
      this.#showLabel(state);
    } else if (document.body.dataset.shown !== 'saved') {
      this.#showLabel(state);
    } else {
      this.#savingTimer ??= setTimeout(() => this.#showLabel('saving'), SAVING_MILLIS);
    }
  }

  #showLabel(state) {
    const { dataset } = document.body;
    if (dataset.shown === state) return;
    dataset.shown = state;
    byId('state').textContent = LABELS[state];
    // read out by screen readers; each keystroke would be too much
    const announcement = byId('announcement');
    if (state !== 'saving' && announcement.textContent !== LABELS[state]) {
      announcement.textContent = LABELS[state];
    }
  }
}
