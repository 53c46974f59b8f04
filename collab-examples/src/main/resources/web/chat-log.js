/**
 * What is known of a chat room: its members and a part of its messages without gaps, up to the
 * newest. It does no input or output.
 *
 * @typedef {{id: string, name: string, color?: string}} User
 * @typedef {{id: number, user: User, t: number, text: string, edited?: number, deleted?: boolean,
 *     data?: object, replyTo?: number}} Message
 * @typedef {{user: User, joined: number, read: number}} Member  `read` is the id of the last
 *     message that the member has read
 */
export class ChatLog {
  /** How many events of the room this contains; null before the first state. */
  version = null;
  /** @type {Message[]} oldest first */
  messages = [];
  /** How many messages stay, and for how many milliseconds: {messages?, age?}. */
  retention = {};
  #members = new Map();
  #first = 1;

  /** @returns {Member[]} in the order in which they came */
  get members() {
    return [...this.#members.values()];
  }

  /** Whether the room has messages before the first one known. */
  get hasOlder() {
    return this.messages.length > 0 && this.messages[0].id > this.#first;
  }

  /** @returns {Member | undefined} */
  member(userId) {
    return this.#members.get(userId);
  }

  /** Starts over from a state of the room. */
  reset({ v, room = {}, messages = [] }) {
    this.version = v;
    this.messages = messages;
    this.#first = room.first ?? messages[0]?.id ?? 1;
    this.retention = room.retention ?? {};
    this.#members = new Map((room.members ?? []).map((member) => [member.user.id, member]));
  }

  /**
   * Takes in an answer to a request for messages before the first one known.
   *
   * @param {{messages: Message[], more: boolean}} answer  oldest first
   */
  prepend({ messages, more }) {
    const first = this.messages[0]?.id ?? Infinity;
    const older = messages.filter(({ id }) => id < first);
    this.messages = [...older, ...this.messages];
    if (!more) this.#first = this.messages[0]?.id ?? this.#first;
  }

  /**
   * Takes in the entry that follows `version`. One of a kind that is not known here counts too.
   *
   * @param {object} entry  what changed; several changes are in `all`, and `first` is the id of
   *     the first message that is still there
   */
  apply({ all, first = 1, ...change }) {
    this.version++;
    for (const each of all ?? [change]) this.#change(each);
    this.#first = Math.max(this.#first, first);
    if (this.messages[0]?.id < this.#first) {
      this.messages = this.messages.filter(({ id }) => id >= this.#first);
    }
  }

  #change({ post, edit, delete: deleted, erase, join, leave, remove, retain, read }) {
    if (post) this.#post(post);
    else if (edit) this.#replace(edit);
    else if (deleted) this.#replace(deleted);
    else if (erase) this.messages = this.messages.filter(({ id }) => id !== erase.id);
    else if (join) this.#join(join.user, join.joined);
    else if (leave) this.#members.delete(leave.user);
    else if (remove) this.#members.delete(remove.user);
    else if (retain) this.retention = retain;
    else if (read) this.#read(read);
  }

  #post(message) {
    this.messages = [...this.messages, message];
    this.#join(message.user, message.t);
  }

  #join(user, joined) {
    const known = this.#members.get(user.id);
    this.#members.set(user.id, { joined, read: 0, ...known, user });
  }

  #replace(message) {
    this.messages = this.messages.map((each) => (each.id === message.id ? message : each));
  }

  #read({ user, id }) {
    const member = this.#members.get(user);
    if (member && id > member.read) this.#members.set(user, { ...member, read: id });
  }
}
