/**
 * Shows in a CodeMirror editor where the others are: a cursor with a name and what is selected, in
 * layers above and below the text. The text's own elements are left alone, so that neither an input
 * method nor the spelling check is disturbed.
 */
import { EditorSelection, StateEffect } from '@codemirror/state';
import { EditorView, RectangleMarker, ViewPlugin, layer } from '@codemirror/view';
import { colorOf, paint } from './colors.js';
import { element } from './element.js';
import { selectionsOf } from './selections.js';

/** For so long after somebody moved, the name stands at the cursor; then only a mark remains. */
const NAME_MILLIS = 5000;
/** Where the name would reach past the right edge it stands on the left. */
const NAME_WIDTH = 180;

const isFresh = ({ lastActive }) => Date.now() - lastActive < NAME_MILLIS;

const othersChanged = StateEffect.define();

/**
 * Returns the extension for the presence of the text that the editor shows. What the editor has
 * selected is shown to the others.
 *
 * @param {import('./shared-text.js').SharedText} text
 */
export function remoteCursors(text) {
  const { presence } = text;
  const isOutdated = ({ docChanged, transactions, geometryChanged, viewportChanged }) =>
    docChanged ||
    geometryChanged ||
    viewportChanged ||
    transactions.some(({ effects }) => effects.some((effect) => effect.is(othersChanged)));
  return [
    layer({
      above: false,
      class: 'cm-remote-selections',
      update: isOutdated,
      markers: (view) => selectionsIn(view, presence).flatMap(rectanglesOf),
    }),
    layer({
      above: true,
      class: 'cm-remote-cursors',
      update: isOutdated,
      markers: (view) => selectionsIn(view, presence).flatMap(cursorsOf),
    }),
    ViewPlugin.define((view) => new Exchange(view, text)),
    theme,
  ];
}

/** All selections of others, inside the text. */
function selectionsIn(view, presence) {
  const { length } = view.state.doc;
  const clamp = (position) => Math.min(position, length);
  return presence.others.flatMap((other) =>
    selectionsOf(other.value).map(({ anchor, head }) => ({
      view,
      other,
      range: EditorSelection.range(clamp(anchor), clamp(head)),
    })),
  );
}

function rectanglesOf({ view, other, range }) {
  if (range.empty) return [];
  const color = colorOf(other.user);
  return RectangleMarker.forRange(view, '', range).map(
    (rectangle) => new SelectionMarker(rectangle, color),
  );
}

function cursorsOf({ view, other, range }) {
  const cursor = EditorSelection.cursor(range.head, range.assoc);
  const [place] = RectangleMarker.forRange(view, '', cursor);
  return place === undefined ? [] : [new CursorMarker(view, place, other)];
}

class SelectionMarker {
  constructor({ left, top, width, height }, color) {
    Object.assign(this, { left, top, width, height, color });
  }

  eq(other) {
    return other instanceof SelectionMarker && JSON.stringify(this) === JSON.stringify(other);
  }

  draw() {
    const node = element('div', { className: 'cm-remote-selection' });
    const { left, top, width, height } = this;
    for (const [name, value] of Object.entries({ left, top, width, height })) {
      node.style[name] = `${value}px`;
    }
    node.style.setProperty('--user', this.color);
    return node;
  }
}

class CursorMarker {
  #user;

  constructor(view, { left, top, height }, { key, user, lastActive, status }) {
    const { scrollDOM } = view;
    this.#user = user;
    Object.assign(this, { key, left, top, height, color: colorOf(user) });
    this.name = user?.name ?? 'Guest';
    this.isNamed = isFresh({ lastActive });
    this.isAway = status !== 'active';
    this.isLeft = left - scrollDOM.scrollLeft > scrollDOM.clientWidth - NAME_WIDTH;
    this.isBelow = top - scrollDOM.scrollTop < height * 0.7;
  }

  eq(other) {
    return other instanceof CursorMarker && JSON.stringify(this) === JSON.stringify(other);
  }

  draw() {
    const name = element('span', { className: 'cm-remote-name' });
    const node = element('div', { className: 'cm-remote-cursor' }, name);
    this.#adjust(node);
    return node;
  }

  update(node, before) {
    if (!(before instanceof CursorMarker) || before.key !== this.key) return false;
    this.#adjust(node);
    return true;
  }

  #adjust(node) {
    node.style.left = `${this.left}px`;
    node.style.top = `${this.top}px`;
    node.style.height = `${this.height}px`;
    paint(node, this.#user);
    node.classList.toggle('named', this.isNamed);
    node.classList.toggle('away', this.isAway);
    node.classList.toggle('left', this.isLeft);
    node.classList.toggle('below', this.isBelow);
    node.firstChild.textContent = this.name;
  }
}

/** Tells the others what is selected here, and the editor that others have moved. */
class Exchange {
  #view;
  #text;
  #removals;
  #frame = null;
  #timer = null;
  /** Nobody is anywhere in a text before having clicked into it. */
  #wasFocused = false;

  constructor(view, text) {
    this.#view = view;
    this.#text = text;
    const refresh = () => this.#refresh();
    this.#removals = [
      text.presence.on('change', refresh),
      text.on('committed', refresh),
      text.on('load', () => this.#tell()),
    ];
    if (text.phase === 'ready') this.#tell();
  }

  /** Called by CodeMirror. */
  update({ docChanged, selectionSet, focusChanged }) {
    this.#wasFocused ||= this.#view.hasFocus;
    if (docChanged || selectionSet || focusChanged) this.#tell();
  }

  destroy() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#removals.forEach((remove) => remove());
  }

  #tell() {
    const { ranges } = this.#view.state.selection;
    const selections = this.#wasFocused ? ranges.map(({ anchor, head }) => ({ anchor, head })) : [];
    this.#text.presence.set({ selections });
  }

  /** Once for all that changes before the next frame, and again when names are to go. */
  #refresh() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null;
      this.#view.dispatch({ effects: othersChanged.of(null) });
      clearTimeout(this.#timer);
      if (this.#text.presence.others.some(isFresh)) {
        this.#timer = setTimeout(() => this.#refresh(), NAME_MILLIS);
      }
    });
  }
}

const theme = EditorView.baseTheme({
  '.cm-remote-selections, .cm-remote-cursors': { pointerEvents: 'none' },
  '.cm-remote-selection': {
    position: 'absolute',
    backgroundColor: 'color-mix(in srgb, var(--user) 28%, transparent)',
  },
  '.cm-remote-cursor': {
    position: 'absolute',
    width: '2px',
    marginLeft: '-1px',
    backgroundColor: 'var(--user)',
    transition: 'left 80ms ease-out, top 80ms ease-out, opacity 300ms',
  },
  '.cm-remote-cursor.away': { opacity: '0.55' },
  '.cm-remote-name': {
    position: 'absolute',
    bottom: '100%',
    left: '0',
    boxSizing: 'border-box',
    maxWidth: '11rem',
    padding: '0 0.4em',
    borderRadius: '0.35em 0.35em 0.35em 0',
    backgroundColor: 'var(--user)',
    color: 'var(--on-user)',
    fontSize: '0.72rem',
    fontWeight: '600',
    lineHeight: '1.5',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'pre',
    opacity: '0',
    transition: 'opacity 200ms',
  },
  '.cm-remote-cursor.named .cm-remote-name': { opacity: '1' },
  '.cm-remote-cursor.left .cm-remote-name': {
    left: 'auto',
    right: '0',
    borderRadius: '0.35em 0.35em 0 0.35em',
  },
  '.cm-remote-cursor.below .cm-remote-name': {
    bottom: 'auto',
    top: '100%',
    borderRadius: '0 0.35em 0.35em 0.35em',
  },
  '.cm-remote-cursor:not(.named)::before': {
    position: 'absolute',
    top: '-3px',
    left: '-2px',
    width: '6px',
    height: '6px',
    borderRadius: '50%',
    backgroundColor: 'var(--user)',
    content: '""',
  },
});
