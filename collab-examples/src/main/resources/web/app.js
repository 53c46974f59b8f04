/** The page: one shared text, its editor, the people in it and what they say to each other. */
import { defaultKeymap } from '@codemirror/commands';
import { EditorState } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, placeholder } from '@codemirror/view';
import { ChatPane } from './chat-pane.js';
import { connect } from './collab.js';
import { shared } from './editor-binding.js';
import { undoing } from './editor-undo.js';
import { Departed } from './departed.js';
import { byId } from './element.js';
import { Identity } from './identity.js';
import { Notices } from './notices.js';
import { PeopleList } from './people-list.js';
import { peopleIn } from './people.js';
import { remoteCursors } from './remote-cursors.js';
import { ServerPanel } from './server-panel.js';
import { StateLine } from './state-line.js';

/** How often it is looked whether somebody has been idle for longer. */
const PEOPLE_MILLIS = 5000;
const COLLECTION = 'documents';
const ALONE = 'Nobody else is here. Open this page in another window, or send somebody its address.';
const UNSEEN = 'The others are shown again when you are connected.';

const name = new URLSearchParams(location.search).get('doc') || 'welcome';
const notices = new Notices(byId('notices'));

const endpoint = new URL('/collab', location.href);
endpoint.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
const identity = new Identity((user) => client.introduce(user));
const client = connect(endpoint.href, { user: identity.user });
const text = client.open(COLLECTION, name, { create: '' });
const room = client.room(`${COLLECTION}.${name}`);
const view = new EditorView({
  parent: byId('editor'),
  state: EditorState.create({ extensions: extensions() }),
});
const stateLine = new StateLine(client, text);
const departed = new Departed();
const people = new PeopleList(byId('people-list'), byId('faces'), visit);
const chat = new ChatPane(room, self, showUnread);
new ServerPanel();

function extensions() {
  return [
    highlightSpecialChars(),
    placeholder('Start typing. Everyone who has this document open sees it at once.'),
    keymap.of(defaultKeymap),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({
      'aria-label': `Text of ${name}`,
      spellcheck: 'true',
      autocapitalize: 'on',
    }),
    EditorView.theme({
      '&': { flex: '1', minHeight: '0', fontSize: '1.0625rem' },
      '&.cm-focused': { outline: 'none' },
      '.cm-scroller': { fontFamily: 'inherit', lineHeight: '1.7' },
      '.cm-content': { padding: '1.5rem 0', caretColor: 'var(--accent)' },
      '.cm-line': { padding: '0 clamp(1rem, 4vw, 2rem)' },
      '.cm-placeholder': { color: 'var(--quiet)' },
      '.cm-specialChar': { color: 'var(--bad)' },
    }),
    shared(text, () => notices.show('edit', 'An edit could not be taken over and was undone.')),
    undoing(text),
    remoteCursors(text),
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

/** Who the person at this window is: as the server says, or else as they would like to be. */
function self() {
  const { user } = client;
  const isOffline = client.state === 'offline';
  return { id: user?.id ?? null, ...identity.user, ...user, isAway: client.isAway, isOffline };
}

function showPeople() {
  const isConnected = client.state === 'connected';
  const others = isConnected ? text.presence.others : [];
  const now = Date.now();
  const list = peopleIn(others, self(), room.typing, now);
  // without a connection nobody is seen, which does not mean that they have left
  const shown = isConnected ? departed.follow(list, now) : list;
  people.show(shown);
  byId('people-count').textContent = list.length.toLocaleString('en');
  byId('people-hint').textContent = isConnected ? ALONE : UNSEEN;
  byId('people-hint').hidden = shown.length > 1;
}

function visit(position) {
  const { length } = view.state.doc;
  const place = Math.min(position, length);
  view.dispatch({ effects: EditorView.scrollIntoView(place, { y: 'center' }) });
}

function showUnread(count) {
  document.title = `${count > 0 ? `(${count}) ` : ''}${name} · Collab`;
  for (const badge of document.querySelectorAll('[data-unread]')) {
    badge.hidden = count === 0;
    badge.textContent = count.toLocaleString('en');
    badge.title = `${count} not read`;
  }
}

function showAccess() {
  const { permission, phase } = text;
  const banner = byId('read-only');
  const isBarred = permission === 'none';
  banner.hidden = permission === null || text.isEditable || (phase !== 'ready' && !isBarred);
  banner.textContent = isBarred
    ? 'You may no longer see this document. What is here is how you saw it last.'
    : 'You may read this document, but not change it.';
}

function refused({ code, message, operation, text: content }) {
  const detail =
    operation === null ? content : operation.filter((part) => typeof part === 'string').join('\n');
  const reason = message || code;
  const happened = `The server refused an edit of yours (${reason}).`;
  notices.show('rejected', `${happened} It was undone; the rest of your text is kept.`, { detail });
}

function deleted({ text: content, pending }) {
  const kept =
    pending.length > 0 ? ' Your edits that were not sent are in the text kept here.' : '';
  // what was not sent stays on the screen, even if the document is created again
  const notice = pending.length > 0 ? `unsaved ${text.revision}` : 'deleted';
  notices.show(notice, `This document was deleted.${kept}`, {
    detail: content,
    action: {
      label: 'Create it again with this text',
      run: () => text.phase === 'deleted' && text.create(content),
    },
  });
}

function togglePanel() {
  const isOpen = document.body.classList.toggle('panel-open');
  byId('show-panel').setAttribute('aria-expanded', isOpen);
  if (!isOpen) return;
  byId('panel').focus();
  chat.markRead();
}

/** Closes the panel where it lies above the text. */
function closePanel({ key, target }) {
  const isOpen = document.body.classList.contains('panel-open');
  if (key !== 'Escape' || !isOpen || target.closest('.editing')) return;
  togglePanel();
  byId('show-panel').focus();
}

function updateStatus() {
  stateLine.show();
  showAccess();
  showPeople();
}

showUnread(0);
byId('title').textContent = name;
byId('name').value = name;
byId('twin').href = `/?doc=${encodeURIComponent(name)}`;
byId('show-panel').addEventListener('click', togglePanel);
byId('panel').addEventListener('keydown', closePanel);
byId('online').addEventListener('change', ({ target }) =>
  target.checked ? client.connect() : client.disconnect(),
);
addEventListener('online', () => client.state === 'waiting' && client.connect());
addEventListener('focus', () => chat.markRead());
addEventListener('beforeunload', (event) => {
  if (client.hasUnsavedChanges || room.pending.length > 0) event.preventDefault();
});
document.addEventListener('visibilitychange', () => {
  client.isAway = document.visibilityState === 'hidden';
  chat.markRead();
  showPeople();
});
setInterval(showPeople, PEOPLE_MILLIS);

client.on('status', updateStatus);
client.on('error', ({ code, message }) =>
  notices.show('connection', `The connection failed: ${message || code}.`),
);
text.on('status', updateStatus);
text.on('load', () => notices.remove('deleted'));
text.on('saved', () => notices.remove('error'));
text.on('rejected', refused);
text.on('deleted', deleted);
text.on('error', ({ code, message }) => {
  if (text.permission === 'none') return;
  notices.show('error', `The document has a problem: ${message || code}.`);
});
text.on('resync', ({ assumedCommitted }) => {
  const doubt = assumedCommitted ? ' One of your edits was found in it already.' : '';
  notices.show(
    'resync',
    `The server sent the document anew; your edits were placed in it again.${doubt}`,
  );
});
text.presence.on('change', showPeople);
room.on('typing', showPeople);
updateStatus();

/** For tests and for the console. */
window.collab = { client, text, room, view };
