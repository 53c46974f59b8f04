/**
 * What happens when people changed the same thing; start with {@link
 * dev.collab.conflict.ThreeWayMerge}. Immutable values and pure functions.
 */
package dev.collab.conflict;
