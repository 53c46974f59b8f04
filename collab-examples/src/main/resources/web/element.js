/**
 * Makes an element. Text of users gets in only as text: `textContent` or a string among the
 * children, never as markup.
 *
 * @param {string} name
 * @param {object} [properties]  of the element; `attributes` and `dataset` are objects of their own
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(name, { attributes = {}, dataset = {}, ...properties } = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  Object.assign(node.dataset, dataset);
  for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value);
  node.append(...children);
  return node;
}

/** @returns {HTMLElement} the element of the page with this id */
export const byId = (id) => document.getElementById(id);

/**
 * Makes a container show items in order and keeps the element of each that is the same as before,
 * so that neither the focus nor a screen reader loses its place.
 */
export class KeyedList {
  #container;
  #make;
  #update;
  #shown = new Map();

  /**
   * @param {HTMLElement} container  everything in it is this list's
   * @param {(item: any) => HTMLElement} make
   * @param {(node: HTMLElement, item: any, before: any) => boolean} [update]  makes an element show
   *     another item of the same key, so that it can be clicked or have the focus meanwhile; false
   *     to have it made anew
   */
  constructor(container, make, update = () => false) {
    this.#container = container;
    this.#make = make;
    this.#update = update;
  }

  /** @param {{key: any}[]} items  plain data */
  show(items) {
    const before = this.#shown;
    this.#shown = new Map();
    let place = this.#container.firstChild;
    for (const item of items) {
      const signature = JSON.stringify(item);
      const known = before.get(item.key);
      const isSame =
        known !== undefined &&
        (known.signature === signature || this.#update(known.node, item, known.item));
      const node = isSame ? known.node : this.#make(item);
      this.#shown.set(item.key, { signature, node, item });
      if (isSame && node === place) {
        place = node.nextSibling;
      } else if (known && known.node === place) {
        place = known.node.nextSibling;
        known.node.replaceWith(node);
      } else {
        this.#container.insertBefore(node, place);
      }
    }
    while (place !== null) {
      const next = place.nextSibling;
      place.remove();
      place = next;
    }
  }

  /** @returns {HTMLElement | undefined} what shows the item with this key */
  nodeOf(key) {
    return this.#shown.get(key)?.node;
  }
}
