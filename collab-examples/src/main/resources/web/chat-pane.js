/** The chat beside the text. */
import { itemsOf } from './chat-groups.js';
import { chatItem } from './chat-items.js';
import { KeyedList, byId, element } from './element.js';

/** So near to the end counts as being there. */
const END_PIXELS = 40;
/** So near to the start older messages are asked for. */
const START_PIXELS = 80;

const PLACEHOLDERS = {
  loading: 'Connecting…',
  ready: 'Write a message',
  forbidden: 'You may not read this chat.',
  unsupported: 'This server has no chat.',
  closed: '',
};

export class ChatPane {
  #room;
  #self;
  #list;
  #scroll = byId('chat-scroll');
  #input = byId('message');
  #editing = null;
  #isLoadingOlder = false;
  /** Whoever was at the end stays there when the pane changes its size. */
  #wasAtEnd = true;
  #lastTop = 0;
  #onUnread;

  /**
   * @param {import('./chat-room.js').ChatRoom} room
   * @param {() => {id: string, name: string, color?: string}} self  the person at this page
   * @param {(count: number) => void} onUnread  called with how many messages are not read
   */
  constructor(room, self, onUnread) {
    this.#room = room;
    this.#self = self;
    this.#onUnread = onUnread;
    this.#list = new KeyedList(byId('messages'), (item) => chatItem(item, this.#actions));
    room.on('change', () => this.show());
    room.on('status', () => this.#showStatus());
    room.on('typing', () => this.#showTyping());
    room.on('error', ({ code, message }) => this.#showProblem(message || code));
    byId('composer').addEventListener('submit', (event) => this.#send(event));
    this.#input.addEventListener('keydown', (event) => this.#onKey(event));
    this.#input.addEventListener('input', () => this.#onInput());
    this.#scroll.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    byId('older').addEventListener('click', () => this.#loadOlder());
    byId('newest').addEventListener('click', () => this.#toEnd());
    new ResizeObserver(() => this.#onResize()).observe(this.#scroll);
    this.#showStatus();
    this.show();
  }

  /** Shows what the room has now, and keeps the place in it. */
  show() {
    const room = this.#room;
    const { messages, pending, members, isWritable } = room;
    const items = itemsOf({ messages, pending, members, self: this.#self() });
    this.#list.show(items.map((item) => this.#withState(item, isWritable)));
    byId('older').hidden = !room.hasOlder;
    byId('chat-empty').hidden = items.length > 0 || room.phase !== 'ready';
    if (this.#wasAtEnd) this.#toEnd();
    this.markRead();
  }

  /** What is on the screen of somebody who looks at it is read. */
  markRead() {
    const last = this.#room.messages.at(-1);
    const { visibility } = getComputedStyle(this.#scroll); // hidden with the panel
    const isSeen = visibility === 'visible' && document.visibilityState === 'visible';
    if (last && isSeen && document.hasFocus() && this.#isAtEnd) this.#read(last.id);
    byId('newest').hidden = this.#room.unread === 0 || this.#isAtEnd;
    this.#onUnread(this.#room.unread);
  }

  /** Others see what members have read, so whoever reads what others wrote becomes one. */
  #read(id) {
    const room = this.#room;
    if (room.unread === 0 || id <= room.lastRead) return;
    if (!room.isMember && room.pending.length === 0) room.join().catch(() => {});
    room.markRead(id);
  }

  #withState(item, isWritable) {
    if (item.kind !== 'message') return item;
    const isEditing = item.key === this.#editing && isWritable;
    return { ...item, isWritable, isEditing };
  }

  get #actions() {
    return {
      startEditing: (id) => this.#edit(id),
      endEditing: (id, text) => {
        const { text: before } = this.#room.messages.find((message) => message.id === id) ?? {};
        this.#edit(null);
        if (text !== null && text !== before) this.#do(this.#room.edit(id, text));
        this.#input.focus();
      },
      remove: (id) => this.#do(this.#room.delete(id)),
    };
  }

  #edit(id) {
    this.#editing = id;
    this.show();
    const input = this.#list.nodeOf(id)?.querySelector('textarea');
    input?.focus();
    input?.setSelectionRange(input.value.length, input.value.length);
  }

  #do(done) {
    byId('chat-problem').hidden = true;
    done.catch(({ message }) => this.#showProblem(message));
  }

  #send(event) {
    event.preventDefault();
    const text = this.#input.value.trim();
    if (text === '' || !this.#room.isWritable) return;
    this.#input.value = '';
    this.#fitInput();
    byId('chat-problem').hidden = true;
    this.#room.post(text).catch(({ message }) => {
      this.#showProblem(message);
      if (this.#input.value === '') this.#input.value = text;
      this.#fitInput();
    });
    this.#toEnd();
  }

  #onKey(event) {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) this.#send(event);
    if (event.key === 'ArrowUp' && this.#input.value === '') this.#editLast(event);
  }

  #editLast(event) {
    const { id } = this.#self();
    const last = this.#room.messages.findLast(({ user, deleted }) => user.id === id && !deleted);
    if (last === undefined) return;
    event.preventDefault();
    this.#edit(last.id);
  }

  #onInput() {
    this.#fitInput();
    if (this.#input.value.trim() === '') this.#room.stopTyping();
    else this.#room.typed();
  }

  #fitInput() {
    this.#input.style.height = 'auto';
    this.#input.style.height = `${this.#input.scrollHeight + 2}px`;
  }

  #onResize() {
    if (this.#wasAtEnd) this.#toEnd();
    this.markRead();
  }

  #onScroll() {
    // a change of size may come first, and looks as if somebody had scrolled up
    const { scrollTop } = this.#scroll;
    this.#wasAtEnd = this.#isAtEnd || (this.#wasAtEnd && scrollTop >= this.#lastTop);
    this.#lastTop = scrollTop;
    if (scrollTop < START_PIXELS) this.#loadOlder();
    this.markRead();
  }

  /** What is on the screen stays where it is. */
  async #loadOlder() {
    if (this.#isLoadingOlder || !this.#room.hasOlder) return;
    this.#isLoadingOlder = true;
    const { lastElementChild: last } = byId('messages');
    const before = last?.getBoundingClientRect().top;
    await this.#room.loadOlder();
    if (last?.isConnected) {
      this.#scroll.scrollTop += last.getBoundingClientRect().top - before;
    }
    this.#isLoadingOlder = false;
  }

  get #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroll;
    return scrollHeight - scrollTop - clientHeight < END_PIXELS;
  }

  #toEnd() {
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
    this.#wasAtEnd = true;
  }

  #showStatus() {
    const { phase, isWritable } = this.#room;
    const isReadOnly = phase === 'ready' && !isWritable;
    this.#input.placeholder = isReadOnly ? 'You may read this chat only.' : PLACEHOLDERS[phase];
    this.#input.disabled = byId('send').disabled = !isWritable;
    byId('chat').dataset.phase = phase;
    // what was there before somebody came is not read out
    if (phase === 'ready') queueMicrotask(() => (byId('messages').ariaLive = 'polite'));
    this.show();
  }

  #showTyping() {
    const names = this.#room.typing.map(({ name }) => name);
    const line = byId('typing');
    line.replaceChildren();
    if (names.length === 0) return;
    const [who, verb] =
      names.length > 2
        ? ['Several people', 'are writing']
        : [names.join(' and '), names.length > 1 ? 'are writing' : 'is writing'];
    line.append(
      element('span', { className: 'dots', attributes: { 'aria-hidden': 'true' } }),
      element('span', { textContent: `${who} ${verb}…` }),
    );
  }

  #showProblem(message) {
    const problem = byId('chat-problem');
    problem.textContent = `That did not work: ${message}`;
    problem.hidden = false;
  }
}
