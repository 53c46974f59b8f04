/**
 * Immutable JSON trees, the neutral form in which operations, states and custom data cross a module
 * border. Entry type: {@link dev.collab.value.JsonValue}. Everything here is immutable.
 */
package dev.collab.value;
