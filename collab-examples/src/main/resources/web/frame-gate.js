/** Lets the frames of one document through, or keeps them waiting in order. */
export class FrameGate {
  #deliver;
  #waiting = null;

  /** @param {(frame: object) => void} deliver */
  constructor(deliver) {
    this.#deliver = deliver;
  }

  receive(frame) {
    if (this.#waiting === null) this.#deliver(frame);
    else this.#waiting.push(frame);
  }

  close() {
    this.#waiting ??= [];
  }

  /** Opens the gate to all that is waiting and to what follows. */
  open() {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    waiting.forEach((frame) => this.#deliver(frame));
  }

  /** Forgets what is waiting: the connection that it came from is gone. */
  clear() {
    if (this.#waiting !== null) this.#waiting = [];
  }
}
