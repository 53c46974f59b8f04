import { element } from './element.js';

/** Messages above the editor. Each stays until it is dismissed or taken away. */
export class Notices {
  #container;
  #shown = new Map();

  /** @param {HTMLElement} container  a live region */
  constructor(container) {
    this.#container = container;
  }

  /**
   * Shows a message; one with the same key is replaced.
   *
   * @param {string} key
   * @param {string} message
   * @param {object} [options]
   * @param {string} [options.detail]  text that can be unfolded
   * @param {{label: string, run: () => void}} [options.action]
   */
  show(key, message, { detail = '', action } = {}) {
    this.remove(key);
    const notice = element('div', { className: 'notice' });
    notice.append(element('p', { textContent: message }));
    if (action) notice.append(this.#button(key, action.label, action.run));
    notice.append(this.#button(key, 'Dismiss', () => {}));
    if (detail) {
      const details = element('details');
      details.append(element('summary', { textContent: 'Show the text' }));
      details.append(element('pre', { textContent: detail }));
      notice.append(details);
    }
    this.#container.append(notice);
    this.#shown.set(key, notice);
  }

  /** @param {string} key  of a message, which may be gone already */
  remove(key) {
    this.#shown.get(key)?.remove();
    this.#shown.delete(key);
  }

  #button(key, label, run) {
    const button = element('button', { type: 'button', textContent: label });
    button.addEventListener('click', () => {
      this.remove(key);
      run();
    });
    return button;
  }
}
