/** What the in-memory implementations of this module share; not for users. */
package dev.collab.transport.internal;
