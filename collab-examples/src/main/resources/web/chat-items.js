/** The elements of a chat: one for each item that `itemsOf` in chat-groups.js lists. */
import { element } from './element.js';
import { avatarOf } from './people-list.js';

const MOST_READERS = 4;
/** A second click on "Delete" counts within this time. */
const SURE_MILLIS = 4000;

/**
 * @param {object} item
 * @param {object} actions
 * @param {(id: number) => void} actions.startEditing
 * @param {(id: number, text: string | null) => void} actions.endEditing  null to keep the text
 * @param {(id: number) => void} actions.remove
 * @returns {HTMLElement}
 */
export function chatItem(item, actions) {
  if (item.kind === 'day') return dayElement(item);
  if (item.kind === 'readers') return readersElement(item);
  if (item.kind === 'pending') return pendingElement(item);
  return messageElement(item, actions);
}

function dayElement({ t }) {
  const day = new Date(t).toLocaleDateString('en', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
  });
  return element('li', { className: 'day' }, element('span', { textContent: day }));
}

function pendingElement({ text, user, isContinued }) {
  const node = frameOf(user, isContinued, 'sending…');
  node.classList.add('pending');
  node.querySelector('.body').append(element('p', { className: 'text', textContent: text }));
  return node;
}

function messageElement(item, actions) {
  const { message, isOwn, isContinued, isEditing, isWritable } = item;
  const { id, t, text, user, edited, deleted } = message;
  const node = frameOf(user, isContinued, timeElement(t));
  node.dataset.id = id;
  node.classList.toggle('own', isOwn);
  const body = node.querySelector('.body');
  if (deleted) {
    body.append(element('p', { className: 'text gone', textContent: 'This message was deleted.' }));
  } else if (isEditing) {
    body.append(editor(message, actions));
  } else {
    body.append(element('p', { className: 'text', textContent: text }));
    if (edited) {
      const title = new Date(edited).toLocaleString('en');
      body.firstChild.append(element('span', { className: 'edited', textContent: 'edited', title }));
    }
    if (isOwn && isWritable) body.append(tools(id, actions));
  }
  return node;
}

/** An item with the face and the name of an author, unless it goes on from the one before. */
function frameOf(user, isContinued, time) {
  const node = element('li', { className: 'message' });
  const body = element('div', { className: 'body' });
  const name = element('span', { className: 'name', textContent: user.name });
  if (isContinued) name.classList.add('hidden');
  else node.append(avatarOf(user));
  body.append(element('div', { className: 'head' }, name, time));
  node.classList.toggle('continued', isContinued);
  node.append(body);
  return node;
}

function timeElement(t) {
  const date = new Date(t);
  return element('time', {
    dateTime: date.toISOString(),
    title: date.toLocaleString('en'),
    textContent: date.toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false }),
  });
}

function tools(id, { startEditing, remove }) {
  const edit = element('button', { type: 'button', className: 'edit', textContent: 'Edit' });
  edit.addEventListener('click', () => startEditing(id));
  const del = element('button', { type: 'button', className: 'delete', textContent: 'Delete' });
  let isSure = false;
  del.addEventListener('click', () => {
    if (isSure) return remove(id);
    isSure = true;
    del.textContent = 'Really delete?';
    setTimeout(() => {
      isSure = false;
      del.textContent = 'Delete';
    }, SURE_MILLIS);
  });
  return element('div', { className: 'tools' }, edit, del);
}

function editor({ id, text }, { endEditing }) {
  const input = element('textarea', { value: text, rows: 2 });
  input.setAttribute('aria-label', 'New text of the message');
  const save = () => endEditing(id, input.value.trim() || null);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Escape') endEditing(id, null);
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    save();
  });
  const form = element(
    'form',
    { className: 'editing' },
    input,
    element('button', { textContent: 'Save' }),
    element('button', { type: 'button', className: 'cancel', textContent: 'Cancel' }),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    save();
  });
  form.querySelector('.cancel').addEventListener('click', () => endEditing(id, null));
  return form;
}

function readersElement({ users }) {
  const names = `Read by ${users.map(({ name }) => name).join(', ')}`;
  const faces = users.slice(0, MOST_READERS).map((user) => avatarOf(user));
  const more = users.length - faces.length;
  if (more > 0) faces.push(element('span', { textContent: `+${more}` }));
  const label = element('span', { className: 'hidden', textContent: names });
  // they move with each message, which is no news
  const attributes = { 'aria-live': 'off' };
  return element('li', { className: 'readers', title: names, attributes }, label, ...faces);
}
