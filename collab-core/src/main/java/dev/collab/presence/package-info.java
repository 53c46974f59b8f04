/**
 * Who is there and where: the people, and what each of them shows the others of what they are
 * doing. Everything here is immutable; nothing here does I/O or reads a clock.
 */
package dev.collab.presence;
