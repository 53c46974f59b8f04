/**
 * Plain text as a value and as a buffer. Entry types: {@link dev.collab.text.Text}, immutable, and
 * {@link dev.collab.text.TextBuffer}, its confined mutable twin. Positions and lengths count UTF-16
 * code units, as Java and JavaScript strings do.
 */
package dev.collab.text;
