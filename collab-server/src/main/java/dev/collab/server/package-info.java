/**
 * The server runtime: connections on one side, documents and their logs on the other. Entry type:
 * {@link dev.collab.server.CollabServer}. Each document is served by one serial executor on a
 * shared pool; no lock is held across I/O or code of the application.
 */
package dev.collab.server;
