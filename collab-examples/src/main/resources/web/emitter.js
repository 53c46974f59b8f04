/** Named events for the objects of this client. */
export class Emitter {
  #listeners = new Map();

  /**
   * Registers a listener.
   *
   * @param {string} type
   * @param {(event: any) => void} listener  called in the order of events; one that throws is
   *     reported and does not stop the others
   * @returns {() => void} removes the listener
   */
  on(type, listener) {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /**
   * @param {string} type
   * @param {any} [event]
   */
  emit(type, event) {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) {
      try {
        listener(event);
      } catch (error) {
        console.error(`a listener for "${type}" failed`, error);
      }
    }
  }
}
