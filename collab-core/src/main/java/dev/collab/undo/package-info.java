/**
 * Undoing what one author did while others go on editing. Entry type: {@link
 * dev.collab.undo.UndoManager}.
 */
package dev.collab.undo;
