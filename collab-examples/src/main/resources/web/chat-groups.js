/**
 * How the messages of a room are laid out: with the day above the first of each day, and the author
 * above the first of several that follow each other closely.
 */

/** Later messages of the same author get a head of their own. */
const TOGETHER_MILLIS = 5 * 60_000;

const dayOf = (time) => new Date(time).toDateString();

/**
 * @param {object} chat
 * @param {import('./chat-log.js').Message[]} chat.messages
 * @param {object[]} chat.pending  events that are not answered yet
 * @param {import('./chat-log.js').Member[]} chat.members
 * @param {{id: string, name: string, color?: string}} self
 * @returns {object[]} items with a `key`; the `kind` is `day`, `message`, `readers` or `pending`
 */
export function itemsOf({ messages, pending, members, self }) {
  const items = [];
  let before = null;
  const readers = readersOf(members, messages, self);
  for (const message of messages) {
    const isNewDay = before === null || dayOf(before.t) !== dayOf(message.t);
    if (isNewDay) items.push({ kind: 'day', key: `day ${dayOf(message.t)}`, t: message.t });
    items.push({
      kind: 'message',
      key: message.id,
      message,
      isOwn: message.user.id === self.id,
      isContinued: !isNewDay && belongTogether(before, message),
    });
    const last = readers.get(message.id);
    if (last) items.push({ kind: 'readers', key: `readers ${message.id}`, users: last });
    before = message;
  }
  const posts = pending.filter(({ post }) => post);
  const waiting = posts.map(({ post }, index) => {
    const isContinued = index > 0 || before?.user.id === self.id;
    const { id, name, color } = self;
    const user = { id, name, color };
    return { kind: 'pending', key: `pending ${index}`, text: post.text, user, isContinued };
  });
  return [...items, ...waiting];
}

function belongTogether(before, message) {
  return before.user.id === message.user.id && message.t - before.t < TOGETHER_MILLIS;
}

/** Each reader is shown at the last message that they have read, unless it is their own. */
function readersOf(members, messages, self) {
  const readers = new Map();
  for (const { user, read } of members) {
    if (user.id === self.id) continue;
    const last = messages.findLast(({ id }) => id <= read);
    if (last === undefined || last.user.id === user.id) continue;
    readers.set(last.id, [...(readers.get(last.id) ?? []), user]);
  }
  return readers;
}
