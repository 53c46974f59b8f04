/**
 * Who is here, one entry for each person however many windows they have.
 *
 * @typedef {object} Person
 * @property {string} key
 * @property {{id: string, name: string, color?: string}} user
 * @property {boolean} isSelf
 * @property {'active' | 'idle' | 'away' | 'gone'} status
 * @property {string} activity  a few words on what the person does
 * @property {number | null} position  of the cursor, null if it is nowhere in the text
 */
import { selectionsOf } from './selections.js';

/** Somebody who has edited the text within this time is editing. */
const EDITING_MILLIS = 3000;

const RANK = { active: 0, idle: 1, away: 2 };

/**
 * @param {import('./other-presences.js').Other[]} others
 * @param {{id: string | null, name: string, color?: string, isAway: boolean, isOffline: boolean}}
 *     self  the person at this window
 * @param {{id: string}[]} typing  who is writing a chat message
 * @param {number} now
 * @returns {Person[]} oneself first, then the others by name
 */
export function peopleIn(others, self, typing, now) {
  const groups = new Map();
  for (const other of others) {
    const key = other.user?.id ?? `client ${other.src}`;
    groups.set(key, [...(groups.get(key) ?? []), other]);
  }
  const own = {
    key: 'self',
    user: { id: self.id ?? '', name: self.name, color: self.color },
    isSelf: true,
    status: self.isOffline ? 'gone' : self.isAway ? 'away' : 'active',
    activity: self.isOffline ? 'you, offline' : self.isAway ? 'you, away' : 'you',
    position: null,
  };
  groups.delete(self.id);
  const isTyping = (id) => typing.some((user) => user.id === id);
  const rest = [...groups].map(([key, windows]) => personOf(key, windows, isTyping(key), now));
  return [own, ...rest.sort((a, b) => a.user.name.localeCompare(b.user.name))];
}

function personOf(key, windows, isTyping, now) {
  const [newest] = windows.toSorted(
    (a, b) => RANK[a.status] - RANK[b.status] || b.lastActive - a.lastActive,
  );
  const { user, status, lastActive } = newest;
  const isEditing = windows.some(({ lastEdit }) => now - (lastEdit ?? -Infinity) < EDITING_MILLIS);
  const cursors = [newest, ...windows].flatMap(({ value }) => selectionsOf(value));
  return {
    key,
    user: user ?? { id: key, name: 'Guest' },
    isSelf: false,
    status: isTyping || isEditing ? 'active' : status,
    activity: isTyping
      ? 'writing a message…'
      : isEditing
        ? 'editing'
        : words(status, lastActive, now),
    position: cursors[0]?.head ?? null,
  };
}

function words(status, lastActive, now) {
  const minutes = Math.floor((now - lastActive) / 60_000);
  if (status === 'active' || minutes < 1) return status;
  const time = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
  return `${status} for ${time}`;
}
