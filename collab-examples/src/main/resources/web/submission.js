/** What became of an operation whose history is gone, in the words of the protocol. */
const FATES = { committed: 'committed', 'not-committed': 'not committed', unknown: 'unknown' };

/** An operation that was sent and is not settled. It goes out as often as needed, always the same. */
export class Submission {
  /** The message, as it was sent the first time. */
  frame;
  /** Whether the server has answered it on this connection. */
  isAnswered = false;
  /** The revision that it was committed at, as far as this connection has told. */
  committedAt = null;
  /** Whether it will not be committed under this number. */
  isVoid = false;
  #fate = null;

  constructor(frame) {
    this.frame = frame;
  }

  get isCreate() {
    return this.frame.create !== undefined;
  }

  /** @returns {'committed' | 'not committed' | 'unknown'} */
  get fate() {
    if (this.isCreate) return 'not committed';
    return this.committedAt === null ? (this.#fate ?? 'unknown') : 'committed';
  }

  /** @returns {boolean} whether a message names this operation; without `src` it is the client's own */
  isNamedBy({ src = this.frame.src, seq }) {
    return src === this.frame.src && seq === this.frame.seq;
  }

  /** It was committed. */
  committed(revision) {
    this.committedAt = revision;
    this.isAnswered = true;
  }

  /** It was refused; the server may tell its fate. */
  refused(fate) {
    this.#fate = FATES[fate] ?? null;
    this.isAnswered = true;
  }

  /** It goes out again, on a connection that has told nothing about it. */
  renewed() {
    return new Submission(this.frame);
  }
}
