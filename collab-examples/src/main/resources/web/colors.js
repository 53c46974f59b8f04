/** Colours of people. They are seen on light and on dark ground. */

export const PALETTE = [
  '#d1495b',
  '#dd7324',
  '#a8791b',
  '#5b8c2a',
  '#1f8a70',
  '#1f8aa8',
  '#2f6fd0',
  '#5a57d6',
  '#8b4fc6',
  '#b8449c',
  '#8a6144',
  '#56708a',
];

const HEX = /^#(?:[0-9a-f]{3}){1,2}$/i;

/** @returns {boolean} whether a value of somebody else's is a colour and nothing more */
export const isColor = (value) => typeof value === 'string' && HEX.test(value);

/**
 * @param {{id: string, color?: string} | null} user
 * @returns {string} the user's colour, or one that is always the same for the user
 */
export function colorOf(user) {
  if (isColor(user?.color)) return user.color;
  let hash = 0;
  for (const character of user?.id ?? '') {
    hash = (Math.imul(hash, 31) + character.codePointAt(0)) | 0;
  }
  return PALETTE[Math.abs(hash) % PALETTE.length];
}

/** @returns {string} black or white, whatever is read better on a colour */
export function inkOn(color) {
  const digits = color.length === 4 ? color.replace(/[^#]/g, '$&$&') : color;
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(digits.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > 0.3 ? '#000000' : '#ffffff';
}

/**
 * Gives an element the colour of a user, for its style to use as `--user` and `--on-user`.
 *
 * @param {HTMLElement} node
 * @param {{id: string, color?: string} | null} user
 * @returns {HTMLElement} the element
 */
export function paint(node, user) {
  const color = colorOf(user);
  node.style.setProperty('--user', color);
  node.style.setProperty('--on-user', inkOn(color));
  return node;
}

/** @returns {string} one or two characters that stand for a name */
export function initials(name) {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [[...name.trim()][0] ?? '?'];
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...word][0].toUpperCase()).join('');
}
