/**
 * Puts the messages of one task into one frame, where the server takes batches.
 */

/** A server takes no more messages in one frame. */
const MAX_MESSAGES = 1024;

export class Outbox {
  #write;
  #defer;
  #waiting = null;
  #frameLimit = Infinity;
  #isBatching = false;

  /**
   * @param {(frame: string) => void} write
   * @param {(action: () => void) => void} defer  runs something at the end of the present task
   */
  constructor(write, defer) {
    this.#write = write;
    this.#defer = defer;
  }

  /** @param {number} frameLimit  batches may go out, none longer than this */
  startBatching(frameLimit) {
    this.#isBatching = true;
    this.#frameLimit = frameLimit;
  }

  /** Forgets what is waiting, and that batches may go out. */
  reset() {
    this.#waiting = null;
    this.#isBatching = false;
  }

  /** @param {object} message */
  send(message) {
    const text = JSON.stringify(message);
    if (!this.#isBatching) return this.#write(text);
    if (this.#waiting !== null) return this.#waiting.push(text);
    const waiting = [text];
    this.#waiting = waiting;
    this.#defer(() => {
      if (this.#waiting !== waiting) return;
      this.#waiting = null;
      this.#flush(waiting);
    });
  }

  #flush(messages) {
    let batch = [];
    let length = 1;
    for (const message of messages) {
      const isTooLong = length + message.length + 1 > this.#frameLimit;
      if (batch.length > 0 && (isTooLong || batch.length === MAX_MESSAGES)) {
        this.#writeBatch(batch);
        batch = [];
        length = 1;
      }
      batch.push(message);
      length += message.length + 1;
    }
    this.#writeBatch(batch);
  }

  #writeBatch(batch) {
    this.#write(batch.length === 1 ? batch[0] : `[${batch.join(',')}]`);
  }
}
