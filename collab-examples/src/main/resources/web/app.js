/** The page: one shared text, its editor, and what a person should know about its state. */
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, placeholder } from '@codemirror/view';
import { connect } from './collab.js';
import { shared } from './editor-binding.js';
import { Notices } from './notices.js';

const LABELS = {
  loading: 'Loading…',
  connecting: 'Connecting…',
  reconnecting: 'Reconnecting…',
  offline: 'Offline',
  saving: 'Saving…',
  saved: 'All changes saved',
  absent: 'Not created',
  deleted: 'Deleted',
  failed: 'Not available',
};

/** Saving is shown only when it takes longer than this. */
const SAVING_MILLIS = 400;

const name = new URLSearchParams(location.search).get('doc') || 'welcome';
const byId = (id) => document.getElementById(id);
const notices = new Notices(byId('notices'));

const endpoint = new URL('/collab', location.href);
endpoint.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
const client = connect(endpoint.href);
const text = client.open('documents', name, { create: '' });
const view = new EditorView({
  parent: byId('editor'),
  state: EditorState.create({ extensions: extensions() }),
});

let hasConnected = false;
let savingTimer = null;

function extensions() {
  return [
    history(),
    highlightSpecialChars(),
    placeholder('Start typing. Everyone who has this document open sees it at once.'),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      'aria-label': `Text of ${name}`,
      spellcheck: 'true',
      autocapitalize: 'on',
    }),
    EditorView.theme({
      '&': { flex: '1', fontSize: '1.0625rem' },
      '&.cm-focused': { outline: 'none' },
      '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.7' },
      '.cm-content': { padding: '1.5rem 0', caretColor: 'var(--accent)' },
      '.cm-line': { padding: '0 clamp(1rem, 4vw, 2rem)' },
      '.cm-placeholder': { color: 'var(--quiet)' },
      '.cm-specialChar': { color: 'var(--bad)' },
    }),
    shared(text, () => notices.show('edit', 'An edit could not be taken over and was undone.')),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) requestAnimationFrame(countCharacters);
    }),
  ];
}

function countCharacters() {
  let count = 0;
  for (const _ of text.text) count++;
  byId('characters').textContent = count.toLocaleString('en');
}

function currentState() {
  if (client.state === 'offline') return 'offline';
  if (client.state !== 'connected') return hasConnected ? 'reconnecting' : 'connecting';
  if (text.phase !== 'ready') return text.phase;
  return text.hasUnsavedChanges ? 'saving' : 'saved';
}

function update() {
  hasConnected ||= client.state === 'connected';
  const state = currentState();
  const count = text.unsavedEdits;
  Object.assign(document.body.dataset, { state, revision: text.revision, unsent: count });
  byId('revision').textContent =
    text.phase === 'loading' ? '–' : text.revision.toLocaleString('en');
  byId('unsent').textContent =
    count > 0 && state !== 'saving'
      ? `${count.toLocaleString('en')} ${count === 1 ? 'edit' : 'edits'} not sent yet`
      : '';
  byId('online').checked = client.state !== 'offline';
  if (state !== 'saving') {
    clearTimeout(savingTimer);
    savingTimer = null;
    show(state);
  } else if (document.body.dataset.shown !== 'saved') {
    show(state);
  } else {
    savingTimer ??= setTimeout(() => show('saving'), SAVING_MILLIS);
  }
}

function show(state) {
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

function refused({ code, message, operation, text: content }) {
  const detail =
    operation === null ? content : operation.filter((part) => typeof part === 'string').join('\n');
  const reason = message || code;
  notices.show(
    'rejected',
    `The server refused an edit of yours (${reason}). It was undone; the rest of your text is kept.`,
    {
      detail,
    },
  );
}

function deleted({ text: content, pending }) {
  const kept =
    pending.length > 0 ? ' Your edits that were not sent are in the text kept here.' : '';
  notices.show('deleted', `This document was deleted.${kept}`, {
    detail: content,
    action: {
      label: 'Create it again with this text',
      run: () => text.phase === 'deleted' && text.create(content),
    },
  });
}

document.title = `${name} · Collab`;
byId('title').textContent = name;
byId('name').value = name;
byId('twin').href = `/?doc=${encodeURIComponent(name)}`;
byId('online').addEventListener('change', ({ target }) =>
  target.checked ? client.connect() : client.disconnect(),
);
addEventListener('online', () => client.state === 'waiting' && client.connect());
addEventListener('beforeunload', (event) => client.hasUnsavedChanges && event.preventDefault());

client.on('status', update);
client.on('error', ({ code, message }) =>
  notices.show('connection', `The connection failed: ${message || code}.`),
);
text.on('status', update);
text.on('load', () => notices.remove('deleted'));
text.on('saved', () => notices.remove('error'));
text.on('rejected', refused);
text.on('deleted', deleted);
text.on('error', ({ code, message }) =>
  notices.show('error', `The document has a problem: ${message || code}.`),
);
text.on('resync', ({ assumedCommitted }) => {
  const doubt = assumedCommitted ? ' One of your edits was found in it already.' : '';
  notices.show(
    'resync',
    `The server sent the document anew; your edits were placed in it again.${doubt}`,
  );
});
update();

/** For tests and for the console. */
window.collab = { client, text, view };
